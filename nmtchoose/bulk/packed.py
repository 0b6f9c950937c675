"""What every reader of many clients gives: a block of packed answers, where each row came from, and what was left out.

Readers: `RecordPacker` of records of JSON, `NaturalPacker` of an Arrow table with a column for each question or option,
and `Carrier`, here, of one that is packed already, under this questionnaire or another: answers are carried over by the
ids of questions and options. A column whose question is as it was is taken as it is where all of it are answers; else
each different value is looked at once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nmtchoose.bulk.arrow_columns import distinct, ids_in, together
from nmtchoose.bulk.layout import FIRST, RECORD, Layout, LayoutColumn, layout_of
from nmtchoose.engine.answering import check_answer
from nmtchoose.errors import AnswerError, Code, Fault, fault
from nmtchoose.files.answers_file import check_answers
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire

Column = np.ndarray[tuple[int], np.dtype[np.unsignedinteger]]
"""One packed column."""

Good = NDArray[np.bool_]
"""Which rows hold nothing but answers."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record left out: where it stands, its id, all faults, and what can be read, which may tell of an emergency."""

    file: str
    line: int
    record: str | None
    faults: tuple[Fault, ...]
    answers: Answers = field(default_factory=dict)

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong and what to do, a sentence or two for each fault."""
        return tuple(f"{one.problem}. {one.mend}" for one in self.faults)


@dataclass(frozen=True, slots=True)
class Packed:
    """Rows that passed every check, in the columns of `Layout.dtypes`; `files`, `lines` and `records` say whose.

    `files` is a dictionary array; `records` are strings, null where there is no id. `rejects` are the others, in order.
    """

    columns: Mapping[str, Column]
    files: pa.DictionaryArray
    lines: pa.Int64Array
    records: pa.StringArray
    rejects: Sequence[Rejected] = ()

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.lines)


Judged = tuple[tuple[Fault, ...], Answers]
"""What is wrong with the answers of a row, and those that could be read."""


def sifted(block: Packed, good: Good, file: str, judged_row: Callable[[int], Judged]) -> Packed:
    """Return the `good` rows of a block from `file`, and the others as rejects, judged by their number."""
    if good.all():
        return block
    kept = pa.array(good)
    rejects = [
        Rejected(file, block.lines[row].as_py(), block.records[row].as_py(), *judged_row(row))
        for row in np.flatnonzero(~good).tolist()
    ]
    columns = {name: column[good] for name, column in block.columns.items()}
    return Packed(columns, block.files.filter(kept), block.lines.filter(kept), block.records.filter(kept), rejects)


def judged(answers: Mapping[str, object], questionnaire: Questionnaire, file: str) -> Judged:
    """Return what is wrong with the answers of a row, in the words of the single command."""
    try:
        return (), check_answers(answers, questionnaire, file)
    except AnswerError as error:
        return error.faults, readable(answers, questionnaire)


def readable(answers: Mapping[str, object], questionnaire: Questionnaire) -> Answers:
    """Return those of `answers` that can be read, and of choices the options that there are."""
    found = {}
    for name, said in answers.items():
        question, raw = questionnaire.by_id.get(name), said
        if question is None:
            continue
        if isinstance(raw, list | tuple):
            raw = [one for one in raw if isinstance(one, str) and question.option(one)] or raw
        try:
            found[name] = check_answer(question, question.options, raw)
        except AnswerError:
            continue
    return found


def one_file(name: str, rows: int) -> pa.DictionaryArray:
    """Return the column `files` of `rows` rows from the file `name`."""
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int32)), pa.array([name], pa.string()))


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
        """Return today's columns, with what is no answer or option left out, and which rows have nothing such."""
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
        kinds = self._today.dtypes
        return {name: found[name] if name in found else np.zeros(rows, kind) for name, kind in kinds.items()}, good

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
        return (*unread, *faults), answers


def block_of(table: Any, layout: Layout, file: str, lines: NDArray[np.int64]) -> tuple[Packed, Good]:
    """Return the columns of `layout` in an Arrow table, unchecked, and which rows have room for all their numbers.

    A null is 0, and what has no room is the largest number, so that something can be said about it.
    """
    values: dict[str, Column] = {}
    rows = table.num_rows
    fits = np.ones(rows, bool)
    for name, dtype in layout.dtypes.items():
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
