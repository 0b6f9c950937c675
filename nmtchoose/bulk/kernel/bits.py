"""Truth for many clients at once: one bit for each client, eight to a byte."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint8]
"""One bit for each row of a block, the first row in the lowest bit; the bits after the last row are 0."""

Small = NDArray[np.uint8]
"""One small number for each row of a block."""


class Verdicts(NamedTuple):
    """For which rows a condition is true, and for which it is not false: in between lies unknown."""

    true: Bits
    possible: Bits


@dataclass(frozen=True)
class Block:
    """Some rows that are worked on together.

    Most signs are rare, so that many bits are all 0: those are always the same `nothing`, which is cheap to tell.
    """

    rows: int

    @cached_property
    def everything(self) -> Bits:
        """A bit for every row."""
        return np.packbits(np.ones(self.rows, dtype=np.bool_), bitorder="little")

    @cached_property
    def nothing(self) -> Bits:
        """No bit at all."""
        return np.zeros((self.rows + 7) // 8, dtype=np.uint8)

    @cached_property
    def always(self) -> Verdicts:
        """True for every row."""
        return Verdicts(self.everything, self.everything)

    @cached_property
    def never(self) -> Verdicts:
        """False for every row."""
        return Verdicts(self.nothing, self.nothing)

    def where(self, rows: NDArray[np.bool_] | Small) -> Bits:
        """Return a bit for each row with something other than 0."""
        bits = np.packbits(rows, bitorder="little")
        return bits if bits.any() else self.nothing

    def spread(self, bits: Bits) -> Small:
        """Return 1 for each row with a bit, and 0 for the others."""
        return np.unpackbits(bits, count=self.rows, bitorder="little")

    def both(self, one: Bits, other: Bits) -> Bits:
        """Return the bits that are in both."""
        if one is self.nothing or other is self.nothing:
            return self.nothing
        if one is self.everything or one is other:
            return other
        return one if other is self.everything else one & other

    def either(self, one: Bits, other: Bits) -> Bits:
        """Return the bits that are in one of them at least."""
        if one is self.everything or other is self.everything:
            return self.everything
        if one is self.nothing or one is other:
            return other
        return one if other is self.nothing else one | other

    def without(self, one: Bits, other: Bits) -> Bits:
        """Return the bits of `one` that are not in `other`."""
        return self.both(one, self.other_than(other))

    def other_than(self, bits: Bits) -> Bits:
        """Return the bits that are not in `bits`."""
        if bits is self.nothing:
            return self.everything
        return self.nothing if bits is self.everything else bits ^ self.everything

    def any_of(self, several: Iterable[Bits]) -> Bits:
        """Return the bits that are in one of `several` at least."""
        found = self.nothing
        for bits in several:
            found = self.either(found, bits)
        return found

    def at_least(self, count: int, several: Sequence[Bits]) -> Bits:
        """Return the bits that are in at least `count` of `several`."""
        reached = [self.everything] + [self.nothing] * count
        for bits in several:
            for already in range(count, 0, -1):
                reached[already] = self.either(reached[already], self.both(reached[already - 1], bits))
        return reached[count]

    def counted(self, several: Sequence[Bits]) -> Small:
        """Return for each row in how many of `several`, which are fewer than 256, it has a bit."""
        total = np.zeros(self.rows, dtype=np.uint8)
        for bits in several:
            if bits is not self.nothing:
                total += self.spread(bits)
        return total
