"""Columns as Spark sends them, in the types that are read here, and results in types that Spark has."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

_MOST = 2**64 - 1


def as_codes(column: Any) -> Any:
    """Return a column of a packed frame as numbers; Spark makes decimals of Parquet's unsigned 64 bits.

    A decimal that is none of these stays as it is, with all others, so that its row can be told from them.
    """
    try:
        return column.cast(pa.uint64()) if pa.types.is_decimal(column.type) else column
    except pa.ArrowInvalid:
        return column


def as_answers(column: Any) -> Any:
    """Return a column of answers with whole decimals as whole numbers, and with text that can be read.

    What is too large or negative becomes the largest number, which is no answer to anything. Bytes that are no text
    become the sign that Unicode has for them.
    """
    kind = column.type
    if pa.types.is_decimal(kind) and kind.scale == 0:
        cells = column.to_pylist()
        return pa.array([one if one is None or 0 <= one < _MOST else _MOST for one in cells], pa.uint64())
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        texts = as_answers(column.values)
        if texts is column.values:
            return column
        return type(column).from_arrays(column.offsets, texts, mask=column.is_null())
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _mended(column)
    return column


def for_spark(column: Any) -> Any:
    """Return a column of results without dictionaries, and without unsigned numbers."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return column.cast(kind.value_type)
    if pa.types.is_list(kind) and pa.types.is_dictionary(kind.value_type):
        return column.cast(pa.list_(kind.value_type.value_type))
    return column.cast(pa.int16()) if pa.types.is_uint8(kind) else column


def _mended(column: Any) -> Any:
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        cells = column.cast(pa.large_binary()).to_pylist()
        return pa.array([None if one is None else one.decode(errors="replace") for one in cells], column.type)
    return column
