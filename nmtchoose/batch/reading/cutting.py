"""Cutting a stream into pieces that end where a record ends, and counting the records on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from nmtchoose.records.answers_file import LARGEST

PIECE = 24 << 20
"""Bytes."""

Ends = Callable[[bytes], tuple[int, int]]
"""Returns where the last whole record of some bytes ends, and how many records end up to there."""


class Cut(NamedTuple):
    """A piece: where it starts in the stream, its bytes, and the number of its first record.

    A record that is too long to be any is given with its start only; `whole` is False then.
    """

    start: int
    content: bytes
    first: int
    whole: bool = True


def cut(stream: BinaryIO, ends: Ends, first: int, start: int = 0, size: int = PIECE) -> Iterator[Cut]:
    """Yield the pieces of `stream`, whose next byte is byte `start` and belongs to record `first`."""
    rest = b""
    while chunk := stream.read(size):
        content = rest + chunk
        end, count = ends(content)
        if not end and len(content) > size:
            end, count = content.find(b"\n") + 1, 1
        if not end and len(content) > size:
            skipped, rest = _next_line(stream, size)
            yield Cut(start, content[: LARGEST + 1], first, whole=False)
            start, first = start + len(content) + skipped, first + 1
            continue
        if end:
            yield Cut(start, content[:end], first)
        start, first, rest = start + end, first + count, content[end:]
    if rest:
        yield Cut(start, rest, first)


def _next_line(stream: BinaryIO, size: int) -> tuple[int, bytes]:
    """Read up to the next end of a line; return how many bytes that took, and what was read beyond."""
    skipped = 0
    while chunk := stream.read(size):
        end = chunk.find(b"\n") + 1
        if end:
            return skipped + end, chunk[end:]
        skipped += len(chunk)
    return skipped, b""


def line_ends(content: bytes) -> tuple[int, int]:
    """Return where the last whole line ends, and the number of lines."""
    return content.rfind(b"\n") + 1, content.count(b"\n")


def csv_ends(delimiter: bytes) -> Ends:
    """Return the function that finds the ends of rows of CSV, past line breaks in quotation marks."""
    quoted = re.compile(rb"(?:(?<=[\r\n" + re.escape(delimiter) + rb'])|\A)"[^"]*(?:""[^"]*)*(?:"|\Z)')

    def ends(content: bytes) -> tuple[int, int]:
        if b'"' in content:
            content = quoted.sub(lambda found: b"x" * len(found.group()), content)
        if content.count(b"\r") != content.count(b"\r\n"):
            content = re.sub(rb"\r(?!\n|\Z)", b"\n", content)
        return line_ends(content)

    return ends
