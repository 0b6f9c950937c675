"""The body as two small figures of characters, read from `body.txt`, with the region and side that each one belongs to.

In a figure, every letter is a place to shade and belongs to the region that the list below the figures gives it;
everything else is outline. Joints stand between round brackets. Which side of the body a place is on follows from its
column, so a region needs no entry for left or right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nmtchoose.pages.page import BodyMark, Level

LEFT = "left"
RIGHT = "right"
WIDTH = 17
"""Columns of a figure; the one in the middle is the middle of the body."""

EVERYWHERE = "widespread"
"""The region without a place of its own: it fills whatever is not marked otherwise."""

_FIRST = (Level.SPARED, *Level)
"""Which level a place with several marks shows: first of all that it is left alone."""


@dataclass(frozen=True, slots=True)
class Place:
    """One character to shade. `side` is the client's own left or right, or empty in the middle of the body."""

    row: int
    column: int
    region: str
    side: str


@dataclass(frozen=True, slots=True)
class Figure:
    """The body from one direction. `sides` are those at the left and at the right of the picture."""

    name: str
    sides: tuple[str, str]
    rows: tuple[str, ...]

    def places(self) -> Iterator[Place]:
        """Yield every place to shade, row by row."""
        for at, line in enumerate(self.rows):
            for column, letter in enumerate(line):
                if letter in REGIONS:
                    middle = WIDTH // 2
                    side = "" if column == middle else self.sides[column > middle]
                    yield Place(at, column, REGIONS[letter], side)


def _figure(drawn: str, sides: tuple[str, str]) -> Figure:
    name, *rows = drawn.splitlines()
    return Figure(name, sides, tuple(row.ljust(WIDTH) for row in rows))


_front, _back, _regions = Path(__file__).with_name("body.txt").read_text("utf-8").split("\n\n")
FRONT = _figure(_front, (RIGHT, LEFT))
BACK = _figure(_back, (LEFT, RIGHT))
REGIONS = dict(line.split() for line in _regions.splitlines())
"""The body region, as `questions.yaml` names it, that each letter of a figure belongs to."""


def shading(marks: Iterable[BodyMark]) -> Callable[[str, str], Level | None]:
    """Return which level a region shows on a side, if any; a region marked without a side has it on both."""
    shades: dict[tuple[str, str], Level] = {}
    for mark in sorted(marks, key=lambda one: _FIRST.index(one.level)):
        for side in (mark.side, "") if mark.side else (LEFT, RIGHT, ""):
            shades.setdefault((mark.region, side), mark.level)
    return lambda region, side: shades.get((region, side)) or shades.get((EVERYWHERE, ""))
