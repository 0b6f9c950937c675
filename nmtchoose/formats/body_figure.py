"""Where each body region lies on the drawing: two small figures as text, and what the letters in them stand for.

In a figure, every letter is a place to shade and belongs to the region that `REGIONS` gives it; everything else is
outline. Joints stand between round brackets. Which side of the body a place is on follows from its column, so a
region needs no entry for left or right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

LEFT = "left"
RIGHT = "right"
WIDTH = 17
"""Columns of a figure; the one in the middle is the middle of the body."""

REGIONS = {
    "h": "head",
    "t": "temple",
    "j": "face_jaw",
    "n": "neck",
    "c": "chest",
    "u": "upper_back",
    "m": "mid_back",
    "r": "ribs",
    "l": "low_back",
    "z": "tailbone",
    "b": "belly",
    "y": "flank",
    "g": "groin",
    "s": "shoulder",
    "a": "upper_arm",
    "e": "elbow",
    "f": "forearm",
    "w": "wrist_hand",
    "p": "hip",
    "q": "thigh",
    "k": "knee",
    "v": "calf",
    "x": "ankle",
    "d": "foot",
}
"""The body region, as `questions.yaml` names it, that each letter of a figure belongs to."""

EVERYWHERE = "widespread"
"""The region without a place of its own: it fills whatever is not marked otherwise."""


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
                    yield Place(at, column, REGIONS[letter], self._side(column))

    def _side(self, column: int) -> str:
        middle = WIDTH // 2
        return "" if column == middle else self.sides[column > middle]


FRONT = Figure(
    "FRONT",
    (RIGHT, LEFT),
    (
        "      ╭───╮      ",
        "     ╭╯hhh╰╮     ",
        "     │t│j│t│     ",
        "     ╰╮jjj╭╯     ",
        "╭─────╯nnn╰─────╮",
        "(ss)ccccccccc(ss)",
        "│aa│ccccccccc│aa│",
        "(ee)rrrr│rrrr(ee)",
        "│ff│╲bbbbbbb╱│ff│",
        "│ff│╱bbbbbbb╲│ff│",
        "╰ww╯pp│ggg│pp╰ww╯",
        "   │qqqq│qqqq│   ",
        "   │qqqq│qqqq│   ",
        "    (kkk│kkk)    ",
        "    │vv│ │vv│    ",
        "    │vv│ │vv│    ",
        "    (xx) (xx)    ",
        "   ╰ddd╯ ╰ddd╯   ",
    ),
)

BACK = Figure(
    "BACK",
    (LEFT, RIGHT),
    (
        "      ╭───╮      ",
        "     ╭╯hhh╰╮     ",
        "     │hhhhh│     ",
        "     ╰╮hhh╭╯     ",
        "╭─────╯nnn╰─────╮",
        "(ss)uuuuuuuuu(ss)",
        "│aa│uuuuuuuuu│aa│",
        "(ee)╲mmmmmmm╱(ee)",
        "│ff│y│lllll│y│ff│",
        "│ff│y│lllll│y│ff│",
        "╰ww╯pp│zzz│pp╰ww╯",
        "   │qqqq│qqqq│   ",
        "   │qqqq│qqqq│   ",
        "    (kkk│kkk)    ",
        "    │vv│ │vv│    ",
        "    │vv│ │vv│    ",
        "    (xx) (xx)    ",
        "   ╰ddd╯ ╰ddd╯   ",
    ),
)

PLAINER_OUTLINE = str.maketrans("╭╮╰╯│─╱╲", "/\\\\/|-/\\")
"""The outline where only ASCII can be shown."""
