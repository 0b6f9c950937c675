"""Tables that are packed already into packed columns of today's questionnaire, checked.

Answers are carried over by the ids of questions and options. Where all of a column are answers and nothing about its
question has changed, it is taken as it is; else each different value is looked at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nmtchoose.bulk.layout import FIRST, RECORD, Layout, LayoutColumn, layout_of
from nmtchoose.bulk.reading.different import different, together
from nmtchoose.bulk.reading.packed import Column, Packed, Rejected, one_file
from nmtchoose.engine.answering import check_answer
from nmtchoose.errors import AnswerError, Code, Fault, fault
from nmtchoose.files.answers_file import check_answers
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import SPECIAL_ANSWERS, Kind, Question, Questionnaire

Columns = Mapping[str, Column]
Good = NDArray[np.bool_]


class Carrier:
    """Takes columns packed under the layout `written` over to `questionnaire`."""

    def __init__(self, questionnaire: Questionnaire, written: Layout) -> None:
        self._questionnaire = questionnaire
        self._written = written
        self._today = layout_of(questionnaire)

    def columns(self, values: Columns, rows: int) -> tuple[Columns, Good]:
        """Return today's columns, and which rows hold nothing but answers.

        What is no answer in the other rows is left out, and of a choice of several the options that there are not.
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
        for column in self._today.columns:
            for name in column.names:
                if name not in found:
                    found[name] = np.zeros(rows, f"u{column.bits // 8}")
        return {name: found[name] for name in self._today.names()}, good


class PackedPacker:
    """Packs tables that were packed under the layout `written` for one questionnaire."""

    def __init__(self, questionnaire: Questionnaire, written: Layout) -> None:
        self._questionnaire = questionnaire
        self._written = written
        self._carrier = Carrier(questionnaire, written)

    def packed(self, table: Any, file: str, lines: NDArray[np.int64]) -> Packed:
        """Return a table (an Arrow table or batch with the columns of the written layout) as one block.

        Raises KeyError when a column is missing.
        """
        values, fits = packed_values(table, self._written)
        columns, good = self._carrier.columns(values, table.num_rows)
        good &= fits
        records = records_of(table)
        if good.all():
            return Packed(columns, one_file(file, table.num_rows), pa.array(lines), records)
        rejects = [
            Rejected(file, int(lines[row]), records[int(row)].as_py(), self._faults(values, int(row), file))
            for row in np.flatnonzero(~good)
        ]
        return Packed(
            {name: column[good] for name, column in columns.items()},
            one_file(file, int(good.sum())),
            pa.array(lines[good]),
            records.filter(pa.array(good)),
            rejects,
        )

    def _faults(self, values: Columns, row: int, file: str) -> tuple[Fault, ...]:
        """Return what is wrong with a row, in the words of the single command."""
        raw: dict[str, Answer] = {}
        unread: list[Fault] = []
        for column in self._written.columns:
            numbers = tuple(int(values[name][row]) for name in column.names)
            answer = _answer(column, numbers)
            if answer is not None:
                raw[column.id] = answer
            elif any(numbers):
                unread.append(fault(Code.CODE_UNKNOWN, file, question=column.id, number=max(numbers)))
        try:
            check_answers(raw, self._questionnaire, file)
        except AnswerError as error:
            return (*unread, *error.faults)
        return tuple(unread)


def packed_values(table: Any, layout: Layout) -> tuple[Columns, Good]:
    """Return the columns of `layout` in an Arrow table as whole numbers, and which rows have room for all of them.

    A null is 0, and what has no room is the largest number, so that something can be said about it.
    """
    values: dict[str, Column] = {}
    fits = np.ones(table.num_rows, bool)
    for column in layout.columns:
        kind = np.dtype(f"u{column.bits // 8}")
        for name in column.names:
            array = _whole(table.column(name))
            numbers = (array.fill_null(0) if array.null_count else array).to_numpy(zero_copy_only=False)
            if numbers.dtype != kind:
                most = np.iinfo(kind).max
                room = (numbers >= 0) & (numbers <= most)
                fits &= room
                numbers = np.where(room, numbers, most).astype(kind)
            values[name] = numbers
    return values, fits


def records_of(table: Any) -> Any:
    """Return the ids of the rows, or nothing but nulls."""
    if RECORD not in table.schema.names:
        return pa.nulls(table.num_rows, pa.string())
    return _whole(table.column(RECORD)).cast(pa.string())


def _whole(column: Any) -> Any:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _are_answers(question: Question, column: LayoutColumn, values: Sequence[Column]) -> bool:
    """Return whether all of a column are answers to `question`, whose layout it has."""
    if column.kind is Kind.MANY:
        return _are_choices(question, column, values)
    (codes,) = values
    most = FIRST + max(len(column.options), column.maximum - column.minimum + 1, 2)
    met = np.flatnonzero(np.bincount(codes)) if codes.max(initial=0) < most else [most]
    return all(code == 0 or _fitting(question, _answer(column, (int(code),)))[1] for code in met)


def _are_choices(question: Question, column: LayoutColumn, masks: Sequence[Column]) -> bool:
    """Return whether all masks are options that there are, or one special answer alone."""
    first, *others = masks
    special = sum(1 << SPECIAL_ANSWERS.index(name) for name in question.specials)
    for mask, options in zip(masks, _options_in(column), strict=True):
        if int(np.bitwise_or.reduce(mask, initial=0)) & ~(options | (special if mask is first else 0)):
            return False
    more = (first & (first - first.dtype.type(1))) != 0
    for other in others:
        more |= other != 0
    return not (more & ((first & first.dtype.type(special)) != 0)).any()


def _options_in(column: LayoutColumn) -> Iterator[int]:
    """Yield for each column of a question the bits that stand for options."""
    for at in range(len(column.names)):
        yield sum(column.places[option].mask for option in column.options if column.places[option].column == at)


def _carried_over(
    question: Question, written: LayoutColumn, today: LayoutColumn, values: Sequence[Column]
) -> tuple[Columns, Good]:
    """Return today's columns of a question, each different answer looked up by its ids, and which rows fit."""
    found = together([different(pa.array(one)) for one in values])
    numbers = [tuple(int(one[row]) for one in values) for row in found.firsts]
    fitting = [_fitting(question, _answer(written, one)) if any(one) else (None, True) for one in numbers]
    packed = [today.packed(answer) for answer, _ in fitting]
    columns = {
        name: np.array([one[at] for one in packed], f"u{today.bits // 8}")[found.codes]
        for at, name in enumerate(today.names)
    }
    return columns, np.array([fits for _, fits in fitting], bool)[found.codes]


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


def _answer(column: LayoutColumn, numbers: tuple[int, ...]) -> Answer | None:
    """Return the answer that numbers stand for, or None where they stand for nothing."""
    try:
        answer = column.answer(numbers)
    except IndexError:
        return None
    return answer if answer is not None and column.packed(answer) == numbers else None
