"""Results of block after block, written as JSON Lines, CSV or Parquet; or the packed answers themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, BinaryIO, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from nmtchoose.batch.layout import RECORD, Layout, layout_text
from nmtchoose.batch.reading.packed import Packed, Rejected
from nmtchoose.batch.reading.parquet_files import LAYOUT_KEY
from nmtchoose.batch.writing.text_rows import csv_header, csv_lines, json_lines

Columns = Mapping[str, Any]

GROUP_ROWS = 1 << 17
"""Rows of a row group of what we write; large enough to be packed well, small enough to be read by several."""


_COUNTED = ("line",)
_ALL_DIFFERENT = (*_COUNTED, "record", RECORD)
"""Columns in which no value comes twice: a dictionary would only cost time."""

_ALWAYS = {"file", "line", "status", "disposition", "recommendation"}


_RARE = 0.05


class Output(StrEnum):
    """What is written."""

    LINES = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    PACKED = "packed"
    STAGED = "arrow"
    STAGED_PACKED = "packed.arrow"

    @property
    def stage(self) -> Output:
        """Return the form of the parts of a result that is one file: what costs least to write and to join."""
        return {Output.PARQUET: Output.STAGED, Output.PACKED: Output.STAGED_PACKED}.get(self, self)

    @property
    def ending(self) -> str:
        """Return the ending of a file of this form."""
        return Output.PARQUET.value if self is Output.PACKED else self.value

    @property
    def is_packed(self) -> bool:
        """True for answers, false for results."""
        return self in (Output.PACKED, Output.STAGED_PACKED)

    @property
    def is_text(self) -> bool:
        """True where the parts of a result become the whole by standing one after the other."""
        return self in (Output.LINES, Output.CSV)


class Writer(Protocol):
    """Writes blocks of columns."""

    def write(self, columns: Columns) -> None:
        """Write the rows of `columns`, which have the same names every time."""

    def close(self) -> None:
        """Write what is still to be written."""


class LinesWriter:
    """Writes JSON Lines."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, columns: Columns) -> None:
        """Write the rows."""
        self._stream.write(json_lines(columns))

    def close(self) -> None:
        """Write nothing more."""


class CsvWriter:
    """Writes CSV; `named` tells whether it starts with the names of the columns."""

    def __init__(self, stream: BinaryIO, *, named: bool) -> None:
        self._stream, self._named = stream, named

    def write(self, columns: Columns) -> None:
        """Write the rows, before the first ones the names."""
        if self._named:
            self._stream.write(csv_header(list(columns)))
            self._named = False
        self._stream.write(csv_lines(columns))

    def close(self) -> None:
        """Write nothing more."""


class ParquetWriter:
    """Writes Parquet. What stands in a file depends on its rows alone, and not on what was written before."""

    def __init__(self, stream: BinaryIO, metadata: Mapping[bytes, bytes] | None = None) -> None:
        self._stream, self._metadata = stream, metadata or {}
        self._writer: Any = None

    def write(self, columns: Columns) -> None:
        """Write the rows."""
        table = _table(columns, self._metadata)
        if self._writer is None:
            self._writer = parquet_writer(self._stream, table)
        self._writer.write_table(table.unify_dictionaries(), row_group_size=GROUP_ROWS)

    def close(self) -> None:
        """Write the end of the file."""
        if self._writer is not None:
            self._writer.close()


class ArrowWriter:
    """Writes blocks as they are, for a moment only."""

    def __init__(self, stream: BinaryIO, metadata: Mapping[bytes, bytes] | None = None) -> None:
        self._stream, self._metadata = stream, metadata or {}
        self._writer: Any = None

    def write(self, columns: Columns) -> None:
        """Write the rows."""
        table = _table(columns, self._metadata)
        if self._writer is None:
            options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
            self._writer = pa.ipc.new_stream(self._stream, table.schema, options=options)
        self._writer.write_table(table)

    def close(self) -> None:
        """Write the end of the stream."""
        if self._writer is not None:
            self._writer.close()


def _table(columns: Columns, metadata: Mapping[bytes, bytes]) -> Any:
    """Return the rows to write. Columns that say something in every row are marked so: that halves reading them."""
    optional = {RECORD} if LAYOUT_KEY in metadata else columns.keys() - _ALWAYS
    fields = [pa.field(name, column.type, nullable=name in optional) for name, column in columns.items()]
    return pa.table(list(columns.values()), schema=pa.schema(fields, metadata))


def parquet_writer(stream: Any, first: Any) -> Any:
    """Return Arrow's writer, set up as all our files are, for tables like `first`.

    Packed answers are read again and again: LZ4, and no dictionary for what hardly anybody was asked, take half the
    time that Zstandard and dictionaries take, for twice the space.
    """
    packed = LAYOUT_KEY in (first.schema.metadata or {})
    few = [name for name in first.schema.names if name not in _ALL_DIFFERENT and not (packed and _is_rare(first[name]))]
    counted = {name: "DELTA_BINARY_PACKED" for name in _COUNTED if name in first.schema.names}
    compression = "lz4" if packed else "zstd"
    return pq.ParquetWriter(stream, first.schema, compression=compression, use_dictionary=few, column_encoding=counted)


def _is_rare(column: Any) -> bool:
    return int(np.count_nonzero(column.to_numpy())) < len(column) * _RARE


def writer_of(output: Output, stream: BinaryIO, layout: Layout, *, first: bool) -> Writer:
    """Return the writer of `output`; `first` tells whether this is the start of the whole result."""
    metadata = {LAYOUT_KEY: layout_text(layout).encode()} if output.is_packed else None
    match output:
        case Output.LINES:
            return LinesWriter(stream)
        case Output.CSV:
            return CsvWriter(stream, named=first)
        case Output.PARQUET | Output.PACKED:
            return ParquetWriter(stream, metadata)
        case Output.STAGED | Output.STAGED_PACKED:
            return ArrowWriter(stream, metadata)


def whose(packed: Packed) -> dict[str, Any]:
    """Return the first columns of every result: the file, the line or row in it, and the id of the record."""
    return {"file": packed.files, "line": packed.lines, "record": packed.records}


def packed_columns(packed: Packed) -> dict[str, Any]:
    """Return the columns of a packed file."""
    return {RECORD: packed.records, **{name: pa.array(one) for name, one in packed.columns.items()}}


def rejected_line(one: Rejected) -> bytes:
    """Return what is wrong with a record as a line of JSON; nothing in it goes beyond what `screen` would say."""
    first = one.faults[0]
    told: dict[str, object] = {
        "file": one.file,
        "line": one.line,
        "record": one.record,
        "code": first.code.id,
        "message": f"{first.problem}. {first.mend}",
        "more": [{"code": other.code.id, "message": f"{other.problem}. {other.mend}"} for other in one.faults[1:]],
    }
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
