"""Tables that are packed already into packed columns of today's questionnaire, checked.

Answers are carried over by the ids of questions and options. A column whose question is as it was is taken as it is
where all of it are answers; else each different value is looked at once.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nmtchoose.bulk.distinct import distinct, together
from nmtchoose.bulk.layout import FIRST, RECORD, Layout, LayoutColumn, layout_of
from nmtchoose.bulk.reading.arrow_columns import ids_in
from nmtchoose.bulk.reading.packed import Column, Good, Judged, Packed, judged, one_file, sifted
from nmtchoose.engine.answering import check_answer
from nmtchoose.errors import AnswerError, Code, Fault, fault
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire

Columns = Mapping[str, Column]


class Carrier:
    """Takes answers packed under the layout `written` over to `questionnaire`."""

    def __init__(self, questionnaire: Questionnaire, written: Layout) -> None:
        self._questionnaire = questionnaire
        self._written = written
        self._today = layout_of(questionnaire)

    def packed(self, table: Any, file: str, lines: NDArray[np.int64]) -> Packed:
        """Return a table with the columns of the written layout as one block; raises KeyError for a missing one."""
        block, fits = block_of(table, self._written, file, lines)
        columns, good = self.columns(block.columns, block.rows)
        carried = Packed(columns, block.files, block.lines, block.records)
        return sifted(carried, good & fits, file, lambda row: self._judged(block.columns, row, file))

    def columns(self, values: Columns, rows: int) -> tuple[Columns, Good]:
        """Return today's columns, and which rows hold nothing but answers.

        What is no answer is left out of the other rows, and of a choice of several the options that there are not.
        """
        found: dict[str, Column] = {}
        good = np.ones(rows, bool)
        for column in self._written.columns:
            question, today = self._questionnaire.by_id.get(column.id), self._today.by_id.get(column.id)
            written = [values[name] for name in column.names]
            if question is None or today is None:
                good &= np.logical_and.reduce([one == 0 for one in written])
            elif today == column and _are_answers(question, column, written):
                found |= zip(column.names, written, strict=True)
            else:
                carried, fits = _carried_over(question, column, today, written)
                found |= carried
                good &= fits
        nobody = {name: column.dtype for column in self._today.columns for name in column.names}
        return {name: found[name] if name in found else np.zeros(rows, kind) for name, kind in nobody.items()}, good

    def _judged(self, values: Columns, row: int, file: str) -> Judged:
        raw: dict[str, Answer] = {}
        unread: list[Fault] = []
        for column in self._written.columns:
            numbers = tuple(int(values[name][row]) for name in column.names)
            answer = column.answer(numbers)
            if answer is not None:
                raw[column.id] = answer
            elif any(numbers):
                unread.append(fault(Code.CODE_UNKNOWN, file, question=column.id, number=max(numbers)))
        faults, answers = judged(raw, self._questionnaire, file)
        return Judged((*unread, *faults), answers)


def block_of(table: Any, layout: Layout, file: str, lines: NDArray[np.int64]) -> tuple[Packed, Good]:
    """Return the columns of `layout` in an Arrow table, unchecked, and which rows have room for all their numbers.

    A null is 0, and what has no room is the largest number, so that something can be said about it.
    """
    values: dict[str, Column] = {}
    rows = table.num_rows
    fits = np.ones(rows, bool)
    for name, dtype in ((name, column.dtype) for column in layout.columns for name in column.names):
        array = _whole(table.column(name))
        numbers = (array.fill_null(0) if array.null_count else array).to_numpy(zero_copy_only=False)
        if numbers.dtype != dtype:
            most = np.iinfo(dtype).max
            room = (numbers >= 0) & (numbers <= most)
            fits &= room
            numbers = np.where(room, numbers, most).astype(dtype)
        values[name] = numbers
    known = RECORD in table.schema.names
    records = ids_in(_whole(table.column(RECORD))) if known else pa.nulls(rows, pa.string())
    return Packed(values, one_file(file, rows), pa.array(lines), records), fits


def _whole(column: Any) -> Any:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _are_answers(question: Question, column: LayoutColumn, values: Sequence[Column]) -> bool:
    """Return whether all of a column are answers to `question`, whose layout it has."""
    if column.kind is Kind.MANY:
        return _are_choices(question, column, values)
    (codes,) = values
    if codes.max(initial=0) >= FIRST + max(len(column.options), column.maximum - column.minimum + 1, 2):
        return False
    met = np.flatnonzero(np.bincount(codes)).tolist()
    return all(code == 0 or _fitting(question, column.answer((code,)))[1] for code in met)


def _are_choices(question: Question, column: LayoutColumn, masks: Sequence[Column]) -> bool:
    """Return whether all masks are options that there are, or one special answer alone."""
    known, special = [0] * len(masks), 0
    for name, place in column.places.items():
        if name in column.options:
            known[place.column] |= place.mask
        elif name in question.specials:
            special |= place.mask
    known[0] |= special
    if any(int(np.bitwise_or.reduce(mask, initial=0)) & ~bits for mask, bits in zip(masks, known, strict=True)):
        return False
    first, *others = masks
    several = (first & (first - first.dtype.type(1))) != 0
    for other in others:
        several |= other != 0
    return not (several & ((first & first.dtype.type(special)) != 0)).any()


def _carried_over(
    question: Question, written: LayoutColumn, today: LayoutColumn, values: Sequence[Column]
) -> tuple[Columns, Good]:
    """Return today's columns of a question, each different answer looked up by its ids, and which rows fit."""
    found = together([distinct(pa.array(one)) for one in values])
    numbers = [tuple(int(one[row]) for one in values) for row in found.rows]
    fitting = [_fitting(question, written.answer(one)) if any(one) else (None, True) for one in numbers]
    packed = [today.packed(answer) for answer, _ in fitting]
    columns = {
        name: np.array([one[at] for one in packed], today.dtype)[found.of_row] for at, name in enumerate(today.names)
    }
    return columns, np.array([fits for _, fits in fitting], bool)[found.of_row]


def _fitting(question: Question, answer: Answer | None) -> tuple[Answer | None, bool]:
    """Return what is left of an answer as one to `question`, and whether that is all of it."""
    known = answer
    if isinstance(answer, tuple):
        known = tuple(one for one in answer if one in question.specials or question.option(one)) or None
    try:
        left = None if known is None else check_answer(question, question.options, known)
    except AnswerError:
        left = None
    return left, left is not None and known == answer
