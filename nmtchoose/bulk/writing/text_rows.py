"""Columns as lines of text, JSON or CSV: every different value is written once, and Arrow puts the rows together."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nmtchoose.formats.csv_columns import FORMULA_STARTS, disarmed
from nmtchoose.words.printable import OBEYED

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Style:
    """How a row is written. `special` matches texts that may not simply be put between two `quote` signs.

    `several` is what stands before, between and after the ids of a list.
    """

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


def _json_cell(value: Cell) -> str:
    return json.dumps(value, ensure_ascii=False)


def _csv_cell(value: Cell) -> str:
    text = "" if value is None else str(disarmed(value))
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\r\n') else text


_STARTS = "".join(re.escape(sign) for sign in FORMULA_STARTS)
_JSON = Style(_json_cell, '"', r'["\\\x00-\x1f]', ('["', '", "', '"]'), "}\n")
_OBEYED = re.sub(r"\\u([0-9a-f]{4})", r"\\x{\1}", OBEYED.pattern)  # as Arrow writes it
_CSV = Style(_csv_cell, "", rf'[,"\r\n]|^[{_STARTS}]|{_OBEYED}', ("", " ", ""), "\r\n")


def _rows(starts: Sequence[str], columns: Sequence[Any], style: Style) -> pa.Buffer:
    """Put the rows together from the texts of columns."""
    parts = [part for start, column in zip(starts, columns, strict=True) for part in (start, _texts(column, style))]
    return _bytes(pc.binary_join_element_wise(*parts, style.end, ""))


def _texts(column: Any, style: Style) -> Any:
    """Return the text of each row of a column."""
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
