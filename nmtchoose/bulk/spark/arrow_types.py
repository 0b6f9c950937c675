"""Columns as Spark sends them, in the types that are read here, and results in types that Spark has."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

_MOST = np.uint64(2**64 - 1)


def as_codes(column: Any) -> Any:
    """Return a column of a packed frame as numbers; Spark makes decimals of Parquet's unsigned 64 bits.

    A decimal that is none of these stays as it is, with all others, so that its row can be told from them.
    """
    if not pa.types.is_decimal(column.type):
        return column
    numbers, fit = _unsigned(column)
    return pa.array(numbers, mask=_nulls(column)) if fit.all() else column


def as_answers(column: Any) -> Any:
    """Return a column of answers with whole decimals as whole numbers, and with text that can be read.

    What is too large or negative becomes the largest number, which is no answer to anything. Bytes that are no text
    become the sign that Unicode has for them.
    """
    if pa.types.is_decimal(column.type) and column.type.scale == 0:
        numbers, fit = _unsigned(column)
        return pa.array(np.where(fit, numbers, _MOST), mask=_nulls(column))
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        texts = as_answers(column.values)
        if texts is column.values:
            return column
        return type(column).from_arrays(column.offsets, texts, mask=column.is_null())
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return column if _is_text(column) else _mended(column)
    return column


def for_spark(column: Any) -> Any:
    """Return a column of results without dictionaries, and without unsigned numbers."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return column.cast(kind.value_type)
    if pa.types.is_list(kind) and pa.types.is_dictionary(kind.value_type):
        return column.cast(pa.list_(kind.value_type.value_type))
    return column.cast(pa.int16()) if pa.types.is_uint8(kind) else column


def _unsigned(column: Any) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """Return decimals without a fraction as 64 bits without a sign, and which of them have room there; a null is 0.

    Arrow holds each as 128 bits, the lower half first.
    """
    halves = np.frombuffer(pc.fill_null(column, 0).cast(pa.decimal128(38, 0)).buffers()[1], "<u8")
    halves = halves.reshape(-1, 2)[: len(column)]
    return np.ascontiguousarray(halves[:, 0]), halves[:, 1] == 0


def _nulls(column: Any) -> NDArray[np.bool_] | None:
    nulls: NDArray[np.bool_] = column.is_null().to_numpy(zero_copy_only=False)
    return nulls if column.null_count else None


def _is_text(column: Any) -> bool:
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _mended(column: Any) -> Any:
    cells = column.cast(pa.large_binary() if pa.types.is_large_string(column.type) else pa.binary()).to_pylist()
    return pa.array([None if one is None else one.decode(errors="replace") for one in cells], column.type)
