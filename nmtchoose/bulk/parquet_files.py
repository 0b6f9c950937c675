"""Parquet: which form a file has, and its rows, some at a time."""

import os
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from nmtchoose.bulk.layout import Layout, layout_in
from nmtchoose.bulk.sources import Source
from nmtchoose.errors import Code, FileError, fault

LAYOUT_KEY = b"nmtchoose.layout"
"""Where the schema of a packed file says how it is packed."""

ROWS_TOGETHER = 1 << 18
"""Rows; a portion is the row groups that are needed to have as many."""

_DAMAGED = "it is no Parquet file, or it is damaged"

PACKED_ROWS, NATURAL_ROWS = 1 << 17, 1 << 15
"""Rows that are read together: texts take many times the room of packed answers."""

_MOST_UNPACKED, _MOST_TIMES = 32 << 20, 100
"""Bytes of text in a row group, and how many times what is packed they may be: real clients never come near to both."""

_MOST_CHOICES, _MOST_ROWS = 64, 1 << 20
"""Entries of a list, on average of the rows of a group, beyond those that this many rows could have one of."""


def layout_of_file(source: Source) -> Layout | None:
    """Return how a file is packed, None where it is not; raises FileError when it does not hold what it says."""
    schema = _opened(source).schema_arrow
    written = (schema.metadata or {}).get(LAYOUT_KEY)
    if written is None:
        return None
    layout = layout_in(written, source.name)
    missing = [column for column in layout.dtypes if column not in schema.names]
    if missing:
        raise _unreadable(source.name, f"the column '{missing[0][:60]}' is missing")
    return layout


def natural_columns(source: Source) -> tuple[Sequence[str], Sequence[Any]]:
    """Return the names of the columns of a file that is not packed, and their types; none for one that is."""
    if layout_of_file(source) is not None:
        return (), ()
    schema = _opened(source).schema_arrow
    return schema.names, schema.types


def groups_of(source: Source) -> Iterator[tuple[int, tuple[int, ...], int]]:
    """Yield row groups that are read together: the number of their first row, from 1, their own, and their bytes."""
    metadata = _opened(source).metadata
    first, rows, length = 1, 0, 0
    groups: list[int] = []
    for group in range(metadata.num_row_groups):
        groups.append(group)
        rows += metadata.row_group(group).num_rows
        chunks = (metadata.row_group(group).column(at) for at in range(metadata.num_columns))
        length += sum(one.total_compressed_size for one in chunks)
        if rows >= ROWS_TOGETHER or (rows and group == metadata.num_row_groups - 1):
            yield first, tuple(groups), length
            first, rows, length = first + rows, 0, 0
            groups = []


def tables_in(source: Source, groups: Sequence[int], columns: Sequence[str], rows: int = PACKED_ROWS) -> Iterator[Any]:
    """Yield `columns` of row groups in batches of `rows`; raises FileError for damage, or for far too much room."""
    file = _opened(source)
    read = [at for at in range(file.metadata.num_columns) if _path(file, at).split(".")[0] in columns]
    for group in groups:
        _check_room(source, file.metadata.row_group(group), read)
    chunks = {at: [file.metadata.row_group(group).column(at) for group in groups] for at in read}
    # columns of texts that the file has once, however many rows say them
    repeated = [
        _path(file, at)
        for at, parts in chunks.items()
        if any(one.physical_type == "BYTE_ARRAY" and one.has_dictionary_page for one in parts)
    ]
    file = _opened(source, file.metadata, repeated)
    lists = any("." in one for one in repeated)  # Arrow keeps their texts within a row group alone
    try:
        for some in [[one] for one in groups] if lists else [list(groups)]:
            yield from file.iter_batches(rows, row_groups=some, columns=columns, use_threads=False)
    except (OSError, pa.ArrowException):
        raise _unreadable(source.name, _DAMAGED) from None


def _path(file: Any, column: int) -> str:
    return str(file.schema.column(column).path)


def _check_room(source: Source, group: Any, read: Sequence[int]) -> None:
    """Raise FileError when a row group holds much more than its file could for real clients: it would fill memory."""
    chunks = [group.column(at) for at in read]
    texts = [one for one in chunks if one.physical_type == "BYTE_ARRAY"]
    unpacked = sum(one.total_uncompressed_size for one in texts)
    too_large = unpacked > max(_MOST_UNPACKED, _MOST_TIMES * sum(one.total_compressed_size for one in texts))
    most = _MOST_CHOICES * group.num_rows + _MOST_ROWS
    if too_large or any(one.num_values > most for one in chunks):
        raise FileError([fault(Code.FILE_UNPACKS, source.name)])


def _opened(source: Source, metadata: Any = None, repeated: Sequence[str] = ()) -> Any:
    try:
        return pq.ParquetFile(
            source.path, metadata=metadata, read_dictionary=repeated, buffer_size=1 << 16, pre_buffer=False
        )
    except (OSError, pa.ArrowException) as error:
        known = isinstance(error, OSError) and error.errno  # Arrow's own sentence is long and names the file again
        raise _unreadable(source.name, os.strerror(known) if known else _DAMAGED) from None


def _unreadable(name: str, detail: str) -> FileError:
    return FileError([fault(Code.FILE_CANNOT_READ, name, detail=detail)])
