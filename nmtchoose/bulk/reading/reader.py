"""A portion of the input as packed blocks; of tables with a column for each question, each combination is read once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from nmtchoose.bulk.arrow_columns import as_answers, distinct, ids_in, together
from nmtchoose.bulk.reading import parquet_files as parquet
from nmtchoose.bulk.reading.column_names import ABSENT, QuestionCells, TableColumns, table_columns
from nmtchoose.bulk.reading.csv_tables import csv_rows, parts
from nmtchoose.bulk.reading.packed import Carrier, Judged, Packed, Rejected, judged, one_file, readable, sifted
from nmtchoose.bulk.reading.pieces import Piece, Portion, opened
from nmtchoose.bulk.reading.records import PLACE, ROWS, Given, RecordPacker, Table, records_in, tables_of
from nmtchoose.bulk.reading.sources import Form
from nmtchoose.errors import AnswerError, Code, Fault, FileError, fault
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Questionnaire

LARGEST_DOCUMENT = 32 << 20
"""Bytes of one JSON document, which is held in memory as a whole."""

_BAD = -1  # stands for a combination that is no answer
Places = NDArray[np.int64]
Columns = Mapping[int, Any]
"""Arrow arrays by their place in the table."""


class Reader:
    """Reads portions for one questionnaire. `ignored` are names of columns that are left alone."""

    def __init__(self, questionnaire: Questionnaire, ignored: Collection[str] = ()) -> None:
        self._questionnaire = questionnaire
        self._ignored = frozenset(ignored)
        self._records = RecordPacker(questionnaire)
        self._natural = NaturalPacker(questionnaire)

    def blocks(self, portion: Portion) -> Iterator[Packed]:
        """Yield all records of `portion`; at least one block, which may be empty. Raises FileError."""
        documents = [piece for piece in portion.pieces if piece.source.form is Form.DOCUMENT]
        if documents or not portion.pieces:
            yield from self._documents(documents)
        for piece in portion.pieces:
            match piece.source.form:
                case Form.LINES:
                    yield from self._records.lines(piece.content, piece.source.name, piece.first)
                case Form.CSV:
                    yield from self._of_csv(piece)
                case Form.PARQUET:
                    yield from self._of_parquet(piece)

    def _documents(self, pieces: Sequence[Piece]) -> Iterator[Packed]:
        given = (one for piece in pieces for one in _records_of(piece))
        while True:
            block = self._records.packed(islice(given, ROWS))
            yield block
            if block.rows + len(block.rejects) < ROWS:
                return

    def _of_csv(self, piece: Piece) -> Iterator[Packed]:
        name = piece.source.name
        meaning = self._meaning(piece.names, name)
        first = piece.first
        told = partial(self._natural.told, meaning, piece.delimiter)
        rejects: tuple[Rejected, ...] = ()
        for content, is_open in parts(piece.content, piece.delimiter.encode()):
            if is_open:
                answers = told(content.decode(errors="replace"))
                rejects += (Rejected(name, first, None, (fault(Code.QUOTE_OPEN, name),), answers),)
                first += 1
                continue
            found = csv_rows(content, meaning, piece.delimiter, name, first, told)
            rejects, first = rejects + found.rejects, first + found.count
            for start in range(0, len(found.lines), ROWS):
                columns = {place: one[start : start + ROWS] for place, one in found.columns.items()}
                packed = self._natural.packed(columns, meaning, name, found.lines[start : start + ROWS])
                yield replace(packed, rejects=sorted((*packed.rejects, *rejects), key=lambda one: one.line))
                rejects = ()
        yield replace(self._records.packed(()), rejects=rejects)

    def _of_parquet(self, piece: Piece) -> Iterator[Packed]:
        source, first = piece.source, piece.first
        layout = parquet.layout_of_file(source)
        packer = Carrier(self._questionnaire, layout) if layout else None
        if layout:
            wanted, rows = parquet.packed_names(layout), parquet.PACKED_ROWS
        else:
            names, _ = parquet.natural_columns(source)
            wanted, rows = [names[at] for at in self._meaning(names, source.name).places], parquet.NATURAL_ROWS
        for batch in parquet.tables_in(source, piece.groups, wanted, rows):
            lines = np.arange(first, first + batch.num_rows)
            first += batch.num_rows
            if packer:
                yield packer.packed(batch, source.name, lines)
            else:
                meaning = self._meaning(batch.schema.names, source.name)
                yield self._natural.packed(dict(enumerate(batch.columns)), meaning, source.name, lines)

    def _meaning(self, names: Sequence[str], file: str) -> TableColumns:
        return table_columns(names, self._questionnaire, self._ignored, file)


def _records_of(piece: Piece) -> Iterator[Given]:
    with opened(piece.source) as stream:
        content = stream.read(LARGEST_DOCUMENT + 1)
    if len(content) > LARGEST_DOCUMENT:
        raise FileError([fault(Code.DOCUMENT_TOO_LARGE, piece.source.name, limit=LARGEST_DOCUMENT >> 20)])
    yield from records_in(content, piece.source.name)


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
