"""A portion of the input as packed blocks."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

import msgspec
import numpy as np

from nmtchoose.batch.reading.column_names import TableColumns, table_columns
from nmtchoose.batch.reading.csv_tables import csv_rows
from nmtchoose.batch.reading.lines import LinePacker
from nmtchoose.batch.reading.natural import NaturalPacker
from nmtchoose.batch.reading.packed import Packed
from nmtchoose.batch.reading.packed_tables import PackedPacker
from nmtchoose.batch.reading.parquet_files import NATURAL_ROWS, PACKED_ROWS, layout_of_file, tables_in
from nmtchoose.batch.reading.portions import Piece, Portion, opened
from nmtchoose.batch.reading.sources import Form
from nmtchoose.errors import AnswerError
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.records.answers_file import parsed

ROWS = 1 << 16
"""Rows of a block at most."""


class Reader:
    """Reads portions for one questionnaire. `ignored` are names of columns that are left alone."""

    def __init__(self, questionnaire: Questionnaire, ignored: Collection[str] = ()) -> None:
        self._questionnaire = questionnaire
        self._ignored = frozenset(ignored)
        self._lines = LinePacker(questionnaire)
        self._natural = NaturalPacker(questionnaire)

    def blocks(self, portion: Portion) -> Iterator[Packed]:
        """Yield all records of `portion`; at least one block, which may be empty. Raises FileError."""
        documents = [piece for piece in portion.pieces if piece.source.form is Form.DOCUMENT]
        if documents or not portion.pieces:
            yield from self._documents(documents)
        for piece in portion.pieces:
            match piece.source.form:
                case Form.LINES:
                    yield from self._of_lines(piece)
                case Form.CSV:
                    yield from self._of_csv(piece)
                case Form.PARQUET:
                    yield from self._of_parquet(piece)

    def _of_lines(self, piece: Piece) -> Iterator[Packed]:
        lines = _content(piece).split(b"\n")
        for start in range(0, len(lines), ROWS):
            yield self._lines.packed(lines[start : start + ROWS], piece.source.name, piece.first + start)

    def _documents(self, pieces: Sequence[Piece]) -> Iterator[Packed]:
        block, rows = self._lines.block(), 0
        for piece in pieces:
            records = records_in(_content(piece), piece.source.name)
            for start in range(0, len(records), ROWS):
                together = records[start : start + ROWS]
                self._lines.add(block, together, piece.source.name, start + 1)
                rows += len(together)
                if rows >= ROWS:
                    yield block.packed()
                    block, rows = self._lines.block(), 0
        yield block.packed()

    def _of_csv(self, piece: Piece) -> Iterator[Packed]:
        name = piece.source.name
        meaning = self._meaning(piece.names, name)
        found = csv_rows(_content(piece), meaning, piece.delimiter, name, piece.first)
        rejects = found.rejects
        for start in range(0, max(len(found.lines), 1), ROWS):
            columns = [None if one is None else one[start : start + ROWS] for one in found.columns]
            packed = self._natural.packed(columns, meaning, name, found.lines[start : start + ROWS])
            yield replace(packed, rejects=sorted((*packed.rejects, *rejects), key=lambda one: one.line))
            rejects = ()

    def _of_parquet(self, piece: Piece) -> Iterator[Packed]:
        source, first = piece.source, piece.first
        layout = layout_of_file(source)
        packer = PackedPacker(self._questionnaire, layout) if layout else None
        for batch in tables_in(source, piece.groups, rows=PACKED_ROWS if packer else NATURAL_ROWS):
            lines = np.arange(first, first + batch.num_rows)
            first += batch.num_rows
            if packer:
                yield packer.packed(batch, source.name, lines)
            else:
                meaning = self._meaning(batch.schema.names, source.name)
                columns: list[Any] = batch.columns
                yield self._natural.packed(columns, meaning, source.name, lines)

    def _meaning(self, names: Sequence[str], file: str) -> TableColumns:
        return table_columns(names, self._questionnaire, self._ignored, file)


def _content(piece: Piece) -> bytes:
    """Return the bytes of a piece."""
    if piece.content is not None:
        return piece.content
    if piece.source.form is Form.DOCUMENT:
        with opened(piece.source) as stream:
            return stream.read()
    with opened(piece.source) as stream:
        stream.seek(piece.start)
        return stream.read(piece.length)


def records_in(content: bytes, name: str) -> list[bytes]:
    """Return every record of a JSON document: those of a list, or the document itself as the only one.

    What is no list that can be read is one record too; what is wrong with it is then said about that.
    """
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        return [content]
    try:
        return [bytes(one) for one in msgspec.json.decode(content, type=list[msgspec.Raw])]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        pass
    try:
        document = parsed(content, name)
    except AnswerError:
        return [content]
    return [json.dumps(one).encode() for one in document] if isinstance(document, list) else [content]
