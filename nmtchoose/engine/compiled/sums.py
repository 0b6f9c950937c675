"""Adding up points: what each possible byte of the bits of fired rules adds is kept in a table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import getitem, or_

from nmtchoose.engine.compiled.masks import Levels, summed


class Sums:
    """The sums of several kinds of points, by name; those that are the same for all rules are added up once."""

    def __init__(self, points: Mapping[str, Levels]) -> None:
        speaking = reduce(or_, [mask for levels in points.values() for _, mask in levels], 0)
        self._first = max((speaking & -speaking).bit_length() - 1, 0)
        self._size = (speaking.bit_length() - self._first + 7) // 8
        self._speaking = speaking >> self._first
        different = dict.fromkeys(points.values())
        self._tables = [
            [_table(levels, self._first + 8 * place) for place in range(self._size)] for levels in different
        ]
        numbers = {levels: number for number, levels in enumerate(different)}
        self._numbers = [(name, numbers[levels]) for name, levels in points.items()]

    def of(self, fired: int) -> dict[str, int]:
        """Return every sum."""
        content = (fired >> self._first & self._speaking).to_bytes(self._size, "little")
        sums = [sum(map(getitem, tables, content)) for tables in self._tables]
        return {name: sums[number] for name, number in self._numbers}


def _table(levels: Levels, first: int) -> list[int]:
    """Return what each value of the byte that begins with the bit `first` adds."""
    return [summed(levels, byte << first) for byte in range(256)]
