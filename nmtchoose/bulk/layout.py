"""The packed form: one column of small integers for each question. It goes with a packed file, to be read years later.

A single choice, a number and a text are a code: 0 for not answered, 1 to 3 for `none`, `unsure` and `declined`, from 4
on the option or the number above its minimum; a text is only noted as given. A choice of several is a mask: the lowest
three bits for the special answers, then one for each option, in more columns where 64 bits do not hold all.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import msgspec

from nmtchoose.errors import Code, FileError, fault
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.questionnaire import SPECIAL_ANSWERS, Kind, Questionnaire

FORMAT = "nmtchoose/packed/1"
RECORD = "@record"
"""The column that may hold the id of each record; no question has such an id."""

NOT_ANSWERED = 0
FIRST = 1 + len(SPECIAL_ANSWERS)
"""The first code of a real answer."""

GIVEN, EMPTY = FIRST, FIRST + 1
"""The codes of a text: with something in it, and empty."""

FIRST_BIT = len(SPECIAL_ANSWERS)
"""The bit of the first option in a mask."""

_WORD = 64
_WIDTHS = (8, 16, 32, 64)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an option of a choice of several stands: the number of the column among its question's, and the mask."""

    column: int
    mask: int


@dataclass(frozen=True)
class LayoutColumn:
    """One question in packed form: `options` in order, `minimum` and `maximum` of a number."""

    id: str
    kind: Kind
    options: tuple[str, ...] = ()
    minimum: int = 0
    maximum: int = 0

    @cached_property
    def bits(self) -> int:
        """The bits of each column: 8, 16, 32 or 64."""
        most = {Kind.ONE: FIRST + len(self.options) - 1, Kind.TEXT: EMPTY}
        numbered = most.get(self.kind, FIRST + self.maximum - self.minimum).bit_length()
        needed = FIRST_BIT + len(self.options) if self.kind is Kind.MANY else numbered
        return next((width for width in _WIDTHS if needed <= width), _WORD)

    @property
    def dtype(self) -> str:
        """The same as NumPy calls it."""
        return f"u{self.bits // 8}"

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of its columns: the id of the question, and with a number for each further one."""
        count = -(-(FIRST_BIT + len(self.options)) // _WORD) if self.kind is Kind.MANY else 1
        return tuple(self.id if place == 0 else f"{self.id}/{place + 1}" for place in range(count))

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Where each special answer and option of a choice of several stands."""
        names = enumerate((*SPECIAL_ANSWERS, *self.options))
        return {name: Place(bit // _WORD, 1 << bit % _WORD) for bit, name in names}

    @cached_property
    def codes(self) -> dict[str, int]:
        """The code of each special answer and option of a single choice, or of a special answer to something else."""
        options = self.options if self.kind is Kind.ONE else ()
        return {name: code for code, name in enumerate((*SPECIAL_ANSWERS, *options), 1)}

    def packed(self, answer: Answer | None) -> tuple[int, ...]:
        """Return `answer`, which was checked, as the value of each column; raises KeyError for an unknown option."""
        if self.kind is Kind.MANY:
            masks = [0] * len(self.names)
            for one in answer if isinstance(answer, tuple) else ():
                place = self.places[one]
                masks[place.column] |= place.mask
            return tuple(masks)
        if answer is None:
            return (NOT_ANSWERED,)
        if isinstance(answer, int):
            return (FIRST + answer - self.minimum,)
        if isinstance(answer, str) and (self.kind is Kind.ONE or answer in self.codes):
            return (self.codes[answer],)
        return (GIVEN if answer else EMPTY,)

    def answer(self, values: tuple[int, ...]) -> Answer | None:
        """Return the answer that `values`, one for each column, stand for; a text is `given` or empty."""
        found: Answer | None
        if self.kind is Kind.MANY:
            found = tuple(name for name, place in self.places.items() if values[place.column] & place.mask) or None
        elif self.kind is Kind.NUMBER and values[0] >= FIRST:
            found = values[0] - FIRST + self.minimum
        else:
            texts = {"given": GIVEN, "": EMPTY} if self.kind is Kind.TEXT else {}
            found = next((name for name, known in (self.codes | texts).items() if known == values[0]), None)
        return found if self.packed(found) == values else None


@dataclass(frozen=True)
class Layout:
    """The columns of one questionnaire, in order; `sha256` is that of its file."""

    sha256: str
    columns: tuple[LayoutColumn, ...]

    @cached_property
    def by_id(self) -> Mapping[str, LayoutColumn]:
        """The columns by the id of their question."""
        return {column.id: column for column in self.columns}

    @cached_property
    def dtypes(self) -> Mapping[str, str]:
        """The name of every column of the packed form but the one for the record, and what NumPy calls its type."""
        return {name: column.dtype for column in self.columns for name in column.names}

    def packed(self, answers: Answers) -> dict[str, int]:
        """Return checked `answers` as the value of each column by its name."""
        return {
            name: value
            for column in self.columns
            for name, value in zip(column.names, column.packed(answers.get(column.id)), strict=True)
        }

    def answers(self, row: Mapping[str, int]) -> dict[str, Answer]:
        """Return the answers that the values of the columns in `row` stand for."""
        found = {column.id: column.answer(tuple(row[name] for name in column.names)) for column in self.columns}
        return {question: answer for question, answer in found.items() if answer is not None}


def layout_of(questionnaire: Questionnaire) -> Layout:
    """Return the packed form of answers to `questionnaire`."""
    columns = (
        LayoutColumn(one.id, one.kind, tuple(option.id for option in one.options), one.minimum or 0, one.maximum or 0)
        for one in questionnaire.questions
    )
    return Layout(questionnaire.stamp.sha256, tuple(columns))


def layout_text(layout: Layout) -> str:
    """Return `layout` as JSON, to go with a packed file."""
    columns = [
        {"id": one.id, "kind": one.kind.value}
        | ({"options": list(one.options)} if one.options else {})
        | ({"minimum": one.minimum, "maximum": one.maximum} if one.kind is Kind.NUMBER else {})
        for one in layout.columns
    ]
    return json.dumps({"format": FORMAT, "questionnaire_sha256": layout.sha256, "questions": columns})


def layout_in(text: str | bytes, file: str = "") -> Layout:
    """Return the layout that `layout_text` wrote into `file`; raises FileError when it is none."""
    try:
        written = msgspec.json.decode(text, type=_Written)
    except (msgspec.DecodeError, ValueError):
        raise FileError([fault(Code.FILE_CANNOT_READ, file, detail="it does not say how it is packed")]) from None
    return Layout(written.questionnaire_sha256, written.questions)


class _Written(msgspec.Struct, tag_field="format", tag=FORMAT):
    questionnaire_sha256: str
    questions: tuple[LayoutColumn, ...]
