"""Columns of Arrow: those of other programs in the types that are read here, and which rows agree in all that counts.

What agrees is worked out once: the different values, or combinations, are numbered.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

_MOST = 2**64 - 1
_MOST_KEYS = 1 << 63
_APART = "\x1f"

LONGEST_ID = 1000
"""Characters; a longer text is no id, and would stand in every row of a result."""


def may_be_answers(kind: Any) -> bool:
    """Return whether a column of the Arrow type `kind` can hold answers."""
    types = pa.types
    if types.is_list(kind) or types.is_large_list(kind) or types.is_dictionary(kind):
        kind = kind.value_type
    texts = types.is_string(kind) or types.is_large_string(kind) or types.is_binary(kind) or types.is_large_binary(kind)
    numbers = types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind)
    return bool(texts or numbers or types.is_boolean(kind) or types.is_null(kind))


def as_answers(column: Any) -> Any:
    """Return a column of answers with decimals as numbers, and bytes that are no text mended.

    A whole decimal that is too large or negative becomes the largest number, which is no answer to anything.
    """
    kind = column.type
    if pa.types.is_decimal(kind) and kind.scale == 0:
        cells = column.to_pylist()
        return pa.array([one if one is None or 0 <= one < _MOST else _MOST for one in cells], pa.uint64())
    if pa.types.is_decimal(kind) or pa.types.is_float16(kind):
        return column.cast(pa.float64())
    if pa.types.is_dictionary(kind):
        given = column.dictionary
        values = as_answers(given)
        return column if values is given else values.take(column.indices)
    if pa.types.is_large_list(kind) or (pa.types.is_list(kind) and pa.types.is_large_string(kind.value_type)):
        cell = pa.string() if pa.types.is_large_string(kind.value_type) else kind.value_type
        return as_answers(column.cast(pa.list_(cell)))
    if pa.types.is_list(kind):
        given = column.values
        return column if as_answers(given) is given else _with_cells(column, as_answers)
    return _mended(column) if pa.types.is_string(kind) or pa.types.is_large_string(kind) else column


def ids_in(column: Any) -> Any:
    """Return a column as ids of records; an empty text is none, nor is one that is too long."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return ids_in(column.dictionary).take(column.indices)
    if pa.types.is_integer(kind) or pa.types.is_string(kind) or pa.types.is_large_string(kind):
        texts = column.cast(pa.string())
    else:
        cells = (one.decode(errors="replace") if isinstance(one, bytes) else one for one in column.to_pylist())
        texts = pa.array(map(id_text, cells), pa.string())
    length = pc.utf8_length(texts)
    return pc.if_else(pc.and_(pc.greater(length, 0), pc.less_equal(length, LONGEST_ID)), texts, None)


def id_text(value: object) -> str | None:
    """Return an id as a text that can be written anywhere; what is neither a text nor a whole number is no id."""
    if isinstance(value, str) and len(value) <= LONGEST_ID:
        return value.encode("utf-8", "replace").decode()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _with_cells(lists: Any, changed: Callable[[Any], Any]) -> Any:
    whole = lists.take(pa.array(range(len(lists))))
    return pa.ListArray.from_arrays(whole.offsets, changed(whole.values), mask=whole.is_null())


def _mended(column: Any) -> Any:
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        cells = column.cast(pa.large_binary()).to_pylist()
        return pa.array([None if one is None else one.decode(errors="replace") for one in cells], column.type)
    return column


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
        if keys * size > _MOST_KEYS:
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
        column = _with_cells(column, lambda cells: cells.indices.cast(pa.string()))
    cells = column.flatten()
    texts = pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type)
    if not texts or cells.null_count or pc.any(pc.match_substring(cells, _APART)).as_py():
        return _numbered(pa.array([repr(one) for one in column.to_pylist()], pa.string()))
    # An empty list and a list with one empty text look alike once they are joined.
    return together([distinct(pc.binary_join(column, _APART)), distinct(pc.list_value_length(column))])
