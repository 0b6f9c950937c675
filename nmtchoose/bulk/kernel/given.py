"""The answers of a block, question by question: who gave which, as bits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nmtchoose.bulk.kernel.bits import Bits, Block
from nmtchoose.bulk.layout import FIRST, GIVEN, NOT_ANSWERED, LayoutColumn
from nmtchoose.model.questionnaire import Kind

Values = NDArray[np.unsignedinteger]
Columns = Mapping[str, Values]
"""The packed columns by name, all of the same length; see `nmtchoose.bulk.layout`."""


class Given:
    """What a block answers to one question, whether it applies or not."""

    def __init__(self, column: LayoutColumn, columns: Columns, block: Block) -> None:
        self._column = column
        self._values = tuple(columns[name] for name in column.names)
        self._block = block
        self._known: dict[str, Bits] = {}

    @cached_property
    def answered(self) -> Bits:
        """Who answered, with a special answer or a real one."""
        return self._block.any_of(self._block.where(values != NOT_ANSWERED) for values in self._values)

    def real(self) -> Bits:
        """Return who gave a number, or a text with something in it."""
        (values,) = self._values
        return self._block.where(values == GIVEN if self._column.kind is Kind.TEXT else values >= FIRST)

    def said(self, name: str) -> Bits:
        """Return who gave this special answer or chose this option."""
        bits = self._known.get(name)
        if bits is None:
            bits = self._known[name] = self._block.nothing if self._silent else self._said(name)
        return bits

    def between(self, low: int | None, high: int | None) -> Bits:
        """Return who gave a number from `low` to `high`; None is no bound."""
        if self._silent:
            return self._block.nothing
        column, (values,) = self._column, self._values
        least = column.minimum if low is None else max(low, column.minimum)
        most = column.maximum if high is None else min(high, column.maximum)
        if least > most:
            return self._block.nothing
        first, last = FIRST + least - column.minimum, FIRST + most - column.minimum
        return self._block.where((values >= first) & (values <= last))

    @cached_property
    def _silent(self) -> bool:
        return self.answered is self._block.nothing

    def _said(self, name: str) -> Bits:
        column = self._column
        if column.kind is not Kind.MANY:
            return self._block.where(self._values[0] == column.codes[name])
        place = column.places[name]
        byte, bit = divmod(place.mask.bit_length() - 1, 8)
        return self._block.where(self._byte_planes[place.column][byte] & np.uint8(1 << bit))

    @cached_property
    def _byte_planes(self) -> tuple[tuple[NDArray[np.uint8], ...], ...]:
        """The masks cut into bytes: looking at a bit of a byte is many times faster than at one of a wide number."""
        return tuple(tuple(_bytes_of(values)) for values in self._values)

    def options(self) -> tuple[str, ...]:
        """Return the ids of all options."""
        return self._column.options


def _bytes_of(values: Values) -> Iterator[NDArray[np.uint8]]:
    if values.itemsize == 1:
        yield values.view(np.uint8)
        return
    little = np.ascontiguousarray(values).astype(values.dtype.newbyteorder("<"), copy=False)
    whole = little.view(np.uint8).reshape(len(values), values.itemsize)
    for byte in range(values.itemsize):
        yield np.ascontiguousarray(whole[:, byte])
