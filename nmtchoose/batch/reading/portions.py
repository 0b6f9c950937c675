"""The work, cut into portions that do not depend on each other: each is read, screened and written by one process."""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from nmtchoose.batch.reading.column_names import table_columns
from nmtchoose.batch.reading.cutting import PIECE, Cut, csv_ends, cut, line_ends
from nmtchoose.batch.reading.parquet_files import groups_of, natural_names
from nmtchoose.batch.reading.sources import Form, Source
from nmtchoose.errors import Code, Fault, FileError, UsageError, fault
from nmtchoose.model.questionnaire import Questionnaire

_FILES_TOGETHER = 256
_DELIMITERS = (",", ";", "\t")
_LONGEST_HEADER = 4 << 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a file. `content` are its bytes, or None where they stand in the file from `start` on, `length` long.

    `length` also says how much of the whole input it is. `first` is the number of its first line or row. `names` and
    `delimiter` are those of a CSV file, `groups` row groups of a Parquet file. `whole` is False for the start of a line
    that is too long.
    """

    source: Source
    first: int = 1
    content: bytes | None = None
    start: int = 0
    length: int = 0
    names: tuple[str, ...] = ()
    delimiter: str = ""
    groups: tuple[int, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Portion:
    """What one process does at a time; `number` counts from 0 in the order of the input."""

    number: int
    pieces: tuple[Piece, ...]

    @property
    def length(self) -> int:
        """How much of the whole input it is, in bytes."""
        return sum(piece.length for piece in self.pieces)


def length_of(sources: Sequence[Source]) -> int | None:
    """Return how long the whole input is, in bytes, or None when nobody can know."""
    if any(one.is_standard_input or one.compression for one in sources):
        return None
    return sum(_size(one) for one in sources)


def check_columns(sources: Sequence[Source], questionnaire: Questionnaire, ignored: Collection[str]) -> None:
    """Look at the names of all columns before any work is done.

    Raises UsageError for a column that means nothing, and FileError for a file that cannot be read.
    """
    faults: list[Fault] = []
    for source in sources:
        if source.is_standard_input:
            continue
        try:
            table_columns(_names(source), questionnaire, ignored, source.name)
        except UsageError as error:
            faults += error.faults
    if faults:
        raise UsageError(faults)


def _names(source: Source) -> Sequence[str]:
    if source.form is Form.CSV:
        with opened(source) as stream:
            return _header(stream, source).names
    return natural_names(source) if source.form is Form.PARQUET else ()


def portions(sources: Sequence[Source]) -> Iterator[Portion]:
    """Yield the whole input, portion by portion; at least one, which may be empty.

    Raises FileError for a file that cannot be read to its end.
    """
    numbers = count()
    for pieces in _groups(sources):
        yield Portion(next(numbers), pieces)
    if next(numbers) == 0:
        yield Portion(0, ())


def _groups(sources: Sequence[Source]) -> Iterator[tuple[Piece, ...]]:
    """Yield pieces that are done together: small files, or one piece of a large one."""
    small: list[Piece] = []
    size = 0
    for source in sources:
        if source.form is Form.DOCUMENT and not source.is_standard_input:
            small.append(Piece(source, length=_size(source)))
            size += small[-1].length
            if size < PIECE and len(small) < _FILES_TOGETHER:
                continue
        if small:
            yield tuple(small)
            small, size = [], 0
        if source.form is not Form.DOCUMENT or source.is_standard_input:
            yield from ((piece,) for piece in _pieces(source))
    if small:
        yield tuple(small)


def _size(source: Source) -> int:
    try:
        return Path(source.path).stat().st_size
    except OSError as error:
        raise _unreadable(source, error) from None


def _pieces(source: Source) -> Iterator[Piece]:
    match source.form:
        case Form.PARQUET:
            if source.is_standard_input:
                raise UsageError([fault(Code.PARQUET_STREAM)])
            for first, groups, length in groups_of(source):
                yield Piece(source, first, groups=groups, length=length)
        case Form.DOCUMENT:
            with opened(source) as stream:
                yield Piece(source, content=stream.read())
        case Form.LINES:
            with opened(source) as stream:
                yield from (_piece(source, one) for one in cut(stream, line_ends, 1))
        case Form.CSV:
            yield from _csv_pieces(source)


def _csv_pieces(source: Source) -> Iterator[Piece]:
    with opened(source) as stream:
        header = _header(stream, source)
        after = io.BytesIO(header.read_beyond)
        joined: Any = _Joined(after, stream)
        for one in cut(joined, csv_ends(header.delimiter.encode()), 2, header.length):
            yield _piece(source, one, header.names, header.delimiter)


def _piece(source: Source, one: Cut, names: tuple[str, ...] = (), delimiter: str = "") -> Piece:
    """Return a piece; where the file can be read again, it says only where that is."""
    again = one.whole and not source.compression and not source.is_standard_input
    content = None if again else one.content
    return Piece(source, one.first, content, one.start, len(one.content), names, delimiter, (), one.whole)


@dataclass(frozen=True, slots=True)
class _Header:
    """The first row of a CSV file, how many bytes it takes, and what was read after it."""

    names: tuple[str, ...]
    delimiter: str
    length: int
    read_beyond: bytes


class _Joined:
    """What was read ahead, and then the rest of a stream."""

    def __init__(self, ahead: BinaryIO, rest: BinaryIO) -> None:
        self._ahead, self._rest = ahead, rest

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes; none at the end."""
        return self._ahead.read(size) or self._rest.read(size)


def _header(stream: BinaryIO, source: Source) -> _Header:
    """Read the first row of CSV. The delimiter is the one that makes the most columns of it."""
    start = stream.read(_LONGEST_HEADER)
    line = start.split(b"\n", 1)[0]
    delimiter = max(_DELIMITERS, key=lambda one: line.count(one.encode()))
    length = _first_row(start, delimiter)
    try:
        text = start[:length].decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileError([fault(Code.FILE_CANNOT_READ, source.name, 1, detail="its first row is no text")]) from None
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return _Header(tuple(next(rows, [])), delimiter, length, start[length:])


def _first_row(content: bytes, delimiter: str) -> int:
    """Return where the first row ends, past line breaks in quotation marks."""
    ends, at = csv_ends(delimiter.encode()), 0
    while at := content.find(b"\n", at) + 1:
        if ends(content[:at])[0] == at:
            return at
    return len(content)


@contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """Open a source for reading, decompressed; raises FileError when that fails, also later on while it is read."""
    try:
        if source.is_standard_input:
            yield sys.stdin.buffer
        elif source.compression:
            with pa.input_stream(source.path, compression=source.compression) as stream:
                yield stream
        else:
            with Path(source.path).open("rb") as file:
                yield file
    except OSError as error:
        raise _unreadable(source, error) from None


def _unreadable(source: Source, error: OSError) -> FileError:
    known = os.strerror(error.errno) if error.errno else ""  # Arrow has sentences of its own in `strerror`
    detail = known or ("it is damaged" if source.compression else "unknown reason")
    return FileError([fault(Code.FILE_CANNOT_READ, source.name, detail=detail)])
