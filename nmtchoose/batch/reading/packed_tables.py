"""Tables that are packed already into packed columns of today's questionnaire, checked.

Answers are carried over by the ids of questions and options. Each different value of a column is looked at once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nmtchoose.batch.layout import FIRST, FIRST_BIT, RECORD, Layout, LayoutColumn, layout_of
from nmtchoose.batch.reading.different import different, together
from nmtchoose.batch.reading.packed import Column, Packed, Rejected, one_file
from nmtchoose.engine.answering import check_answer
from nmtchoose.errors import AnswerError, Code, Fault, fault
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import SPECIAL_ANSWERS, Kind, Question, Questionnaire
from nmtchoose.records.answers_file import check_answers

Lines = NDArray[np.int64]

_LAST_SPECIAL = 1 << FIRST_BIT - 1
Good = NDArray[np.bool_] | Literal[True]
"""Which rows hold an answer; True for all, which is what nearly all columns come to."""


class PackedPacker:
    """Takes packed tables over to one questionnaire; `written` is the layout under which they were packed."""

    def __init__(self, questionnaire: Questionnaire, written: Layout) -> None:
        self._questionnaire = questionnaire
        self._written = written
        self._today = layout_of(questionnaire)
        self._known: dict[str, NDArray[np.bool_]] = {}

    def packed(self, table: Any, file: str, lines: Lines) -> Packed:
        """Return a table (an Arrow table or batch with the columns of the written layout) as one block.

        Raises KeyError when a column is missing.
        """
        columns: dict[str, Column] = {}
        values: dict[str, Column] = {}
        checks: list[Good] = []
        for column in self._written.columns:
            for name in column.names:
                values[name], fits = numbers_in(table.column(name), column.bits)
                checks.append(fits)
            found, fits = self._carried_over(column, [values[name] for name in column.names])
            checks.append(fits)
            columns |= found
        good = _all_good(checks, table.num_rows)
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
            pa.array(lines[good] if len(rejected) else lines, pa.int64()),
            records.filter(pa.array(good)) if len(rejected) else records,
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
        known = self._known.get(column.id)
        if known is None:
            known = self._known[column.id] = _codes_known(self._questionnaire.by_id[column.id], column)
        # Nearly always all are: then a look at the largest code, and at each run of codes that are none, is enough.
        *gaps, beyond = _gaps(known)
        if codes.max(initial=0) < beyond[0] and not any((codes - first < length).any() for first, length in gaps):
            return True
        fits: NDArray[np.bool_] = known.take(codes, mode="clip")
        return fits

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


def numbers_in(column: Any, bits: int) -> tuple[Column, Good]:
    """Return an Arrow column as whole numbers of `bits` bits, and which of them have room there.

    A null is 0, and what has no room is the largest number, so that something can be said about it.
    """
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if array.null_count:
        array = array.fill_null(0)
    numbers = array.to_numpy(zero_copy_only=False)
    kind = np.dtype(f"u{bits // 8}")
    if numbers.dtype == kind:
        return numbers, True
    fine = (numbers >= 0) & (numbers <= np.iinfo(kind).max)
    fitting = np.where(fine, numbers, 0).astype(kind)
    fitting[~fine] = np.iinfo(kind).max
    return fitting, fine


def records_of(table: Any) -> Any:
    """Return the ids of the rows, or nothing but nulls."""
    if RECORD not in table.schema.names:
        return pa.nulls(table.num_rows, pa.string())
    column = table.column(RECORD)
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return array.cast(pa.string())


def _all_good(checks: Sequence[Good], rows: int) -> NDArray[np.bool_]:
    """Return the rows that pass all checks."""
    good = np.ones(rows, bool)
    for fits in checks:
        if fits is not True:
            good &= fits
    return good


def _codes_known(question: Question, column: LayoutColumn) -> NDArray[np.bool_]:
    """Return for each code whether it is an answer; the last one, which is none, stands for all after it."""
    most = FIRST + max(len(column.options), column.maximum - column.minimum + 1, 2)
    known = [code == 0 or _carried(question, column, column, (code,)) is not None for code in range(most)]
    return np.array([*known, False])


def _gaps(known: NDArray[np.bool_]) -> list[tuple[np.unsignedinteger, np.unsignedinteger]]:
    """Return each run of codes that are no answers: its first code and its length."""
    edges = np.flatnonzero(np.diff(known, prepend=True, append=True))
    kind = np.min_scalar_type(len(known))
    return [(kind.type(first), kind.type(end - first)) for first, end in edges.reshape(-1, 2)]


def _fits_masks(question: Question, column: LayoutColumn, masks: Sequence[Column]) -> Good:
    """Return which masks are answers: options that there are, or one special answer alone."""
    first, *others = masks
    special = sum(1 << SPECIAL_ANSWERS.index(name) for name in question.specials)
    checks: list[Good] = []
    for mask, options in zip(masks, _options_in(column), strict=True):
        allowed = options | (special if mask is first else 0)
        checks.append(_met(mask) & ~allowed == 0 or (mask & _other_than(allowed, mask)) == 0)
    if _met(first) & special:
        # Special answers are the lowest bits, so that one of them alone is 1, 2 or 4, and options alone leave them 0.
        lowest = first.view(np.uint8)[:: first.itemsize] if sys.byteorder == "little" else first.astype(np.uint8)
        with_others = first > _LAST_SPECIAL
        for other in others:
            with_others |= other != 0
        with_others |= (lowest & (lowest - np.uint8(1))) != 0
        checks.append(((lowest & np.uint8(special)) == 0) | ~with_others)
    return True if all(fits is True for fits in checks) else _all_good(checks, len(first))


def _met(mask: Column) -> int:
    """Return the bits that are set in any row."""
    return int(np.bitwise_or.reduce(mask, initial=0))


def _options_in(column: LayoutColumn) -> Iterator[int]:
    """Yield for each column of a question the bits that stand for options."""
    for at in range(len(column.names)):
        yield sum(column.places[option].mask for option in column.options if column.places[option].column == at)


def _other_than(allowed: int, mask: Column) -> np.unsignedinteger:
    kind = mask.dtype.type
    return kind(int(np.iinfo(kind).max) & ~allowed)


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
