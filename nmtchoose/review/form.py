"""The items on a form to read and mark: Markdown for any editor, or a page for a browser and for paper.

Both lead to the same lines, which `marks` reads. The page runs one short script of its own, which writes these lines to
a file when somebody asks for that; it can send nothing and loads nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from nmtchoose.formats.html_page import document
from nmtchoose.review.told import Said
from nmtchoose.signatures.items import Item

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
    return (
        f'<section data-heading="{escape(heading(item))}"><h2>{escape(item.id)}</h2><dl>{"".join(_told(said))}</dl>'
        f'<p>{choices}</p><label>Comment <textarea rows="2"></textarea></label></section>\n'
    )


def _told(said: Iterable[Said]) -> Iterator[str]:
    for label, text in said:
        yield f"<div><dt>{escape(label)}</dt><dd>{escape(text)}</dd></div>"
