"""Parquet: which form a file has, and its rows, some at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from nmtchoose.bulk.layout import Layout, layout_in
from nmtchoose.bulk.reading.sources import Source
from nmtchoose.errors import Code, FileError, fault

LAYOUT_KEY = b"nmtchoose.layout"
"""Where the schema of a packed file says how it is packed."""

ROWS_TOGETHER = 1 << 18
"""Rows; a portion is the row groups that are needed to have as many."""

_DAMAGED = "it is no Parquet file, or it is damaged"

PACKED_ROWS, NATURAL_ROWS = 1 << 17, 1 << 15
"""Rows that are read together: texts take many times the room of packed answers."""


def layout_of_file(source: Source) -> Layout | None:
    """Return how a file is packed, or None for one column for each question or option.

    Raises FileError when it does not hold what it says.
    """
    schema = _opened(source).schema_arrow
    written = (schema.metadata or {}).get(LAYOUT_KEY)
    if written is None:
        return None
    try:
        layout = layout_in(written)
    except ValueError:
        raise _unreadable(source.name, "it does not say how it is packed") from None
    missing = [column for column in layout.names() if column not in schema.names]
    if missing:
        raise _unreadable(source.name, f"the column '{missing[0][:60]}' is missing")
    return layout


def natural_names(source: Source) -> Sequence[str]:
    """Return the names of the columns of a file that is not packed; none for one that is."""
    if layout_of_file(source) is not None:
        return ()
    names: list[str] = _opened(source).schema_arrow.names
    return names


def groups_of(source: Source) -> Iterator[tuple[int, tuple[int, ...], int]]:
    """Yield row groups that are read together: the number of their first row, from 1, their own, and their bytes."""
    metadata = _opened(source).metadata
    first, rows, length = 1, 0, 0
    groups: list[int] = []
    for group in range(metadata.num_row_groups):
        groups.append(group)
        rows += metadata.row_group(group).num_rows
        length += sum(_bytes(metadata.row_group(group), at) for at in range(metadata.num_columns))
        if rows >= ROWS_TOGETHER or group == metadata.num_row_groups - 1:
            yield first, tuple(groups), length
            first, rows, length = first + rows, 0, 0
            groups = []


def _bytes(group: Any, column: int) -> int:
    size: int = group.column(column).total_compressed_size
    return size


def tables_in(
    source: Source, groups: Sequence[int], columns: Sequence[str] | None = None, rows: int = PACKED_ROWS
) -> Iterator[Any]:
    """Yield the rows of some row groups as Arrow record batches of `rows`; only `columns` when they are named."""
    file = _opened(source)
    try:
        yield from file.iter_batches(rows, row_groups=list(groups), columns=columns, use_threads=False)
    except (OSError, pa.ArrowException):
        raise _unreadable(source.name, _DAMAGED) from None


def _opened(source: Source) -> Any:
    try:
        return pq.ParquetFile(source.path, buffer_size=1 << 16, pre_buffer=False)
    except (OSError, pa.ArrowException) as error:
        known = isinstance(error, OSError) and error.errno  # Arrow's own sentence is long and names the file again
        raise _unreadable(source.name, os.strerror(known) if known else _DAMAGED) from None


def _unreadable(name: str, detail: str) -> FileError:
    return FileError([fault(Code.FILE_CANNOT_READ, name, detail=detail)])
