"""Rows of text say what the columns hold."""

from __future__ import annotations

import csv
import io
import json

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from nmtchoose.bulk.writing import csv_header, csv_lines, json_lines
from nmtchoose.formats.csv_columns import disarmed

TEXTS = st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
IDS = st.sampled_from(["neck", "upper_back", "=1", 'say "no"', "a,b", None])
LISTS = st.lists(st.sampled_from(["neck", "upper_back"]), max_size=3)
ROWS = st.lists(st.tuples(IDS, st.integers(1, 2**40), TEXTS, IDS, st.none() | st.integers(0, 255), LISTS), max_size=12)


def _columns(rows: list[tuple[object, ...]]) -> dict[str, pa.Array]:
    words = pa.dictionary(pa.int16(), pa.string())
    listed = pa.list_(words)
    kinds = [words, pa.int64(), pa.string(), words, pa.uint8(), listed]
    names = ["file", "line", "record", "disposition", "pressure_limit", "fired"]
    return {
        name: pa.array([row[at] for row in rows], kind)
        for at, (name, kind) in enumerate(zip(names, kinds, strict=True))
    }


@given(ROWS)
def test_each_line_of_json_is_one_row(rows: list[tuple[object, ...]]) -> None:
    columns = _columns(rows)
    lines = json_lines(columns).to_pybytes().split(b"\n")[:-1]
    assert [json.loads(line) for line in lines] == pa.table(columns).to_pylist()


@given(ROWS)
def test_some_of_the_rows_are_written_as_among_all(rows: list[tuple[object, ...]]) -> None:
    columns = _columns(rows)
    after_the_first = {name: column.slice(1) for name, column in columns.items()}
    for write in (json_lines, csv_lines):
        assert write(columns).to_pybytes().endswith(write(after_the_first).to_pybytes())


@given(ROWS)
def test_each_row_of_csv_is_one_row_and_nothing_in_it_is_a_formula(rows: list[tuple[object, ...]]) -> None:
    columns = _columns(rows)
    text = (csv_header(list(columns)) + csv_lines(columns).to_pybytes()).decode()
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == list(columns)
    assert read[1:] == [[_cell(value) for value in row.values()] for row in pa.table(columns).to_pylist()]


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " ".join(value)
    return "" if value is None else str(disarmed(value) if isinstance(value, str) else value)
