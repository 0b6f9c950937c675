"""The body as two small figures of characters, with the marked places shaded, and the same marks in words.

In a figure of `body.txt` every letter is a place to shade, of the region that the list below the figures gives it. The
side of the body follows from its column.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from nmtchoose.pages.page import LEVEL, BodyMark, Level
from nmtchoose.words.answers import with_sides
from nmtchoose.words.printable import can_encode

LEFT = "left"
RIGHT = "right"
WIDTH = 17
"""Columns of a figure; the one in the middle is the middle of the body."""

EVERYWHERE = "widespread"
"""The region without a place of its own: it fills whatever is not marked otherwise."""

_FIRST = (Level.SPARED, *Level)  # which level a place with several marks shows: first of all that it is left alone


Place = tuple[str, str]
"""A region and the client's own left or right, or nothing in the middle of the body."""


@dataclass(frozen=True, slots=True)
class Figure:
    """The body from one direction. `sides` are those at the left and at the right of the picture."""

    name: str
    sides: tuple[str, str]
    rows: tuple[str, ...]

    def places(self) -> dict[tuple[int, int], Place]:
        """Return the place that every character to shade belongs to, by its row and column."""
        return {
            (row, column): (REGIONS[letter], "" if column == WIDTH // 2 else self.sides[column > WIDTH // 2])
            for row, line in enumerate(self.rows)
            for column, letter in enumerate(line)
            if letter in REGIONS
        }


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


Span = tuple[str, Level | None]
"""Characters to print, with the level they show; None for outline and blanks."""

SIDES_TOLD = "L left, R right side of the body"
"""The key to the two letters beside each figure."""

_SIGNS = {Level.STRONG: "▓", Level.MEDIUM: "▒", Level.MILD: "░", Level.MARKED: "*", Level.SPARED: "x"}
_PLAINER_SIGNS = {**_SIGNS, Level.STRONG: "#", Level.MEDIUM: ":", Level.MILD: "."}
_OUTLINE = "╭╮╰╯│─╱╲"
_PLAINER_OUTLINE = str.maketrans(_OUTLINE, "/\\\\/|-/\\")

_LETTERS_AT = (3, 1)
"""Row of the letters for left and right, and their distance from the edge: beside the head nothing else is drawn."""


def signs(encoding: str) -> dict[Level, str]:
    """Return the character that stands for each level; all of them differ."""
    return _SIGNS if can_encode("".join(_SIGNS.values()), encoding) else _PLAINER_SIGNS


def drawn_figures(marks: Iterable[BodyMark], encoding: str) -> tuple[tuple[tuple[Span, ...], ...], ...]:
    """Return the front and the back as rows of spans, `WIDTH` columns each; a mark without a side is on both."""
    level_of, sign = shading(marks), signs(encoding)
    plainer = {} if can_encode(_OUTLINE, encoding) else _PLAINER_OUTLINE

    def drawn(figure: Figure) -> Iterator[tuple[Span, ...]]:
        places = figure.places()
        for at, line in enumerate(_with_letters(figure)):
            spans: list[Span] = []
            for column, char in enumerate(line):
                place = places.get((at, column))
                level = level_of(*place) if place else None
                spans.append((sign[level] if level else " " if place else char.translate(plainer), level))
            yield tuple(("".join(char for char, _ in run), level) for level, run in groupby(spans, lambda one: one[1]))

    return tuple(tuple(drawn(figure)) for figure in (FRONT, BACK))


def told(marks: Iterable[BodyMark]) -> tuple[tuple[Level, str, str], ...]:
    """Return each level that occurs, in order: what it means, and the places that have it as one text."""
    by_level: dict[Level, list[tuple[str, str]]] = {}
    for mark in marks:
        by_level.setdefault(mark.level, []).append((mark.words, mark.side))
    return tuple((level, LEVEL[level], ", ".join(with_sides(by_level[level]))) for level in Level if level in by_level)


def undrawn(marks: Iterable[BodyMark]) -> str:
    """Return the names of the marked regions that have no place on the figures, as one text."""
    known = {region for figure in (FRONT, BACK) for region, _ in figure.places().values()} | {EVERYWHERE}
    return ", ".join(with_sides((mark.words, mark.side) for mark in marks if mark.region not in known))


def _with_letters(figure: Figure) -> Iterator[str]:
    """Yield the rows with the name of the figure, and a letter for each side, in the blanks around the head."""
    row, inwards = _LETTERS_AT
    for at, line in enumerate(figure.rows):
        if at == 0:
            yield figure.name + line[len(figure.name) :]
        elif at == row:
            first, last = (side[0].upper() for side in figure.sides)
            yield line[:inwards] + first + line[inwards + 1 : -inwards - 1] + last + line[len(line) - inwards :]
        else:
            yield line
