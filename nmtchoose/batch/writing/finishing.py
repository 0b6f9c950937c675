"""From parts to the result: joined in their order, into one file that is there in the end, whole, or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from nmtchoose.batch.writing.parts import PartsFolder, whole_file
from nmtchoose.batch.writing.writers import GROUP_ROWS, Output, parquet_writer
from nmtchoose.errors import Code, FileError, fault

_AT_ONCE = 1 << 20
_GROUP_BYTES = 64 << 20


def join_results(parts: PartsFolder, count: int, output: Output, target: Path) -> None:
    """Write the results of `count` parts to `target`; raises FileError."""
    paths = [parts.result(number) for number in range(count)]
    try:
        with whole_file(target.resolve()) as stream:
            if output.is_text:
                _append(paths, stream)
            else:
                _append_row_groups(paths, stream)
    except OSError as error:
        raise cannot_write(target, error) from None


def join_rejects(parts: PartsFolder, count: int, target: Path) -> None:
    """Write all rejects to `target`; without any, there is no such file afterwards. Raises FileError."""
    paths = [path for number in range(count) if (path := parts.rejects(number)).exists()]
    try:
        if paths:
            with whole_file(target.resolve()) as stream:
                _append(paths, stream)
        else:
            target.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(target, error) from None


def cannot_write(target: Path, error: OSError) -> FileError:
    """Return what to say about a file that cannot be written."""
    return FileError([fault(Code.FILE_CANNOT_WRITE, str(target), detail=error.strerror or "unknown reason")])


def _append(paths: Iterable[Path], stream: BinaryIO) -> None:
    for path in paths:
        with path.open("rb") as part:
            shutil.copyfileobj(part, stream, _AT_ONCE)


def _append_row_groups(paths: Sequence[Path], stream: BinaryIO) -> None:
    """Write the blocks of all parts as row groups, some blocks together."""
    writer: Any = None
    for table in _groups(paths):
        writer = writer or parquet_writer(stream, table)
        writer.write_table(table, row_group_size=max(table.num_rows, 1))
    writer.close()


def _groups(paths: Sequence[Path]) -> Iterator[Any]:
    """Yield the blocks of all parts in tables that are large enough for a row group."""
    waiting: list[Any] = []
    for path in paths:
        with pa.ipc.open_stream(pa.memory_map(str(path))) as part:
            for block in part:
                waiting.append(block)
                if _are_enough(waiting):
                    yield pa.Table.from_batches(waiting).unify_dictionaries()
                    waiting.clear()
    if waiting:
        yield pa.Table.from_batches(waiting).unify_dictionaries()


def _are_enough(blocks: Sequence[Any]) -> bool:
    rows, size = sum(one.num_rows for one in blocks), sum(one.nbytes for one in blocks)
    return bool(rows >= GROUP_ROWS or size >= _GROUP_BYTES)
