"""Tables with a column for each question or option into packed columns.

Each column is numbered by its different values first; each different combination of the columns of one question is
then read and checked once, by the rules for one row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from nmtchoose.bulk.reading.cells import ABSENT, QuestionCells
from nmtchoose.bulk.reading.codes import Table, code_in, tables_of
from nmtchoose.bulk.reading.column_names import TableColumns
from nmtchoose.bulk.reading.different import Different, different, together
from nmtchoose.bulk.reading.packed import Column, Packed, Rejected, one_file
from nmtchoose.bulk.reading.records import id_text
from nmtchoose.errors import AnswerError, Fault
from nmtchoose.files.answers_file import check_answers
from nmtchoose.model.questionnaire import Questionnaire

_BAD = -1
"""Stands for a combination that is no answer."""

Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Read:
    """One question in all rows: the code of its answer in each, and whether each is one."""

    codes: Codes
    good: NDArray[np.bool_]


class NaturalPacker:
    """Packs tables of answers for one questionnaire."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._questionnaire = questionnaire
        self._tables = tables_of(questionnaire)

    def packed(self, columns: Sequence[Any], meaning: TableColumns, file: str, lines: Codes) -> Packed:
        """Return a table as one block: its `columns` are Arrow arrays and `lines` says where each row stands."""
        rows = len(lines)
        values = {place: different(columns[place]) for one in meaning.questions for place in one.places}
        read = {one.question.id: self._read(one, values, columns) for one in meaning.questions}
        good = np.logical_and.reduce([one.good for one in read.values()]) if read else np.ones(rows, bool)
        records = _records(columns, meaning, rows)
        rejects = [
            Rejected(file, int(lines[row]), records[int(row)].as_py(), self._faults(meaning, columns, int(row), file))
            for row in np.flatnonzero(~good)
        ]
        kept = pa.array(good)
        return Packed(
            dict(self._columns(read, good)),
            one_file(file, int(good.sum())),
            pa.array(lines[good], pa.int64()),
            records.filter(kept),
            rejects,
        )

    def _read(self, cells: QuestionCells, values: Mapping[int, Different], columns: Sequence[Any]) -> _Read:
        places = cells.places
        found = together([values[place] for place in places])
        table = self._tables[cells.question.id]
        codes = np.empty(len(found.firsts), np.int64)
        for number, row in enumerate(found.firsts):
            codes[number] = _code(cells, table, _row(columns, places, int(row)))
        each = codes[found.codes]
        return _Read(each, each != _BAD)

    def _columns(self, read: Mapping[str, _Read], good: NDArray[np.bool_]) -> Iterator[tuple[str, Column]]:
        nobody = np.zeros(int(good.sum()), np.int64)
        for question, table in self._tables.items():
            yield from table.columns(read[question].codes[good] if question in read else nobody)
            table.tidy()

    def _faults(self, meaning: TableColumns, columns: Sequence[Any], row: int, file: str) -> tuple[Fault, ...]:
        """Return what is wrong with a row, in the words of the single command."""
        raw: dict[str, object] = {}
        unread: list[Fault] = []
        for cells in meaning.questions:
            try:
                answer = cells.answer(_row(columns, cells.places, row))
            except AnswerError as error:
                unread += [Fault(one.code, f"{cells.question.id}: {one.problem}", one.mend) for one in error.faults]
            else:
                if answer is not ABSENT:
                    raw[cells.question.id] = answer
        try:
            check_answers(raw, self._questionnaire, file)
        except AnswerError as error:
            return (*unread, *error.faults)
        return tuple(unread)


def _row(columns: Sequence[Any], places: Sequence[int], row: int) -> dict[int, object]:
    return {place: columns[place][row].as_py() for place in places}


def _code(cells: QuestionCells, table: Table, row: Mapping[int, object]) -> int:
    """Return the code of the answer that the cells give."""
    try:
        answer = cells.answer(row)
        if answer is ABSENT:
            return 0
        return code_in(table[tuple(answer) if isinstance(answer, list) else answer])
    except (AnswerError, TypeError):
        return _BAD


def _records(columns: Sequence[Any], meaning: TableColumns, rows: int) -> pa.Array:
    """Return the id of each row: the first column that has one."""
    known = [_ids(columns[place]) for place in meaning.records]
    return pc.coalesce(*known) if known else pa.nulls(rows, pa.string())


def _ids(column: Any) -> Any:
    """Return a column as ids; an empty text is none."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_integer(column.type) or pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        texts = column.cast(pa.string())
    else:
        texts = pa.array([_id(one) for one in column.to_pylist()], pa.string())
    return pc.replace_with_mask(texts, pc.fill_null(pc.equal(texts, ""), False), pa.scalar(None, pa.string()))


def _id(value: object) -> str | None:
    return id_text(value.decode(errors="replace") if isinstance(value, bytes) else value)
