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

from nmtchoose.bulk.layout import LayoutColumn, layout_of
from nmtchoose.bulk.reading.packed import Column
from nmtchoose.engine.answering import check_answer
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire

SHIFT = 20
"""Bits below the place of the question."""

_MOST_KEPT = 1 << (SHIFT - 2)
"""Combinations that are remembered for one question. No block has as many rows as there is room left beyond."""

Numbers = NDArray[np.signedinteger[Any]]
"""Numbers of answers, one for each row."""

_NUMBER = Struct("=q")
_BYTES = _NUMBER.pack


class Table(dict[object, bytes]):
    """The numbers of the answers to one question, by the answer as a file holds it, lists as tuples.

    What is not in it is checked and learned when it is looked up; AnswerError is raised for what is no answer.
    """

    def __init__(self, place: int, question: Question, column: LayoutColumn) -> None:
        super().__init__()
        self._base = place << SHIFT
        self._question = question
        self.column = column
        self.update((name, self._number(name)) for name in self._fixed())

    def _fixed(self) -> Iterator[str]:
        yield from (*self._question.specials, *self.column.options)

    def __missing__(self, raw: object) -> bytes:
        return self._number(check_answer(self._question, self._question.options, raw))

    def _number(self, answer: Answer) -> bytes:
        (code,) = self.column.packed(answer)
        return _BYTES(self._base + code)

    def columns(self, codes: Numbers) -> Iterator[tuple[str, Column]]:
        """Yield the packed columns of this question, by name, for the numbers of a block without their base."""
        yield self.column.names[0], codes.astype(f"u{self.column.bits // 8}")

    def tidy(self) -> None:
        """Forget what takes too much room; only between two blocks."""


class NumberTable(Table):
    """Numbers are computed, not looked up: `True == 1 == 1.0`, but only one of them is a number here."""

    def __missing__(self, raw: object) -> bytes:
        if type(raw) is int and self.column.minimum <= raw <= self.column.maximum:
            return self._number(raw)
        return super().__missing__(raw)


class ManyTable(Table):
    """The combinations met so far, and the masks of each. The first place is for questions that are not answered."""

    def __init__(self, place: int, question: Question, column: LayoutColumn) -> None:
        self._places: dict[tuple[int, ...], int] = {column.packed(None): 0}
        super().__init__(place, question, column)

    def _fixed(self) -> Iterator[str]:
        return iter(())

    def __missing__(self, raw: object) -> bytes:
        self[raw] = number = super().__missing__(raw)
        return number

    def _number(self, answer: Answer) -> bytes:
        return _BYTES(self._base + self._places.setdefault(self.column.packed(answer), len(self._places)))

    def columns(self, codes: Numbers) -> Iterator[tuple[str, Column]]:
        """Yield the masks of this question, column by column."""
        masks = list(self._places)
        for at, name in enumerate(self.column.names):
            yield name, np.array([one[at] for one in masks], f"u{self.column.bits // 8}")[codes]

    def tidy(self) -> None:
        """Forget all combinations when there are too many."""
        if max(len(self), len(self._places)) > _MOST_KEPT:
            self.clear()
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
