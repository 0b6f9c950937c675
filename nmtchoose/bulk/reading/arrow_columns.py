"""Columns of other programs, in the types that are read here."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

_MOST = 2**64 - 1


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
        if as_answers(given) is given:
            return column
        whole = column.take(pa.array(range(len(column))))
        return pa.ListArray.from_arrays(whole.offsets, as_answers(whole.values), mask=whole.is_null())
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


def _mended(column: Any) -> Any:
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        cells = column.cast(pa.large_binary()).to_pylist()
        return pa.array([None if one is None else one.decode(errors="replace") for one in cells], column.type)
    return column
