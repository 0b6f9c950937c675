"""The different values in columns, numbered, with a row where each of them stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

_MOST = 1 << 62
_APART = "\x1f"


@dataclass(frozen=True, slots=True)
class Different:
    """The number of the value in each row, and for each number the first row that has it."""

    codes: NDArray[np.int64]
    firsts: NDArray[np.int64]


def different(column: Any) -> Different:
    """Return the different values of an Arrow array; a null is one of them."""
    return _numbered(_codes(column))


def together(columns: Sequence[Different]) -> Different:
    """Return the different combinations of the values of several columns."""
    codes, count = columns[0].codes, max(len(columns[0].firsts), 1)
    for column in columns[1:]:
        more = max(len(column.firsts), 1)
        if count * more >= _MOST:
            dense = _numbered(codes)
            codes, count = dense.codes, len(dense.firsts)
        codes = codes * more + column.codes
        count *= more
    return columns[0] if len(columns) == 1 else _numbered(codes)


def _codes(column: Any) -> NDArray[np.int64]:
    """Return a number for each value; equal values have equal numbers."""
    if pa.types.is_dictionary(column.type):
        indices = pc.fill_null(column.indices, -1)
        return np.asarray(indices.to_numpy(zero_copy_only=False), np.int64)
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        return _codes_of_lists(column)
    encoded = column.dictionary_encode(null_encoding="encode")
    return np.asarray(encoded.indices.to_numpy(zero_copy_only=False), np.int64)


def _codes_of_lists(column: Any) -> NDArray[np.int64]:
    if pa.types.is_dictionary(column.type.value_type):
        column = column.cast(pa.list_(column.type.value_type.value_type))
    if not pa.types.is_string(column.type.value_type) and not pa.types.is_large_string(column.type.value_type):
        return _codes_of_any(column)
    joined = pc.binary_join(column, _APART)
    if joined.null_count != column.null_count or _holds_the_sign(column):
        return _codes_of_any(column)
    # An empty list and a list with one empty text look alike once they are joined.
    lengths = pc.fill_null(pc.list_value_length(column), 0)
    return together([different(joined), different(lengths)]).codes


def _holds_the_sign(column: Any) -> bool:
    return bool(pc.any(pc.match_substring(column.flatten(), _APART)).as_py())


def _codes_of_any(column: Any) -> NDArray[np.int64]:
    """Return numbers for values of whatever type, one by one."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(repr(one), len(numbers)) for one in column.to_pylist()], np.int64)


def _numbered(codes: NDArray[np.int64]) -> Different:
    """Return codes as numbers without gaps."""
    encoded = pa.array(codes).dictionary_encode()
    dense = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), np.int64)
    firsts = np.zeros(len(encoded.dictionary), np.int64)
    firsts[dense[::-1]] = np.arange(len(dense))[::-1]
    return Different(dense, firsts)
