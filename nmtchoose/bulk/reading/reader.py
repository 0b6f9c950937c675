"""A portion of the input as packed blocks."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

import numpy as np

from nmtchoose.bulk.reading.column_names import TableColumns, table_columns
from nmtchoose.bulk.reading.csv_tables import csv_rows, parts
from nmtchoose.bulk.reading.natural import NaturalPacker
from nmtchoose.bulk.reading.packed import Packed, Rejected
from nmtchoose.bulk.reading.packed_tables import Carrier
from nmtchoose.bulk.reading.parquet_files import (
    NATURAL_ROWS,
    PACKED_ROWS,
    layout_of_file,
    natural_columns,
    packed_names,
    tables_in,
)
from nmtchoose.bulk.reading.pieces import Piece, Portion, opened
from nmtchoose.bulk.reading.records import ROWS, Given, RecordPacker, records_in
from nmtchoose.bulk.reading.sources import Form
from nmtchoose.errors import Code, FileError, fault
from nmtchoose.model.questionnaire import Questionnaire

LARGEST_DOCUMENT = 32 << 20
"""Bytes of one JSON document, which is held in memory as a whole."""


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
        layout = layout_of_file(source)
        packer = Carrier(self._questionnaire, layout) if layout else None
        names, _ = natural_columns(source)
        wanted = packed_names(layout) if layout else [names[at] for at in self._meaning(names, source.name).places]
        for batch in tables_in(source, piece.groups, wanted, PACKED_ROWS if packer else NATURAL_ROWS):
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
