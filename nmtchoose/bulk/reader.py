"""A portion of the input as packed blocks: every form of file that is read."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import csv

from nmtchoose.bulk import parquet_files as parquet
from nmtchoose.bulk.layout import RECORD
from nmtchoose.bulk.packed import Carrier, Packed, Rejected
from nmtchoose.bulk.pieces import Piece, Portion, opened, parts
from nmtchoose.bulk.records import ROWS, Given, RecordPacker, records_in
from nmtchoose.bulk.sources import Form
from nmtchoose.bulk.tables import NaturalPacker, TableColumns, table_columns
from nmtchoose.errors import Code, FileError, fault
from nmtchoose.model.answers import Answers
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
            columns, lines, count, wrong = csv_rows(content, piece, meaning, first, told)
            rejects, first = rejects + wrong, first + count
            for start in range(0, len(lines), ROWS):
                some = {place: one[start : start + ROWS] for place, one in columns.items()}
                packed = self._natural.packed(some, meaning, name, lines[start : start + ROWS])
                yield replace(packed, rejects=sorted((*packed.rejects, *rejects), key=lambda one: one.line))
                rejects = ()
        yield replace(self._records.packed(()), rejects=rejects)

    def _of_parquet(self, piece: Piece) -> Iterator[Packed]:
        source, first = piece.source, piece.first
        layout = parquet.layout_of_file(source)
        packer = Carrier(self._questionnaire, layout) if layout else None
        if layout:
            wanted, rows = [RECORD, *layout.dtypes], parquet.PACKED_ROWS
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


_NUMBERED = pa.dictionary(pa.int32(), pa.binary())


def csv_rows(
    content: bytes, piece: Piece, meaning: TableColumns, first: int, told: Callable[[str], Answers]
) -> tuple[Mapping[int, Any], NDArray[np.int64], int, tuple[Rejected, ...]]:
    """Return the columns that matter of the rows in `content`, by their place, and where each row stands.

    And how many rows there are in all, the first of which is row `first` of the file, and the rejects. A row without a
    word is no record. One with too few or too many cells is a reject, with the answers that its text is `told` to say.
    """
    file, delimiter = piece.source.name, piece.delimiter
    names = [str(place) for place in range(meaning.count)]
    numbered = {names[place] for one in meaning.questions for place in one.places}
    rejects: list[Rejected] = []

    def skip(row: Any) -> str:
        why = fault(Code.ROW_TOO_SHORT, file, found=row.actual_columns, wanted=row.expected_columns)
        rejects.append(Rejected(file, first + row.number - 1, None, (why,), told(row.text or "")))
        return "skip"

    content = _tellable(content, delimiter, meaning.count)
    table = csv.read_csv(
        pa.py_buffer(content),
        csv.ReadOptions(column_names=names, use_threads=False, block_size=len(content) + 1),
        csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=skip
        ),
        csv.ConvertOptions(
            check_utf8=False,
            include_columns=[names[place] for place in meaning.places] or names[:1],
            column_types={name: _NUMBERED if name in numbered else pa.binary() for name in names},
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        ),
    )
    count = table.num_rows + len(rejects)
    lines = np.setdiff1d(np.arange(first, first + count), [one.line for one in rejects])
    columns = {place: table.column(names[place]).combine_chunks() for place in meaning.places}
    words = (one.is_valid().to_numpy(zero_copy_only=False) for one in columns.values())
    said = np.logical_or.reduce([np.zeros(len(lines), bool), *words])
    if not said.all():
        columns, lines = {place: one.filter(pa.array(said)) for place, one in columns.items()}, lines[said]
    return columns, lines, count, tuple(rejects)


def _tellable(content: bytes, delimiter: str, cells: int) -> bytes:
    """Return `content` as text wherever a row has too few or too many cells: Arrow tells of such a row only as text."""
    with suppress(UnicodeDecodeError):
        content.decode()
        return content
    return b"".join(
        line if line.count(delimiter.encode()) + 1 == cells else line.decode("utf-8", "replace").encode()
        for line in content.splitlines(keepends=True)
    )
