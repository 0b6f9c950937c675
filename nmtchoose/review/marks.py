"""Reading a marked form back: every mark is checked, and all of them count or none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nmtchoose.errors import AnswerError, Code, Fault, fault, of_the_first
from nmtchoose.review.form import heading
from nmtchoose.signatures.items import Item
from nmtchoose.signatures.reviews import Review, Signer, Verdict, review_of

_HEADING = re.compile(r"## (\S+/\S+) [0-9a-f]+ [0-9a-f]+")
_BOXES = re.compile(r"\[(.{0,4}?)\]\s*accept\s*\[(.{0,4}?)\]\s*object")
_FIELD = re.compile(r"(Name|Licence|Comment):(.*)")
_LONGEST = 2_000


@dataclass(slots=True)
class _Mark:
    """What stands under one heading, which is in line `at`."""

    heading: str
    name: str
    at: int
    accept: bool = False
    object: bool = False
    comment: str = ""


def marked(text: str, items: Sequence[Item], today: str, file: str) -> tuple[Review, ...]:
    """Return a review for each item that is marked on a form; raises AnswerError with all that does not fit.

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
