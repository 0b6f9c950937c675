"""The items on a form to read and mark, Markdown or a page; and reading the marks back: all of them count or none.

The page runs one short script of its own, which writes the marks to a file; it can send nothing and loads nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from nmtchoose.errors import AnswerError, Code, Fault, fault, of_the_first
from nmtchoose.formats.html_page import document
from nmtchoose.review.look import Said
from nmtchoose.signatures.items import Item
from nmtchoose.signatures.reviews import Review, Signer, Verdict, review_of

TITLE = "Review of the questions and rules"
BOXES = "[ ] accept   [ ] object"
_HOW_TO = (
    "Mark each item that you have read: accept it as it stands, or object and say why. What is left without a mark"
    " stays open. Give your name and licence once; they stand beside every mark."
)
_IN_AN_EDITOR = "To mark, put an x between the brackets. Leave the lines that start with ## as they are."
_IN_A_BROWSER = "“Save my marks” writes them to a file: give that one back. On paper, staff type them in."
_SCRIPT = Path(__file__).with_name("form.js").read_text("utf-8")
_STYLE = (
    "section{border-top:1px solid;padding:.5em 0;break-inside:avoid}textarea{width:100%}dt{font-weight:bold}"
    "label{margin-right:2em}footer{position:sticky;bottom:0;background:Canvas;padding:.5em 0}"
    "@media print{footer{display:none}}"
)

Read = tuple[Item, Sequence[Said]]
"""An item with what there is to read about it."""


def heading(item: Item) -> str:
    """Return the line that says which item follows, and how it stood when the form was written."""
    return f"## {item.id} {' '.join(item.fingerprints)}"


def markdown_form(items: Iterable[Read], made_with: str) -> str:
    """Return the form as Markdown."""
    lines = [f"# {TITLE}", "", _HOW_TO, _IN_AN_EDITOR, "", made_with, "", "Name:", "Licence:"]
    for item, said in items:
        lines += ["", heading(item), "", *(f"- {label}: {text}" for label, text in said), "", BOXES, "Comment:"]
    return "\n".join(lines) + "\n"


def html_form(items: Iterable[Read], made_with: str) -> str:
    """Return the form as a page."""
    body = "".join(_section(number, *read) for number, read in enumerate(items))
    return document(
        TITLE,
        f"<main><h1>{TITLE}</h1><p>{_HOW_TO}</p><p>{_IN_A_BROWSER}</p><p>{escape(made_with)}</p>"
        '<p><label>Name <input id="by"></label><label>Licence <input id="licence"></label></p>'
        f"{body}</main>"
        '<footer><button type="button" id="save">Save my marks</button> <output id="told"></output></footer>',
        style=_STYLE,
        script=_SCRIPT,
    )


def _section(number: int, item: Item, said: Sequence[Said]) -> str:
    choices = "".join(
        f'<label><input type="radio" name="i{number}" value="{one}"> {one}</label>' for one in ("accept", "object")
    )
    told = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(text)}</dd></div>" for label, text in said)
    return (
        f'<section data-heading="{escape(heading(item))}"><h2>{escape(item.id)}</h2><dl>{told}</dl>'
        f'<p>{choices}</p><label>Comment <textarea rows="2"></textarea></label></section>\n'
    )


_HEADING = re.compile(r"## (\S+/\S+) [0-9a-f]+ [0-9a-f]+")
_BOXES = re.compile(r"\[(.{0,4}?)\]\s*accept\s*\[(.{0,4}?)\]\s*object")
_FIELD = re.compile(r"(Name|Licence|Comment):(.*)")
_LONGEST = 2_000


@dataclass(slots=True)
class _Mark:
    heading: str
    name: str
    at: int
    accept: bool = False
    object: bool = False
    comment: str = ""


def marked(text: str, items: Sequence[Item], today: str, file: str) -> tuple[Review, ...]:
    """Return a review for each item that is marked on a form, or raise AnswerError with all that does not fit.

    An item has to stand now as it stood when the form was written.
    """
    fields, marks = _taken_apart(text)
    if not marks:
        raise AnswerError([fault(Code.MARKS_NONE, file)])
    faults = [fault(Code.MARKS_NOBODY, file, name=name) for name in ("Name", "Licence") if not fields.get(name)]
    given = [one for one in marks if one.accept or one.object or one.comment]
    known = {item.id: item for item in items}
    other = [one for one in given if one.name not in known or heading(known[one.name]) != one.heading]
    faults += of_the_first([one.name for one in other], lambda name: fault(Code.MARKS_CHANGED, file, name=name))
    faults += [found for one in given for found in _faults(one, file)]
    if faults:
        raise AnswerError(faults)
    signer = Signer(fields["Name"], fields["Licence"])
    verdicts = ((one, Verdict.ACCEPTED if one.accept else Verdict.OBJECTED) for one in given)
    return tuple(review_of(known[one.name], verdict, signer, today, one.comment) for one, verdict in verdicts)


def _faults(one: _Mark, file: str) -> Iterator[Fault]:
    if one.accept and one.object:
        yield fault(Code.MARKS_BOTH, file, one.at, name=one.name)
    elif one.object and not one.comment:
        yield fault(Code.MARKS_NO_COMMENT, file, one.at, name=one.name)
    elif one.comment and not one.accept and not one.object:
        yield fault(Code.MARKS_NO_BOX, file, one.at, name=one.name)


def _taken_apart(text: str) -> tuple[dict[str, str], list[_Mark]]:
    """Return name and licence, and the marks; a comment may go on over lines, up to the next heading."""
    fields: dict[str, str] = {}
    marks: list[_Mark] = []
    in_comment = False
    for number, line in enumerate(text.splitlines(), start=1):
        told = line.strip()
        if found := _HEADING.fullmatch(told):
            marks.append(_Mark(told, found[1], number))
            in_comment = False
        elif found := _BOXES.search(told):
            if marks:
                marks[-1].accept, marks[-1].object = (bool(box.strip(" _")) for box in found.groups())
        elif found := _FIELD.fullmatch(told):
            in_comment = found[1] == "Comment" and bool(marks)
            if in_comment:
                marks[-1].comment = found[2].strip()[:_LONGEST]
            elif not marks:
                fields[found[1]] = " ".join(found[2].split())[:100]
        elif in_comment and told:
            marks[-1].comment = f"{marks[-1].comment} {told}".strip()[:_LONGEST]
    return fields, marks
