"""Rows that agree in all that counts are worked out once: a few small numbers become one key for each row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Key = NDArray[np.unsignedinteger]
"""One number for each row, in the smallest type that has room for all."""

_MOST = 1 << 63


class Digit(NamedTuple):
    """One small number for each row, from `least` to `least + size - 1`."""

    values: NDArray[np.integer]
    least: int
    size: int


class Distinct(NamedTuple):
    """The different combinations, as a tuple of numbers each, and for each row the place of its own."""

    combinations: list[tuple[int, ...]]
    of_row: NDArray[np.int32]


def distinct(digits: Sequence[Digit]) -> Distinct:
    """Return the different combinations of `digits`, all of the same number of rows."""
    key: Key = np.zeros(len(digits[0].values), dtype=np.uint8)
    keys = 1
    for digit in digits:
        if digit.size == 1:
            continue
        if keys * digit.size > _MOST:
            key = _encoded(key)[1].astype(np.uint32)
            keys = len(key)
        keys *= digit.size
        kind = np.min_scalar_type(keys)
        key = key.astype(kind) * kind.type(digit.size) + (digit.values - digit.least).astype(kind)
    first, of_row = _encoded(key)
    rows = _first_rows(of_row, len(first))
    columns = [digit.values[rows].tolist() for digit in digits]
    return Distinct(list(zip(*columns, strict=True)), of_row)


def _encoded(key: Key) -> tuple[Key, NDArray[np.int32]]:
    encoded = pa.array(key).dictionary_encode()
    return encoded.dictionary.to_numpy(), encoded.indices.to_numpy()


def _first_rows(of_row: NDArray[np.int32], count: int) -> NDArray[np.int64]:
    """Return for each combination a row that has it."""
    rows = np.empty(count, dtype=np.int64)
    rows[of_row] = np.arange(len(of_row))
    return rows
