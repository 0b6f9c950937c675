"""From an answer to its number in a block, by one look into a table.

A number says the question (its place, in the high bits) and the place of the packed answer among those met so far. What
a table does not know is checked by `check_answer`; only choices are remembered, for what was written is never kept.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nmtchoose.bulk.layout import LayoutColumn, layout_of
from nmtchoose.bulk.reading.packed import Column
from nmtchoose.engine.answering import check_answer
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire

_SHIFT = 20  # bits below the place of the question

PLACE = (1 << _SHIFT) - 1
"""The bits of a number that say the answer; all of them are 0 where there is none."""

_MOST_KEPT = 1 << (_SHIFT - 2)
"""Answers that are remembered for one question. No block has as many rows as there is room left beyond."""


class Table(dict[object, int]):
    """The numbers of the answers to one question, by the answer as a file holds it, lists as tuples.

    What is not in it is checked and learned when it is looked up; raises AnswerError for what is no answer.
    """

    def __init__(self, place: int, question: Question, column: LayoutColumn) -> None:
        super().__init__()
        self._base = place << _SHIFT
        self._question, self._column = question, column
        self._places = {column.packed(None): 0}

    def __missing__(self, raw: object) -> int:
        column, question = self._column, self._question
        if type(raw) is int and question.kind is Kind.NUMBER and column.minimum <= raw <= column.maximum:
            answer: Answer = raw  # nearly every number: no need to ask further
        else:
            answer = check_answer(question, question.options, raw)
        number = self._base + self._places.setdefault(column.packed(answer), len(self._places))
        if self._question.kind in (Kind.ONE, Kind.MANY):
            self[raw] = number
        return number

    def columns(self, places: NDArray[np.signedinteger[Any]]) -> Iterator[tuple[str, Column]]:
        """Yield the packed columns of a block, by name, for the places of its answers, and forget what is too much."""
        met = list(self._places)
        for at, name in enumerate(self._column.names):
            yield name, np.array([one[at] for one in met], self._column.dtype)[places]
        if max(len(self), len(met)) > _MOST_KEPT:
            self.clear()
            self._places = {met[0]: 0}


def tables_of(questionnaire: Questionnaire) -> dict[str, Table]:
    """Return the table of every question by its id, in the order of the questionnaire."""
    both = zip(questionnaire.questions, layout_of(questionnaire).columns, strict=True)
    return {one.id: Table(place, one, column) for place, (one, column) in enumerate(both)}


def packed_columns(numbers: Sequence[Collection[int]], tables: Mapping[str, Table]) -> dict[str, Column]:
    """Return the packed columns of a block, which has the `numbers` of each row."""
    rows = len(numbers)
    counts = np.fromiter(map(len, numbers), np.int64, rows)
    flat = np.fromiter(chain.from_iterable(numbers), np.int64, int(counts.sum()))
    block = np.zeros((len(tables), rows), np.int32)
    block[flat >> _SHIFT, np.repeat(np.arange(rows), counts)] = flat & PLACE
    both = zip(block, tables.values(), strict=True)
    return {name: column for places, table in both for name, column in table.columns(places)}
