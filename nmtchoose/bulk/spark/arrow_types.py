"""Columns as Spark sends them, in the types that are read here, and results in types that Spark has."""

from __future__ import annotations

from typing import Any

import pyarrow as pa


def as_codes(column: Any) -> Any:
    """Return a column of a packed frame as numbers; Spark makes decimals of Parquet's unsigned 64 bits.

    A decimal that is none of these stays as it is, with all others, so that its row can be told from them.
    """
    try:
        return column.cast(pa.uint64()) if pa.types.is_decimal(column.type) else column
    except pa.ArrowInvalid:
        return column


def for_spark(column: Any) -> Any:
    """Return a column of results without dictionaries, and without unsigned numbers."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return column.cast(kind.value_type)
    if pa.types.is_list(kind) and pa.types.is_dictionary(kind.value_type):
        return column.cast(pa.list_(kind.value_type.value_type))
    return column.cast(pa.int16()) if pa.types.is_uint8(kind) else column
