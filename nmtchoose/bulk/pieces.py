"""The work, cut into portions that do not depend on each other: each is read and decided by one process.

CSV is cut between rows, wherever its quotation marks stand.
"""

import csv
import io
import os
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from nmtchoose.bulk.arrow_columns import may_be_answers
from nmtchoose.bulk.parquet_files import groups_of, natural_columns
from nmtchoose.bulk.sources import Form, Source
from nmtchoose.bulk.tables import table_columns
from nmtchoose.errors import Code, Fault, FileError, UsageError, fault, while_reading
from nmtchoose.files.answers_file import LARGEST, standard_input
from nmtchoose.model.questionnaire import Questionnaire

PIECE = 8 << 20
"""Bytes that are cut off at a time."""

_FILES_TOGETHER = 256
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a file, whose first line or row is `first`: its bytes, or row groups of a Parquet file.

    The bytes of a document are read by who works on it. `length` says how much of the whole input it is. `names` and
    `delimiter` are those of a CSV file.
    """

    source: Source
    first: int = 1
    length: int = 0
    content: bytes = b""
    names: tuple[str, ...] = ()
    delimiter: str = ""
    groups: tuple[int, ...] = ()


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
    """Look at all names of columns first; raises UsageError for one that means nothing, or FileError."""
    faults: list[Fault] = []
    for source in sources:
        if source.is_standard_input:
            continue
        names, kinds = natural_columns(source) if source.form is Form.PARQUET else ((), ())
        if source.form is Form.CSV:
            with opened(source) as stream:
                names, _ = _header(stream, source)
        try:
            meaning = table_columns(names, questionnaire, ignored, source.name)
            wrong = [at for at in meaning.places if kinds and not may_be_answers(kinds[at])]
            faults += [fault(Code.COLUMN_TYPE, source.name, name=names[at], type=kinds[at]) for at in wrong]
        except UsageError as error:
            faults += error.faults
    if faults:
        raise UsageError(faults)


def portions(sources: Sequence[Source]) -> Iterator[Portion]:
    """Yield the whole input in portions; at least one, which may be empty. Raises FileError for what cannot be read."""
    number = -1
    for number, pieces in enumerate(_groups(sources)):
        yield Portion(number, pieces)
    if number < 0:
        yield Portion(0, ())


def _groups(sources: Sequence[Source]) -> Iterator[tuple[Piece, ...]]:
    """Yield pieces that are done together: small files, or one piece of a large one."""
    small: list[Piece] = []
    for source in sources:
        if source.form is Form.DOCUMENT:
            small.append(Piece(source, length=_size(source)))
            if len(small) < _FILES_TOGETHER and sum(one.length for one in small) < PIECE:
                continue
        if small:
            yield tuple(small)
            small = []
        yield from ((piece,) for piece in _pieces(source))
    if small:
        yield tuple(small)


def _size(source: Source) -> int:
    with while_reading(source.name):
        return 0 if source.is_standard_input else Path(source.path).stat().st_size


def _pieces(source: Source) -> Iterator[Piece]:
    match source.form:
        case Form.PARQUET:
            if source.is_standard_input:
                raise UsageError([fault(Code.PARQUET_STREAM)])
            for first, groups, length in groups_of(source):
                yield Piece(source, first, length, groups=groups)
        case Form.LINES | Form.CSV:
            with opened(source) as stream:
                names, delimiter = _header(stream, source) if source.form is Form.CSV else ((), "")
                for first, content in cut(stream, delimiter.encode(), 2 if delimiter else 1):
                    yield Piece(source, first, len(content), content, names, delimiter)


def cut(stream: BinaryIO, delimiter: bytes, first: int, size: int = PIECE) -> Iterator[tuple[int, bytes]]:
    """Yield the number of its first record and the bytes of each piece of `stream`, which goes on with record `first`.

    CSV has a `delimiter`. Of a record that is longer than a piece, and so too long to be any, only the start is given.
    """
    rest, quoted = b"", quoted_cell(delimiter) if delimiter else None
    while chunk := stream.read(size):
        content = rest + chunk
        end, number = _ends(content, quoted)
        if not end and len(content) > size:
            end, number = content.find(b"\n") + 1, 1
        if not end and len(content) > size:
            yield first, content[: LARGEST + 1]
            first, rest = first + 1, _after_line(stream, size)
            continue
        if end:
            yield first, content[:end]
        first, rest = first + number, content[end:]
    if rest:
        yield first, rest


def _after_line(stream: BinaryIO, size: int) -> bytes:
    """Read up to the next end of a line, and return what was read beyond."""
    while chunk := stream.read(size):
        if b"\n" in chunk:
            return chunk[chunk.find(b"\n") + 1 :]
    return b""


def _ends(content: bytes, quoted: re.Pattern[bytes] | None) -> tuple[int, int]:
    """Return where the last whole line ends, and the number of lines; line breaks in `quoted` cells of CSV are none."""
    if quoted and b'"' in content:
        content = quoted.sub(lambda found: b"x" * len(found.group()), content)
    if quoted and content.count(b"\r") != content.count(b"\r\n"):
        content = re.sub(rb"\r(?!\n|\Z)", b"\n", content)
    return content.rfind(b"\n") + 1, content.count(b"\n")


def _header(stream: BinaryIO, source: Source) -> tuple[tuple[str, ...], str]:
    """Read the first row of CSV; return its names and the delimiter, which is the one that makes the most of them."""
    content = stream.readline(LARGEST)
    if content.startswith(_UTF_16) or b"\0" in content:
        raise _other_text(source, "text in UTF-16")
    if b"\r" in content.rstrip(b"\r\n"):
        raise _other_text(source, "a table whose lines end in CR alone")
    try:
        line = content.decode("utf-8-sig")
        delimiter = max(_DELIMITERS, key=line.count)
        return tuple(next(csv.reader([line], delimiter=delimiter, strict=True), [])), delimiter
    except UnicodeDecodeError:
        raise _other_text(source, "text in another encoding than UTF-8") from None
    except csv.Error:
        detail = "a quotation mark in its first row is not closed, or a name is too long"
        raise FileError([fault(Code.FILE_CANNOT_READ, source.name, 1, detail=detail)]) from None


def _other_text(source: Source, what: str) -> FileError:
    return FileError([fault(Code.FILE_OTHER_TEXT, source.name, what=what)])


@contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """Open a source for reading, decompressed; raises FileError when that fails, also later on while it is read."""
    try:
        if source.is_standard_input:
            yield standard_input()
        elif source.compression:
            with pa.input_stream(source.path, compression=source.compression) as packed:
                yield io.BufferedReader(packed)
        else:
            with Path(source.path).open("rb") as file:
                yield file
    except OSError as error:
        raise _unreadable(source, error) from None


def _unreadable(source: Source, error: OSError) -> FileError:
    known = os.strerror(error.errno) if error.errno else ""  # Arrow has sentences of its own in `strerror`
    if source.is_standard_input and error.strerror:
        known = error.strerror
    detail = known or ("it is damaged" if source.compression else "unknown reason")
    return FileError([fault(Code.FILE_CANNOT_READ, source.name, detail=detail)])


def quoted_cell(delimiter: bytes) -> re.Pattern[bytes]:
    """Return what finds cells in quotation marks; `open` is there where nothing closes the cell as it should."""
    sign = re.escape(delimiter)
    start, text = rb"(?:(?<=[\r\n" + sign + rb'])|\A)"', rb'[^"]*(?:""[^"]*)*'
    return re.compile(start + text + rb'(?:"(?=[\r\n' + sign + rb']|\Z)|(?P<open>"|\Z))')


def parts(content: bytes, delimiter: bytes) -> Iterator[tuple[bytes, bool]]:
    """Yield rows of CSV in parts, and whether a part is one row with an open quotation mark.

    Such a mark would swallow the rows below up to the next one: they are read as if it were not there.
    """
    quoted, start = quoted_cell(delimiter), 0
    while b'"' in content and (found := _open(quoted, content, start)):
        before = quoted.sub(lambda cell: b"x" * len(cell.group()), content[start : found.start()])
        row = start + before.rfind(b"\n") + 1
        end = content.find(b"\n", found.start()) + 1 or len(content)
        if row > start:
            yield content[start:row], False
        yield content[row:end], True
        start = end
    if start < len(content):
        yield content[start:], False


def _open(quoted: re.Pattern[bytes], content: bytes, start: int) -> re.Match[bytes] | None:
    """Return the first cell that nothing closes, or that is closed in the middle of a cell of another row."""
    cells = (cell for cell in quoted.finditer(content, start) if cell["open"] is not None)
    return next((cell for cell in cells if not cell["open"] or b"\n" in cell.group()), None)
