"""From an answer to its number in a block, by one look into a table.

Each question has a table. A number says the question (its place, in the high bits) and the answer: its code, or for a
choice of several the place of its masks among those met so far. It is kept as the bytes that NumPy reads it from. What
a table does not know is checked once by `check_answer` and then remembered, except texts: what was written is never
kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from struct import Struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nmtchoose.batch.layout import LayoutColumn, layout_of
from nmtchoose.batch.reading.packed import Column
from nmtchoose.engine.answering import check_answer
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire

SHIFT = 20
"""Bits below the place of the question."""

_LOOKED_UP = (str, int, tuple)
"""Types of answers that equal nothing of another type: `True == 1 == 1.0`, but only one of them is a number here."""

_MOST_KEPT = 1 << (SHIFT - 2)
"""Combinations that are remembered for one question. No block has as many rows as there is room left beyond."""

Numbers = NDArray[np.signedinteger[Any]]
"""Numbers of answers, one for each row."""

_NUMBER = Struct("=q")
_BYTES = _NUMBER.pack

LARGEST_BLOCK = 1 << (SHIFT - 1)
"""Rows; how many a block may have at most."""


class Table:
    """The numbers of the answers to one question. `known` is for looking up at once; it grows by what is met."""

    def __init__(self, place: int, question: Question, column: LayoutColumn) -> None:
        self._base = place << SHIFT
        self._question = question
        self.column = column
        self.known: dict[object, bytes] = dict(self._fixed())

    def _fixed(self) -> Iterator[tuple[object, bytes]]:
        for name in (*self._question.specials, *self.column.options):
            yield name, self.number(name)

    def met(self, raw: object) -> bytes:
        """Return the number of an answer that may not be known yet; raises AnswerError for what is no answer."""
        found = self.known.get(raw) if type(raw) in _LOOKED_UP else None
        return self.number(check_answer(self._question, self._question.options, raw)) if found is None else found

    def number(self, answer: Answer) -> bytes:
        """Return the number of a checked answer."""
        (code,) = self.column.packed(answer)
        return _BYTES(self._base + code)

    def columns(self, codes: Numbers) -> Iterator[tuple[str, Column]]:
        """Yield the packed columns of this question, by name, for the numbers of a block without their base."""
        yield self.column.names[0], codes.astype(f"u{self.column.bits // 8}")

    def tidy(self) -> None:
        """Forget what takes too much room; only between two blocks."""


class NumberTable(Table):
    """The numbers from minimum to maximum, also as a text that holds nothing else."""

    def _fixed(self) -> Iterator[tuple[object, bytes]]:
        yield from super()._fixed()
        for number in range(self.column.minimum, self.column.maximum + 1):
            yield number, self.number(number)
            yield str(number), self.number(number)


class ManyTable(Table):
    """The combinations met so far, and the masks of each. The first place is for questions that are not answered."""

    def __init__(self, place: int, question: Question, column: LayoutColumn) -> None:
        self._places: dict[tuple[int, ...], int] = {column.packed(None): 0}
        super().__init__(place, question, column)

    def _fixed(self) -> Iterator[tuple[object, bytes]]:
        return iter(())

    def met(self, raw: object) -> bytes:
        """Return the number of a combination, and remember it."""
        number = super().met(raw)
        if isinstance(raw, tuple):
            self.known[raw] = number
        return number

    def number(self, answer: Answer) -> bytes:
        """Return the number of a checked answer."""
        return _BYTES(self._base + self._places.setdefault(self.column.packed(answer), len(self._places)))

    def columns(self, codes: Numbers) -> Iterator[tuple[str, Column]]:
        """Yield the masks of this question, column by column."""
        masks = list(self._places)
        for at, name in enumerate(self.column.names):
            yield name, np.array([one[at] for one in masks], f"u{self.column.bits // 8}")[codes]

    def tidy(self) -> None:
        """Forget all combinations when there are too many."""
        if max(len(self.known), len(self._places)) > _MOST_KEPT:
            self.known.clear()
            self._places = {self.column.packed(None): 0}


def tables_of(questionnaire: Questionnaire) -> dict[str, Table]:
    """Return the table of every question by its id, in the order of the questionnaire."""
    layout = layout_of(questionnaire)
    return {
        one.id: _table(place, one, column)
        for place, (one, column) in enumerate(zip(questionnaire.questions, layout.columns, strict=True))
    }


def _table(place: int, question: Question, column: LayoutColumn) -> Table:
    kinds: dict[Kind, type[Table]] = {Kind.MANY: ManyTable, Kind.NUMBER: NumberTable}
    return kinds.get(question.kind, Table)(place, question, column)


def numbers_of(answers: Answers, tables: Mapping[str, Table]) -> bytes:
    """Return the numbers of checked answers."""
    return b"".join([tables[question].number(answer) for question, answer in answers.items()])


def code_in(number: bytes) -> int:
    """Return the code of the answer in a number, without the question."""
    whole: int = _NUMBER.unpack(number)[0]
    return whole & ((1 << SHIFT) - 1)


def packed_columns(numbers: Sequence[bytes], tables: Mapping[str, Table]) -> dict[str, Column]:
    """Return the packed columns of a block, which has the `numbers` of each row."""
    rows = len(numbers)
    counts = np.fromiter(map(len, numbers), np.int64, rows) // _NUMBER.size
    flat = np.frombuffer(b"".join(numbers), np.int64)
    block = np.zeros(len(tables) * rows, np.int32)
    block[(flat >> SHIFT) * rows + np.repeat(np.arange(rows), counts)] = flat & ((1 << SHIFT) - 1)
    by_question = block.reshape(len(tables), rows)
    columns = {
        name: column
        for codes, table in zip(by_question, tables.values(), strict=True)
        for name, column in table.columns(codes)
    }
    for table in tables.values():
        table.tidy()
    return columns
