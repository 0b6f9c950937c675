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
from numpy.typing import NDArray

from nmtchoose.batch.reading.different import Different, together
from nmtchoose.formats.csv_text import FORMULA_STARTS, disarmed

_FEW = 256
"""Values. A column of small numbers has no more."""

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
_CSV = Style(_csv_cell, "", rf'[,"\r\n]|^[{_STARTS}]', ("", " ", ""), "\r\n")


def _rows(starts: Sequence[str], columns: Sequence[Any], style: Style) -> pa.Buffer:
    """Put the rows together from the texts of columns; neighbours with few values are one text."""
    parts: list[Any] = []
    few: list[tuple[str, Any]] = []
    for start, column in zip(starts, columns, strict=True):
        if _has_few(column):
            few.append((start, column))
            continue
        if few:
            parts.append(_together(few, style))
            few = []
        parts += [start, _each(column, style)]
    if few:
        parts.append(_together(few, style))
    return _bytes(pc.binary_join_element_wise(*parts, style.end, ""))


def _has_few(column: Any) -> bool:
    return bool(pa.types.is_dictionary(column.type) or pa.types.is_uint8(column.type))


def _together(columns: Sequence[tuple[str, Any]], style: Style) -> Any:
    """Return the text of neighbouring columns, written once for each combination of their values."""
    written = [_values(column, style) for _, column in columns]
    combined = together([_different(codes, len(texts)) for codes, texts in written])
    texts = [
        "".join(f"{start}{texts[codes[row]]}" for (start, _), (codes, texts) in zip(columns, written, strict=True))
        for row in (combined.firsts if len(combined.codes) else ())
    ]
    return pa.array(texts, pa.string()).take(pa.array(combined.codes))


def _different(codes: NDArray[np.int64], count: int) -> Different:
    """Return codes below `count` with the first row of each; what stands nowhere has none that counts."""
    firsts = np.zeros(count, np.int64)
    firsts[codes[::-1]] = np.arange(len(codes))[::-1]
    return Different(codes, firsts)


def _values(column: Any, style: Style) -> tuple[NDArray[np.int64], list[str]]:
    """Return the place of the value in each row, and the text of each; a null comes last."""
    if pa.types.is_dictionary(column.type):
        values = column.dictionary.to_pylist()
        codes = pc.fill_null(column.indices, len(values)) if column.null_count else column.indices
    else:
        values = list(range(_FEW))
        codes = pc.fill_null(column.cast(pa.int16()), _FEW)
    texts = [style.cell(value) for value in (*values, None)]
    return np.asarray(codes.to_numpy(zero_copy_only=False), np.int64), texts


def _each(column: Any, style: Style) -> Any:
    """Return the text of a column with many different values, row by row."""
    if pa.types.is_list(column.type):
        return _lists(column, style)
    if not pa.types.is_string(column.type):
        return pc.fill_null(column.cast(pa.string()), style.cell(None))
    if pc.any(pc.match_substring_regex(column, style.special)).as_py():
        return pa.array([style.cell(one) for one in column.to_pylist()], pa.string())
    quoted = pc.binary_join_element_wise(style.quote, column, style.quote, "") if style.quote else column
    return pc.fill_null(quoted, style.cell(None))


def _lists(column: Any, style: Style) -> Any:
    """Return the text of a column of lists of ids, which hold no sign that would have to be written differently."""
    start, between, end = style.several
    plain = pa.ListArray.from_arrays(column.offsets, column.values.cast(pa.string()))
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
