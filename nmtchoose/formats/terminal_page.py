"""A page for a terminal, drawn with Rich: a headline card, clear sections, few colours.

Every colour repeats what the words already say. Texts are shown as they are: Rich markup and terminal codes in them
are not obeyed.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from nmtchoose.formats.terminal_body import body_picture, label_before
from nmtchoose.formats.terminal_comparison import comparison_tables
from nmtchoose.pages.page import (
    Block,
    BodyMap,
    Bullets,
    Card,
    Comparison,
    Facts,
    Heading,
    Page,
    Paragraph,
    Subheading,
    Tone,
    shown,
)
from nmtchoose.words.printable import can_encode, encodable

ROOMY = 60
"""From this width on there is room for indents, and for labels in a column of their own."""

_LONGEST_LABEL = 24
LOOKS = {
    Tone.EMERGENCY: "bold red",
    Tone.DOCTOR: "red",
    Tone.WAIT: "yellow",
    Tone.CARE: "green",
    Tone.GO: "green",
    Tone.NEUTRAL: "default",
}


def rich_page(page: Page, width: int, encoding: str) -> Group:
    """Return `page` laid out for `width` columns, holding only what `encoding` can encode.

    Print it on a console of that width. At 80 columns three therapies stand side by side; where fewer than two fit,
    they follow one another.
    """
    ready = shown(page, encoding)
    drawn = [part for block in ready.blocks for part in _drawn(block, width, encoding)]
    foot = (Text(), Text(ready.foot, style="dim")) if ready.foot else ()
    if page.head:
        return Group(Text(ready.head, style="dim"), *drawn, *foot)
    starts_blank = bool(page.blocks) and isinstance(page.blocks[0], Heading | Subheading | Card)
    return Group(*(drawn[1:] if starts_blank else drawn), *foot)


def _drawn(block: Block, width: int, encoding: str) -> Iterator[RenderableType]:
    indent = 2 if width >= ROOMY else 0
    match block:
        case Heading(text):
            yield from (Text(), Text(text, style="bold underline"))
        case Subheading(text):
            yield from (Text(), Padding(Text(text, style="bold"), (0, 0, 0, indent)))
        case Card():
            yield from (Text(), _card(block, width, encoding))
        case Comparison():
            yield from comparison_tables(block, width, encoding)
        case BodyMap():
            yield Padding(body_picture(block, width - indent, encoding), (0, 0, 0, indent))
        case Paragraph() | Bullets() | Facts():
            yield Padding(_simple(block, width - indent, encoding), (0, 0, 0, indent))


def _card(card: Card, width: int, encoding: str) -> RenderableType:
    tone = LOOKS[card.tone]
    if not card.body and width < ROOMY:
        return Text(card.title, style=f"bold {tone}")
    frame = box.HEAVY if card.tone is Tone.EMERGENCY else box.ROUNDED
    parts: list[RenderableType] = [Text(card.title, style=f"bold {tone}")]
    for part in card.body:
        parts += (
            [_simple(part, width - 6, encoding)]
            if len(card.body) == 1
            else [Text(), _simple(part, width - 6, encoding)]
        )
    return Panel(
        Group(*parts),
        box=frame if can_encode("─│╭┏", encoding) else box.ASCII,
        border_style=tone,
        padding=(0, 2) if width >= ROOMY else (0, 1),
    )


def _simple(block: Paragraph | Bullets | Facts, width: int, encoding: str) -> RenderableType:
    match block:
        case Paragraph(text):
            return Text(text)
        case Bullets(items):
            return _bullets(items, encodable("•", encoding))
        case Facts(pairs):
            roomy = width >= ROOMY - 8 and all(len(label) <= _LONGEST_LABEL for label, _ in pairs)
            return _labels_beside(pairs) if roomy else _labels_before(pairs)


def _labels_before(pairs: tuple[tuple[str, str], ...]) -> Group:
    """A label that stands above already is not said again."""
    above = ("", *(label for label, _ in pairs))
    return Group(
        *(
            Padding(Text(value, overflow="fold"), (0, 0, 0, 2)) if label == before else label_before(label, value)
            for before, (label, value) in zip(above, pairs, strict=False)
        )
    )


def _bullets(items: tuple[str, ...], sign: str) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=len(sign))
    grid.add_column(overflow="fold")
    for item in items:
        grid.add_row(Text(sign, style="dim"), Text(item, overflow="fold"))
    return grid


def _labels_beside(pairs: tuple[tuple[str, str], ...]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=max((len(label) for label, _ in pairs), default=0), overflow="fold")
    grid.add_column(overflow="fold")
    above = ""
    for label, value in pairs:
        grid.add_row(Text("" if label == above else label, style="bold"), Text(value, overflow="fold"))
        above = label
    return grid
