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


class Distinct(NamedTuple):
    """The different combinations, as a tuple of numbers each, and for each row the place of its own."""

    combinations: list[tuple[int, ...]]
    of_row: NDArray[np.int32]


def distinct(digits: Sequence[NDArray[np.uint8]], sizes: Sequence[int]) -> Distinct:
    """Return the different combinations of `digits`, all of the same number of rows; each is below its size."""
    key: Key = np.zeros(len(digits[0]), dtype=np.uint8)
    keys = 1
    for digit, size in zip(digits, sizes, strict=True):
        if keys * size > _MOST:
            key = _encoded(key)[1].astype(np.uint32)
            keys = len(key)
        keys *= size
        kind = np.min_scalar_type(keys)
        key = key.astype(kind) * kind.type(size) + digit.astype(kind)
    first, of_row = _encoded(key)
    rows = np.empty(len(first), dtype=np.int64)
    rows[of_row] = np.arange(len(of_row))
    return Distinct(list(zip(*(digit[rows].tolist() for digit in digits), strict=True)), of_row)


def _encoded(key: Key) -> tuple[Key, NDArray[np.int32]]:
    encoded = pa.array(key).dictionary_encode()
    return encoded.dictionary.to_numpy(), encoded.indices.to_numpy()
