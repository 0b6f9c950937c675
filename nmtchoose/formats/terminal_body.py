"""The body map in a terminal: the figures, with what the marks mean beside them where there is room, else below."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from nmtchoose.formats.body_figure import WIDTH
from nmtchoose.formats.body_map import SIDES_TOLD, Span, drawn_figures, signs, told, undrawn
from nmtchoose.formats.plain_page import labelled
from nmtchoose.pages.page import BodyMap, Level

_GAP = 4
_ABREAST = 2 * WIDTH + _GAP
"""Columns of both figures side by side; where there are fewer, one stands above the other."""

_LEAST_BESIDE = 30
"""Columns that the words need beside the figures."""

_STYLES = {
    Level.STRONG: "bold red",
    Level.MEDIUM: "red",
    Level.MILD: "yellow",
    Level.MARKED: "bold red",
    Level.SPARED: "bold cyan",
}


def body_picture(block: BodyMap, width: int, encoding: str) -> RenderableType:
    """Return `block` drawn for `width` columns, holding only what `encoding` can encode.

    Every mark is told in words next to the drawing, also one of a region that has no place on it.
    """
    figures = _figures(block, width, encoding)
    words = Group(_legend(block, encoding), *_beside(block))
    if width < _ABREAST + _GAP + _LEAST_BESIDE:
        return Group(figures, Text(), words)
    grid = Table.grid(padding=(0, _GAP, 0, 0))
    grid.add_column(width=_ABREAST)
    grid.add_column(overflow="fold")
    grid.add_row(figures, words)
    return grid


def _figures(block: BodyMap, width: int, encoding: str) -> Text:
    front, back = drawn_figures(block.marks, encoding)
    if width < _ABREAST:
        return _lines((*front, (), *back))
    gap: Span = (" " * _GAP, None)
    return _lines(tuple((*row, gap, *other) for row, other in zip(front, back, strict=True)))


def _lines(rows: tuple[tuple[Span, ...], ...]) -> Text:
    return Text("\n", no_wrap=True).join(
        Text.assemble(*((text, _STYLES[level] if level else "") for text, level in row)) for row in rows
    )


def _legend(block: BodyMap, encoding: str) -> Table:
    sign = signs(encoding)
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=1)
    grid.add_column(overflow="fold")
    for level, meaning, places in told(block.marks):
        grid.add_row(Text(sign[level], style=_STYLES[level]), label_before(meaning, places))
    beyond = undrawn(block.marks)
    if beyond:
        grid.add_row("", label_before("Not drawn", beyond))
    grid.add_row("", Text(SIDES_TOLD))
    return grid


def _beside(block: BodyMap) -> Iterator[Text]:
    if block.beside:
        yield Text()
    yield from (label_before(label, value) for label, value in block.beside)


def label_before(label: str, value: str) -> Text:
    """Return label and value as one text, the label in bold."""
    line = Text(labelled(label, value), overflow="fold")
    line.stylize("bold", 0, len(label))
    return line
