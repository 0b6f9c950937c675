"""Tables that are packed already into packed columns of today's questionnaire, checked.

Answers are carried over by the ids of questions and options. Each different value of a column is looked at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nmtchoose.batch.different import different, together
from nmtchoose.batch.layout import FIRST, FIRST_BIT, RECORD, Layout, LayoutColumn, layout_of
from nmtchoose.batch.packed import Column, Packed, Rejected, one_file
from nmtchoose.engine.answering import check_answer
from nmtchoose.errors import AnswerError, Code, Fault, fault
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import SPECIAL_ANSWERS, Kind, Question, Questionnaire
from nmtchoose.records.answers_file import check_answers

Lines = NDArray[np.int64]
Good = NDArray[np.bool_]


class PackedPacker:
    """Takes packed tables over to one questionnaire; `written` is the layout under which they were packed."""

    def __init__(self, questionnaire: Questionnaire, written: Layout) -> None:
        self._questionnaire = questionnaire
        self._written = written
        self._today = layout_of(questionnaire)
        self._known: dict[str, Good] = {}

    def packed(self, table: Any, file: str, lines: Lines) -> Packed:
        """Return a table (an Arrow table or batch with the columns of the written layout) as one block.

        Raises KeyError when a column is missing.
        """
        columns: dict[str, Column] = {}
        values: dict[str, Column] = {}
        good = np.ones(table.num_rows, bool)
        for column in self._written.columns:
            for name in column.names:
                values[name], fine = numbers_in(table.column(name), column.bits)
                good &= fine
            of_column = [values[name] for name in column.names]
            found, fine = self._carried_over(column, of_column)
            good &= fine
            columns |= found
        for column in self._today.columns:
            for name in column.names:
                columns.setdefault(name, np.zeros(table.num_rows, f"u{column.bits // 8}"))
        rejected = np.flatnonzero(~good)
        records = records_of(table)
        rejects = [
            Rejected(file, int(lines[row]), records[int(row)].as_py(), self._faults(values, int(row), file))
            for row in rejected
        ]
        return Packed(
            {name: columns[name][good] if len(rejected) else columns[name] for name in self._today.names()},
            one_file(file, table.num_rows - len(rejected)),
            pa.array(lines[good], pa.int64()),
            records.filter(pa.array(good)),
            rejects,
        )

    def _carried_over(self, column: LayoutColumn, values: Sequence[Column]) -> tuple[dict[str, Column], Good]:
        """Return the columns of a question as today's, and which rows hold an answer that today's has."""
        question, today = self._questionnaire.by_id.get(column.id), self._today.by_id.get(column.id)
        if question is None or today is None:
            return {}, np.logical_and.reduce([one == 0 for one in values])
        if today == column:
            fine = _fits_masks(question, column, values) if column.kind is Kind.MANY else self._fits(column, values[0])
            return dict(zip(column.names, values, strict=True)), fine
        return _translated(question, column, today, values)

    def _fits(self, column: LayoutColumn, codes: Column) -> Good:
        """Return which codes of a column are answers; its layout is today's."""
        if column.id not in self._known:
            question = self._questionnaire.by_id[column.id]
            most = FIRST + max(len(column.options), column.maximum - column.minimum + 1, 2)
            known = [code == 0 or _carried(question, column, column, (code,)) is not None for code in range(most)]
            self._known[column.id] = np.array([*known, False])
        return self._known[column.id].take(codes, mode="clip")

    def _faults(self, values: Mapping[str, Column], row: int, file: str) -> tuple[Fault, ...]:
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


def numbers_in(column: Any, bits: int) -> tuple[Column, Good | bool]:
    """Return an Arrow column as whole numbers of `bits` bits, and which of them have room there; a null is 0."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if array.null_count:
        array = array.fill_null(0)
    numbers = array.to_numpy(zero_copy_only=False)
    kind = np.dtype(f"u{bits // 8}")
    if numbers.dtype == kind:
        return numbers, True
    fine = (numbers >= 0) & (numbers <= np.iinfo(kind).max)
    return np.where(fine, numbers, 0).astype(kind), fine


def records_of(table: Any) -> Any:
    """Return the ids of the rows, or nothing but nulls."""
    if RECORD not in table.schema.names:
        return pa.nulls(table.num_rows, pa.string())
    column = table.column(RECORD)
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return array.cast(pa.string())


def _fits_masks(question: Question, column: LayoutColumn, masks: Sequence[Column]) -> Good:
    """Return which masks are answers: options that there are, or one special answer alone."""
    special_bits = (1 << FIRST_BIT) - 1
    first, *others = masks
    special = first & np.array(special_bits, first.dtype)
    options = np.logical_or.reduce([(first & np.array(~special_bits & _all(first), first.dtype)) != 0, *others])
    allowed = [1 << SPECIAL_ANSWERS.index(name) for name in question.specials]
    alone = np.isin(special, np.array(allowed, first.dtype)) & ~options
    fits: Good = (special == 0) | alone
    for mask, allowed_in in _allowed(column, masks):
        fits &= _within(mask, allowed_in)
    return fits


def _all(column: Column) -> int:
    return int(np.iinfo(column.dtype).max)


def _allowed(column: LayoutColumn, masks: Sequence[Column]) -> Iterator[tuple[Column, int]]:
    """Yield each column with the bits that stand for something in it."""
    for at, mask in enumerate(masks):
        yield mask, sum(place.mask for place in column.places.values() if place.column == at)


def _within(mask: Column, allowed: int) -> Good:
    within: Good = (mask & np.array(_all(mask) & ~allowed, mask.dtype)) == 0
    return within


def _translated(
    question: Question, written: LayoutColumn, today: LayoutColumn, values: Sequence[Column]
) -> tuple[dict[str, Column], Good]:
    """Return the columns of a question that has changed, each different answer looked up by its ids."""
    found = together([different(pa.array(one)) for one in values])
    carried = [_carried(question, written, today, tuple(int(one[row]) for one in values)) for row in found.firsts]
    numbers = {
        name: np.array([one[at] if one else 0 for one in carried], f"u{today.bits // 8}")[found.codes]
        for at, name in enumerate(today.names)
    }
    return numbers, np.array([one is not None for one in carried], bool)[found.codes]


def _carried(
    question: Question, written: LayoutColumn, today: LayoutColumn, numbers: tuple[int, ...]
) -> tuple[int, ...] | None:
    if not any(numbers):
        return today.packed(None)
    answer = _answer(written, numbers)
    if answer is None:
        return None
    try:
        return today.packed(check_answer(question, question.options, answer))
    except AnswerError:
        return None


def _answer(column: LayoutColumn, numbers: tuple[int, ...]) -> Answer | None:
    """Return the answer that numbers stand for, or None where they stand for nothing."""
    try:
        answer = column.answer(numbers)
    except IndexError:
        return None
    return answer if answer is not None and column.packed(answer) == numbers else None
