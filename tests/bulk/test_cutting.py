"""Pieces of a stream end where a record ends."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from nmtchoose.bulk.pieces import cut
from nmtchoose.files.answers_file import LARGEST

CELLS = st.text(st.sampled_from('ab",\n\r '), max_size=6)


def _lines(content: bytes, size: int) -> list[tuple[int, bytes]]:
    return list(cut(io.BytesIO(content), b"", 1, size=size))


@given(st.lists(st.binary(max_size=20).map(lambda one: one.replace(b"\n", b"")), max_size=20), st.integers(25, 80))
def test_lines_are_whole_and_numbered_whatever_the_size_of_a_piece(lines: list[bytes], size: int) -> None:
    content = b"\n".join(lines)
    pieces = _lines(content, size)
    assert b"".join(piece for _, piece in pieces) == content
    before = b""
    for first, piece in pieces:
        assert first == before.count(b"\n") + 1
        before += piece


def test_the_start_of_a_line_that_is_too_long_stands_for_it() -> None:
    before, long, after = _lines(b"a\n" + b"x" * 300 + b"\nb\n", 100)
    assert (before, after) == ((1, b"a\n"), (3, b"b\n"))
    assert (long[0], set(long[1])) == (2, {ord("x")})
    assert len(long[1]) <= LARGEST + 1


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=12), st.integers(60, 200))
def test_rows_of_csv_are_whole_and_numbered_as_a_csv_reader_does(rows: list[list[str]], size: int) -> None:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    content = text.getvalue().encode()
    read: list[list[str]] = []
    for first, piece in cut(io.BytesIO(content), b",", 1, size=size):
        assert first == len(read) + 1
        read += csv.reader(io.StringIO(piece.decode(), newline=""))
    assert read == rows


def test_a_quotation_mark_without_its_other_half_costs_its_own_line_only() -> None:
    content = b'1,"open\n' + b"2,b\n" * 100
    pieces = list(cut(io.BytesIO(content), b",", 1, size=50))
    assert pieces[0] == (1, b'1,"open\n')
    assert pieces[1][0] == 2
    assert b"".join(piece for _, piece in pieces[1:]) == b"2,b\n" * 100
