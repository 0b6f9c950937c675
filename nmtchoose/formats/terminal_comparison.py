"""Therapies side by side in a terminal, as many as fit; one after another where there is no room."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from nmtchoose.pages.page import Column, Comparison, ComparisonRow, Mark, Point
from nmtchoose.words.printable import can_encode, encodable

_LABEL = 13
_COLUMN = 21
_CLOSE = 5
"""So few rows stand without a blank line between them."""
_ASCII_HEAD = box.Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
_SIGNS = {Mark.NONE: "", Mark.MATCH: "✓ ", Mark.AGAINST: "! "}
_STYLES = {Mark.NONE: "", Mark.MATCH: "green", Mark.AGAINST: "yellow"}


def comparison_tables(comparison: Comparison, width: int, encoding: str) -> Iterator[RenderableType]:
    """Yield `comparison` as one or more tables with as many therapies as fit into `width`, or as a list of each."""
    fitting = (width - _LABEL) // _COLUMN
    if fitting < 2 or len(comparison.columns) < 2:
        yield from (_alone(comparison, place, encoding) for place in range(len(comparison.columns)))
        return
    count = len(comparison.columns)
    tables = -(-count // fitting)
    for table in range(tables):  # as few as possible, all about equally wide
        yield Text()
        yield _beside(comparison, count * table // tables, count * (table + 1) // tables, encoding)


def _beside(comparison: Comparison, first: int, beyond: int, encoding: str) -> Table:
    simple = box.SIMPLE_HEAD if can_encode("─", encoding) else _ASCII_HEAD
    loose = int(len(comparison.rows) > _CLOSE)
    table = Table(box=simple, expand=True, leading=loose, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.add_column(Text(""), width=_LABEL - 1, overflow="fold")
    for column in comparison.columns[first:beyond]:
        table.add_column(_head(column), ratio=1, overflow="fold")
    for row in comparison.rows:
        cells = row.cells[first:beyond]
        if any(cells):
            table.add_row(Text(row.label, style="bold"), *(_cell(cell, encoding) for cell in cells))
    return table


def _head(column: Column) -> Text:
    name = Text(column.short, style="bold" if column.chosen else "")
    return Text("\n").join([name, Text(column.standing)]) if column.standing else name


def _cell(points: tuple[Point, ...], encoding: str) -> RenderableType:
    said = ((f"{encodable(_SIGNS[one.mark], encoding)}{one.text}", _STYLES[one.mark]) for one in points)
    return Group(*(Text(text, style=style, overflow="fold") for text, style in said))


def _alone(comparison: Comparison, place: int, encoding: str) -> RenderableType:
    column = comparison.columns[place]
    lines: list[RenderableType] = [Text(), _head(column)]
    for row in comparison.rows:
        lines += _told(row, place, encoding)
    return Group(*lines)


def _told(row: ComparisonRow, place: int, encoding: str) -> Iterator[RenderableType]:
    if row.cells[place]:
        yield Text(f"{row.label}:", style="bold")
        yield Padding(_cell(row.cells[place], encoding), (0, 0, 0, 2))
