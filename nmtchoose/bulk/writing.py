"""Blocks of results on their way to a file: as bytes from who made them, and joined by who writes the file.

For lines of text, JSON or CSV, every different value is written once, and Arrow puts the rows together.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from shutil import copyfileobj
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from nmtchoose.bulk.layout import RECORD, Layout, layout_text
from nmtchoose.bulk.packed import Packed, Rejected
from nmtchoose.bulk.parquet_files import LAYOUT_KEY
from nmtchoose.formats.csv_columns import FORMULA_STARTS, Cell, disarmed
from nmtchoose.model.disposition import Disposition
from nmtchoose.words.printable import OBEYED, printable

Columns = Mapping[str, Any]

_GROUP_ROWS, _GROUP_BYTES = 1 << 17, 64 << 20
"""Of a row group of what we write: large enough to be packed well, small enough to be read by several."""

_ALL_DIFFERENT = ("line", "record", RECORD)
"""Columns in which no value comes twice: a dictionary would only cost time."""

_ALWAYS = {"file", "line", "status", "disposition", "recommendation"}
_RARE = 0.05
_LONGEST_REJECT = 1 << 20
_TEXT_ROWS = 1 << 14


@dataclass(frozen=True, slots=True)
class Style:
    """How a row is written; `special` texts may not simply be put between `quote` signs, `several` is for lists."""

    cell: Callable[[Cell], str]
    quote: str
    special: str
    several: tuple[str, str, str]
    end: str


def json_lines(columns: Mapping[str, Any]) -> pa.Buffer:
    """Return the rows of `columns` (Arrow arrays by name) as JSON Lines."""
    starts = [f"{'{' if at == 0 else ', '}{json.dumps(name)}: " for at, name in enumerate(columns)]
    return _rows(starts, list(columns.values()), _JSON)


def csv_lines(columns: Mapping[str, Any]) -> pa.Buffer:
    """Return the rows of `columns` as CSV, as the CSV export has it, without the names."""
    return _rows(["" if at == 0 else "," for at in range(len(columns))], list(columns.values()), _CSV)


def csv_header(names: Sequence[str]) -> bytes:
    """Return the row of names."""
    return (",".join(_csv_cell(name) for name in names) + "\r\n").encode()


def _csv_cell(value: Cell) -> str:
    text = "" if value is None else str(disarmed(value))
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\r\n') else text


_STARTS = "".join(re.escape(sign) for sign in FORMULA_STARTS)
_JSON = Style(partial(json.dumps, ensure_ascii=False), '"', r'["\\\x00-\x1f]', ('["', '", "', '"]'), "}\n")
_OBEYED = re.sub(r"\\u([0-9a-f]{4})", r"\\x{\1}", OBEYED.pattern)  # as Arrow writes it
_CSV = Style(_csv_cell, "", rf'[,"\r\n]|^[{_STARTS}]|{_OBEYED}', ("", " ", ""), "\r\n")


def _rows(starts: Sequence[str], columns: Sequence[Any], style: Style) -> pa.Buffer:
    parts = [part for start, column in zip(starts, columns, strict=True) for part in (start, _texts(column, style))]
    return _bytes(pc.binary_join_element_wise(*parts, style.end, ""))


def _texts(column: Any, style: Style) -> Any:
    kind, nothing = column.type, style.cell(None)
    if pa.types.is_dictionary(kind):
        words = pa.array([style.cell(word) for word in column.dictionary.to_pylist()], pa.string())
        return pc.fill_null(words.take(column.indices), nothing)
    if pa.types.is_list(kind):
        return _lists(column, style)
    if not pa.types.is_string(kind):
        return pc.fill_null(column.cast(pa.string()), nothing)
    if pc.any(pc.match_substring_regex(column, style.special)).as_py():
        return pa.array([style.cell(one) for one in column.to_pylist()], pa.string())
    quoted = pc.binary_join_element_wise(style.quote, column, style.quote, "") if style.quote else column
    return pc.fill_null(quoted, nothing)


def _lists(column: Any, style: Style) -> Any:
    """Return the text of a column of lists of ids, which hold no sign that would have to be written differently."""
    start, between, end = style.several
    offsets = pc.subtract(column.offsets, column.offsets[0])  # of some rows, the first need not be 0
    plain = pa.ListArray.from_arrays(offsets, column.flatten().cast(pa.string()))
    joined = pc.binary_join(plain, between)
    if not start:
        return pc.fill_null(joined, "")
    filled = pc.binary_join_element_wise(start, joined, end, "")
    return pc.fill_null(pc.if_else(pc.equal(pc.list_value_length(column), 0), "[]", filled), style.cell(None))


def _bytes(texts: Any) -> pa.Buffer:
    """Return all texts one after the other: that is how Arrow holds them."""
    if not len(texts):
        return pa.py_buffer(b"")
    offsets = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return texts.buffers()[2].slice(int(offsets[0]), int(offsets[-1] - offsets[0]))


class Output(StrEnum):
    """What is written."""

    LINES = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    PACKED = "packed"


def encoded(output: Output, columns: Columns, layout: Layout, *, first: bool) -> bytes:
    """Return the rows of `columns`, compressed, for the writer of `output`; `first` says that none come before them."""
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "lz4") as stream:
        match output:
            case Output.LINES:
                _write_lines(stream, columns, json_lines)
            case Output.CSV:
                stream.write(csv_header(list(columns)) if first else b"")
                _write_lines(stream, columns, csv_lines)
            case Output.PARQUET:
                _write_table(stream, columns, columns.keys() - _ALWAYS, {})
            case Output.PACKED:
                _write_table(stream, columns, {RECORD}, {LAYOUT_KEY: layout_text(layout).encode()})
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _write_lines(stream: Any, columns: Columns, lines: Callable[[Columns], Any]) -> None:
    """Write some rows after the other: their text takes many times the room that they have as columns."""
    for start in range(0, len(next(iter(columns.values()))), _TEXT_ROWS):
        stream.write(lines({name: column.slice(start, _TEXT_ROWS) for name, column in columns.items()}))


def _write_table(stream: Any, columns: Columns, optional: set[str], metadata: Mapping[bytes, bytes]) -> None:
    """Write the rows. Columns that say something in every row are marked so: that halves reading them."""
    fields = [pa.field(name, column.type, nullable=name in optional) for name, column in columns.items()]
    batch = pa.record_batch(list(columns.values()), schema=pa.schema(fields, metadata))
    with pa.ipc.new_stream(stream, batch.schema) as blocks:
        blocks.write_batch(batch)


def write_text(stream: BinaryIO, content: bytes) -> None:
    """Write a block of JSON Lines or CSV that `encoded` gave."""
    with pa.CompressedInputStream(pa.BufferReader(content), "lz4") as text:
        copyfileobj(text, stream)


class ParquetWriter:
    """Joins blocks in the order in which they come, some to a row group; the file depends on the blocks alone."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._writer: Any = None
        self._waiting: list[Any] = []

    def write(self, content: bytes) -> None:
        """Write one block, or keep it for the row group that is being gathered."""
        with pa.ipc.open_stream(pa.CompressedInputStream(pa.BufferReader(content), "lz4")) as blocks:
            self._waiting += blocks
        rows, size = sum(one.num_rows for one in self._waiting), sum(one.nbytes for one in self._waiting)
        if rows >= _GROUP_ROWS or size >= _GROUP_BYTES:
            self._write_group()

    def close(self) -> None:
        """Write the last row group and the end of the file."""
        if self._waiting or self._writer is None:
            self._write_group()
        self._writer.close()

    def _write_group(self) -> None:
        table = pa.Table.from_batches(self._waiting).unify_dictionaries()
        self._waiting.clear()
        self._writer = self._writer or parquet_writer(self._stream, table)
        self._writer.write_table(table, row_group_size=max(table.num_rows, 1))


def parquet_writer(stream: Any, first: Any) -> Any:
    """Return Arrow's writer, set up as all our files are, for tables like `first`.

    Packed answers are read again and again: LZ4, and no dictionary for what hardly anybody was asked, take half the
    time of Zstandard and dictionaries, for twice the space.
    """
    packed = LAYOUT_KEY in (first.schema.metadata or {})
    few = [name for name in first.schema.names if name not in _ALL_DIFFERENT]
    if packed:
        few = [name for name in few if np.count_nonzero(first[name].to_numpy()) >= len(first[name]) * _RARE]
    counted = {"line": "DELTA_BINARY_PACKED"} if "line" in first.schema.names else {}
    compression = "lz4" if packed else "zstd"
    return pq.ParquetWriter(stream, first.schema, compression=compression, use_dictionary=few, column_encoding=counted)


def whose(packed: Packed) -> dict[str, Any]:
    """Return the first columns of every result: the file, the line or row in it, and the id of the record."""
    files = pa.DictionaryArray.from_arrays(packed.files.indices, harmless(packed.files.dictionary))
    return {"file": files, "line": packed.lines, "record": harmless(packed.records)}


def harmless(names: Any) -> Any:
    """Return an array of strings with nothing in it that a terminal or a page obeys."""
    content = np.frombuffer(names.buffers()[2] or b"", np.uint8)
    if bool((content - ord(" ") < 0x5F).all()):  # printable ASCII, as nearly all are: a hundredth of the other look
        return names
    return pa.array([one and printable(one) for one in names.to_pylist()], names.type)


def rejected_line(one: Rejected, emergency: Disposition | None = None) -> bytes:
    """Return what is wrong with a record as a line of JSON, no more than `screen` says, and its `emergency`."""
    problem, *more = [
        {"code": fault.code.id, "message": message} for fault, message in zip(one.faults, one.problems, strict=True)
    ]
    told = {"file": one.file, "line": one.line, "record": one.record, **problem, "disposition": emergency, "more": more}
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def holds_rejects(path: Path) -> bool:
    """Return whether the file at `path` is what an earlier run left out, and nobody else's."""
    try:
        with path.open("rb") as stream:
            told = json.loads(stream.readline(_LONGEST_REJECT))
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and told.keys() >= {"file", "line", "record", "code"}
