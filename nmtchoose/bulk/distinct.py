"""Rows that agree in all that counts are worked out once: the different values, or combinations, are numbered."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

_MOST = 1 << 63
_APART = "\x1f"


class Distinct(NamedTuple):
    """For each row the number of what it has, and for each number a row that has it."""

    of_row: NDArray[np.int32]
    rows: NDArray[np.int64]


def distinct(column: Any) -> Distinct:
    """Return the different values of an Arrow array; a null is one of them."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _numbered(pc.fill_null(column.indices, -1))
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return _of_lists(column)
    return _numbered(column)


def together(columns: Sequence[Distinct]) -> Distinct:
    """Return the different combinations of what several columns have."""
    if len(columns) == 1:
        return columns[0]
    return combined([one.of_row for one in columns], [len(one.rows) for one in columns])


def combined(digits: Sequence[NDArray[Any]], sizes: Sequence[int]) -> Distinct:
    """Return the different combinations of numbers, each from 0 on and below its size, for the same number of rows."""
    key: NDArray[Any] = np.zeros(len(digits[0]), dtype=np.uint8)
    keys = 1
    for digit, size in zip(digits, sizes, strict=True):
        if keys * size > _MOST:
            dense = _numbered(pa.array(key))
            key, keys = dense.of_row, len(dense.rows)
        keys *= size
        kind = np.min_scalar_type(keys)
        key = key.astype(kind) * kind.type(size) + digit.astype(kind)
    return _numbered(pa.array(key))


def _numbered(column: Any) -> Distinct:
    encoded = column.dictionary_encode(null_encoding="encode")
    of_row = encoded.indices.to_numpy()
    rows = np.empty(len(encoded.dictionary), np.int64)
    rows[of_row] = np.arange(len(of_row))
    return Distinct(of_row, rows)


def _of_lists(column: Any) -> Distinct:
    if pa.types.is_dictionary(column.type.value_type):  # the numbers of its texts tell as much and take less room
        whole = column.take(pa.array(range(len(column))))
        numbers = whole.values.indices.cast(pa.string())
        column = pa.ListArray.from_arrays(whole.offsets, numbers, mask=whole.is_null())
    cells = column.flatten()
    texts = pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type)
    if not texts or cells.null_count or pc.any(pc.match_substring(cells, _APART)).as_py():
        return _numbered(pa.array([repr(one) for one in column.to_pylist()], pa.string()))
    # An empty list and a list with one empty text look alike once they are joined.
    return together([distinct(pc.binary_join(column, _APART)), distinct(pc.list_value_length(column))])
