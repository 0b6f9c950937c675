"""Tables with a column for each question or option into packed columns.

Each different combination of the columns of one question is read and checked once, by the rules for one row.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from nmtchoose.bulk.distinct import distinct, together
from nmtchoose.bulk.reading.arrow_columns import as_answers, ids_in
from nmtchoose.bulk.reading.codes import PLACE, Table, tables_of
from nmtchoose.bulk.reading.column_names import ABSENT, QuestionCells, TableColumns
from nmtchoose.bulk.reading.packed import Judged, Packed, judged, one_file, readable, sifted
from nmtchoose.errors import AnswerError, Code, Fault, fault
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Questionnaire

_BAD = -1  # stands for a combination that is no answer

Places = NDArray[np.int64]
Columns = Mapping[int, Any]
"""Arrow arrays by their place in the table."""


class NaturalPacker:
    """Packs tables of answers for one questionnaire."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._questionnaire = questionnaire
        self._tables = tables_of(questionnaire)

    def packed(self, columns: Columns, meaning: TableColumns, file: str, lines: Places) -> Packed:
        """Return a table as one block: `lines` says where each row stands."""
        rows = len(lines)
        columns = {place: as_answers(columns[place]) for place in meaning.places}
        read = {one.question.id: self._read(one, columns) for one in meaning.questions}
        good = np.logical_and.reduce([np.ones(rows, bool), *(places != _BAD for places in read.values())])
        for place in meaning.unnamed:
            good &= columns[place].is_null().to_numpy(zero_copy_only=False)
        nobody = np.zeros(rows, np.int64)
        found = dict(
            column
            for question, table in self._tables.items()
            for column in table.columns(np.maximum(read.get(question, nobody), 0))
        )
        records = pc.coalesce(pa.nulls(rows, pa.string()), *(ids_in(columns[place]) for place in meaning.records))
        block = Packed(found, one_file(file, rows), pa.array(lines, pa.int64()), records)
        return sifted(block, good, file, lambda row: self._judged(meaning, columns, row, file))

    def told(self, meaning: TableColumns, delimiter: str, text: str) -> Answers:
        """Return what can be read in the text of a row whose cells do not fit the columns."""
        found = dict(enumerate(text.replace('"', "").strip("\r\n").split(delimiter)))
        raw = {
            one.question.id: one.readable({place: found.get(place) for place in one.places})
            for one in meaning.questions
        }
        return readable(raw, self._questionnaire)

    def _read(self, cells: QuestionCells, columns: Columns) -> Places:
        found = together([distinct(columns[place]) for place in cells.places])
        table = self._tables[cells.question.id]
        places = [_place(cells, table, _row(columns, cells, row)) for row in found.rows.tolist()]
        return np.array(places, np.int64)[found.of_row]

    def _judged(self, meaning: TableColumns, columns: Columns, row: int, file: str) -> Judged:
        raw: dict[str, object] = {}
        named = all(columns[place][row].as_py() is None for place in meaning.unnamed)
        unread = [] if named else [fault(Code.CELL_UNNAMED, file)]
        for cells in meaning.questions:
            try:
                raw[cells.question.id] = cells.answer(_row(columns, cells, row))
            except AnswerError as error:
                raw[cells.question.id] = cells.readable(_row(columns, cells, row))
                unread += [Fault(one.code, f"{cells.question.id}: {one.problem}", one.mend) for one in error.faults]
        given = {question: answer for question, answer in raw.items() if answer is not ABSENT}
        faults, answers = judged(given, self._questionnaire, file)
        return Judged((*unread, *faults), answers)


def _row(columns: Columns, cells: QuestionCells, row: int) -> dict[int, object]:
    return {place: columns[place][row].as_py() for place in cells.places}


def _place(cells: QuestionCells, table: Table, row: Mapping[int, object]) -> int:
    try:
        answer = cells.answer(row)
        if answer is ABSENT:
            return 0
        return table[tuple(answer) if isinstance(answer, list) else answer] & PLACE
    except (AnswerError, TypeError):
        return _BAD
