"""A page for a terminal, drawn with Rich: a headline card, clear sections, few colours.

Every colour repeats what the words already say. Texts are shown as they are: Rich markup and terminal codes in them
are not obeyed. Therapies stand side by side, as many as fit; one after another where there is no room.
"""

from collections.abc import Iterable, Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from nmtchoose.formats.body_map import SIDES_TOLD, WIDTH, Span, drawn_figures, signs, told, undrawn
from nmtchoose.formats.text_page import labelled
from nmtchoose.pages import page as pages
from nmtchoose.words.printable import can_encode, encodable

_GAP = 4
_ABREAST = 2 * WIDTH + _GAP  # columns of both figures side by side; where there are fewer, one stands above the other
_LEAST_BESIDE = 30  # columns that the words need beside the figures
_LEVEL_STYLES = {
    pages.Level.STRONG: "bold red",
    pages.Level.MEDIUM: "red",
    pages.Level.MILD: "yellow",
    pages.Level.MARKED: "bold red",
    pages.Level.SPARED: "bold cyan",
}


def body_picture(block: pages.BodyMap, width: int, encoding: str) -> RenderableType:
    """Return `block`, every mark also in words, drawn for `width` columns in what `encoding` can encode."""
    front, back = drawn_figures(block.marks, encoding)
    gap: Span = (" " * _GAP, None)
    abreast = [(*row, gap, *other) for row, other in zip(front, back, strict=True)]
    figures = Text("\n", no_wrap=True).join(
        Text.assemble(*((text, _LEVEL_STYLES[level] if level else "") for text, level in row))
        for row in (abreast if width >= _ABREAST else [*front, (), *back])
    )
    sign, beyond = signs(encoding), undrawn(block.marks)
    legend: list[tuple[Text | str, Text]] = [
        (Text(sign[level], style=_LEVEL_STYLES[level]), label_before(meaning, places))
        for level, meaning, places in told(block.marks)
    ]
    legend += [("", label_before("Not drawn", beyond))] if beyond else []
    beside = [label_before(label, value) for label, value in block.beside]
    blank = [Text()] if beside else []
    words = Group(_two_columns(1, 1, [*legend, ("", Text(SIDES_TOLD))]), *blank, *beside)
    if width < _ABREAST + _GAP + _LEAST_BESIDE:
        return Group(figures, Text(), words)
    return _two_columns(_ABREAST, _GAP, [(figures, words)])


def _two_columns(width: int, gap: int, rows: Iterable[tuple[RenderableType, RenderableType]]) -> Table:
    grid = Table.grid(padding=(0, gap, 0, 0))
    grid.add_column(width=width, overflow="fold")
    grid.add_column(overflow="fold")
    for row in rows:
        grid.add_row(*row)
    return grid


def label_before(label: str, value: str) -> Text:
    """Return label and value as one text, the label in bold."""
    line = Text(labelled(label, value), overflow="fold")
    line.stylize("bold", 0, len(label))
    return line


ROOMY = 60
"""From this width on there is room for indents, and for labels in a column of their own."""

_LONGEST_LABEL = 24
LOOKS = {
    pages.Tone.EMERGENCY: "bold red",
    pages.Tone.DOCTOR: "red",
    pages.Tone.WAIT: "yellow",
    pages.Tone.CARE: "green",
    pages.Tone.GO: "green",
    pages.Tone.NEUTRAL: "default",
}


def rich_page(page: pages.Page, width: int, encoding: str) -> Group:
    """Return `page` for `width` columns and `encoding`: at 80, three therapies side by side, below that one by one."""
    ready = pages.shown(page, encoding)
    drawn = [part for block in ready.blocks for part in _drawn(block, width, encoding)]
    foot = (Text(), Text(ready.foot, style="dim")) if ready.foot else ()
    if page.head:
        return Group(Text(ready.head, style="dim"), *drawn, *foot)
    starts_blank = bool(page.blocks) and isinstance(page.blocks[0], pages.Heading | pages.Subheading | pages.Card)
    return Group(*(drawn[1:] if starts_blank else drawn), *foot)


def _drawn(block: pages.Block, width: int, encoding: str) -> Iterator[RenderableType]:
    indent = 2 if width >= ROOMY else 0
    match block:
        case pages.Heading(text):
            yield from (Text(), Text(text, style="bold underline"))
        case pages.Subheading(text):
            yield from (Text(), Padding(Text(text, style="bold"), (0, 0, 0, indent)))
        case pages.Card():
            yield from (Text(), _card(block, width, encoding))
        case pages.Comparison():
            yield from comparison_tables(block, width, encoding)
        case pages.BodyMap():
            yield Padding(body_picture(block, width - indent, encoding), (0, 0, 0, indent))
        case pages.Paragraph() | pages.Bullets() | pages.Facts():
            yield Padding(_simple(block, width - indent, encoding), (0, 0, 0, indent))


def _card(card: pages.Card, width: int, encoding: str) -> RenderableType:
    tone = LOOKS[card.tone]
    if not card.body and width < ROOMY:
        return Text(card.title, style=f"bold {tone}")
    frame = box.HEAVY if card.tone is pages.Tone.EMERGENCY else box.ROUNDED
    parts: list[RenderableType] = [Text(card.title, style=f"bold {tone}")]
    between = [Text()] if len(card.body) > 1 else []
    for part in card.body:
        parts += [*between, _simple(part, width - 6, encoding)]
    return Panel(
        Group(*parts),
        box=frame if can_encode("─│╭┏", encoding) else box.ASCII,
        border_style=tone,
        padding=(0, 2) if width >= ROOMY else (0, 1),
    )


def _simple(block: pages.Paragraph | pages.Bullets | pages.Facts, width: int, encoding: str) -> RenderableType:
    match block:
        case pages.Paragraph(text):
            return Text(text)
        case pages.Bullets(items):
            sign = encodable("•", encoding)
            rows = ((Text(sign, style="dim"), Text(item, overflow="fold")) for item in items)
            return _two_columns(len(sign), 1, rows)
        case pages.Facts(pairs):
            roomy = width >= ROOMY - 8 and all(len(label) <= _LONGEST_LABEL for label, _ in pairs)
            return _labels_beside(pairs) if roomy else _labels_before(pairs)


def _labels_before(pairs: tuple[tuple[str, str], ...]) -> Group:
    """A label that stands above already is not said again."""
    return Group(
        *(
            label_before(label, value) if label else Padding(Text(value, overflow="fold"), (0, 0, 0, 2))
            for label, value in _once(pairs)
        )
    )


def _labels_beside(pairs: tuple[tuple[str, str], ...]) -> Table:
    width = max((len(label) for label, _ in pairs), default=0)
    told_once = ((Text(label, style="bold"), Text(value, overflow="fold")) for label, value in _once(pairs))
    return _two_columns(width, 2, told_once)


def _once(pairs: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    """Yield `pairs` without the labels that stand above already."""
    above = ""
    for label, value in pairs:
        yield "" if label == above else label, value
        above = label


_LABEL = 13
_COLUMN = 21
_CLOSE = 5  # so few rows stand without a blank line between them
_ASCII_HEAD = box.Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
_SIGNS = {pages.Mark.NONE: "", pages.Mark.MATCH: "✓ ", pages.Mark.AGAINST: "! "}
_STYLES = {pages.Mark.NONE: "", pages.Mark.MATCH: "green", pages.Mark.AGAINST: "yellow"}


def comparison_tables(comparison: pages.Comparison, width: int, encoding: str) -> Iterator[RenderableType]:
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


def _beside(comparison: pages.Comparison, first: int, beyond: int, encoding: str) -> Table:
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


def _head(column: pages.Column) -> Text:
    name = Text(column.short, style="bold" if column.chosen else "")
    return Text("\n").join([name, Text(column.standing)]) if column.standing else name


def _cell(points: tuple[pages.Point, ...], encoding: str) -> RenderableType:
    said = ((f"{encodable(_SIGNS[one.mark], encoding)}{one.text}", _STYLES[one.mark]) for one in points)
    return Group(*(Text(text, style=style, overflow="fold") for text, style in said))


def _alone(comparison: pages.Comparison, place: int, encoding: str) -> RenderableType:
    column = comparison.columns[place]
    lines: list[RenderableType] = [Text(), _head(column)]
    for row in comparison.rows:
        if row.cells[place]:
            lines.append(Text(f"{row.label}:", style="bold"))
            lines.append(Padding(_cell(row.cells[place], encoding), (0, 0, 0, 2)))
    return Group(*lines)
