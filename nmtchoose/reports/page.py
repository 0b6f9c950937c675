"""The neutral page: what there is to read, in order, with no idea of a terminal, a browser or a printer.

Result, comparison and explanation are each built once as a `Page`. Renderers turn its blocks into boxes, plain
lines or HTML, and must show every text of every block.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a card is about. A renderer may colour it; the words of the card never depend on the colour."""

    EMERGENCY = "emergency"
    DOCTOR = "doctor"
    WAIT = "wait"
    CARE = "care"
    GO = "go"
    NEUTRAL = "neutral"


class Mark(StrEnum):
    """How a point of a comparison bears on this client. The label of its row says the same in words."""

    NONE = "none"
    MATCH = "match"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Heading:
    """Starts a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Subheading:
    """Starts a part of a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without an order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values; a label may be a whole question."""

    pairs: tuple[tuple[str, str], ...]


Simple = Paragraph | Bullets | Facts


@dataclass(frozen=True, slots=True)
class Card:
    """Something to see before anything else."""

    title: str
    tone: Tone
    body: tuple[Simple, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One therapy of a comparison. `standing` says in words how it stands for this client, if there is one."""

    name: str
    short: str
    standing: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One text in a comparison cell."""

    text: str
    mark: Mark = Mark.NONE


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One aspect, with a cell of points for each column; a cell may be empty."""

    label: str
    cells: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Therapies side by side."""

    columns: tuple[Column, ...]
    rows: tuple[ComparisonRow, ...]


class Level(StrEnum):
    """What was said about a place on the body, in the order in which a legend tells it."""

    STRONG = "strong"
    MEDIUM = "medium"
    MILD = "mild"
    MARKED = "marked"
    NAMED = "named"
    SPARED = "spared"


@dataclass(frozen=True, slots=True)
class BodyMark:
    """A place on the body. `region` finds it on a drawing; `side` is the client's `left` or `right`, or empty.

    `words` is the name of the place. It may say the side itself; a renderer adds the side where it does not.
    """

    region: str
    side: str
    words: str
    level: Level


@dataclass(frozen=True, slots=True)
class BodyMap:
    """Places on the body, to be drawn or listed. One place may have several marks. `beside` is told next to it."""

    marks: tuple[BodyMark, ...]
    beside: tuple[tuple[str, str], ...] = ()


Block = Heading | Subheading | Simple | Card | Comparison | BodyMap


@dataclass(frozen=True, slots=True)
class Page:
    """All blocks, most important first. `title` names the page and is shown by media that have a place for it.

    `head` is a quiet line above everything, such as the name of the practice; empty for none.
    """

    title: str
    blocks: tuple[Block, ...]
    head: str = ""


def map_texts(page: Page, change: Callable[[str], str]) -> Page:
    """Return `page` with `change` made to every text on it, wherever it stands."""
    blocks = tuple(_changed(block, change) for block in page.blocks)
    return Page(change(page.title), blocks, change(page.head) if page.head else "")


def _changed(block: Block, change: Callable[[str], str]) -> Block:
    match block:
        case Heading(text):
            return Heading(change(text))
        case Subheading(text):
            return Subheading(change(text))
        case Card(title, tone, body):
            return Card(change(title), tone, tuple(_changed_simple(part, change) for part in body))
        case Comparison(columns, rows):
            return Comparison(
                tuple(_changed_column(column, change) for column in columns),
                tuple(_changed_row(row, change) for row in rows),
            )
        case BodyMap(marks, beside):
            renamed = tuple(BodyMark(one.region, one.side, change(one.words), one.level) for one in marks)
            return BodyMap(renamed, tuple((change(label), change(value)) for label, value in beside))
        case _:
            return _changed_simple(block, change)


def _changed_simple(block: Simple, change: Callable[[str], str]) -> Simple:
    match block:
        case Paragraph(text):
            return Paragraph(change(text))
        case Bullets(items):
            return Bullets(tuple(change(item) for item in items))
        case Facts(pairs):
            return Facts(tuple((change(label), change(value)) for label, value in pairs))


def _changed_column(column: Column, change: Callable[[str], str]) -> Column:
    return Column(change(column.name), change(column.short), change(column.standing), column.chosen)


def _changed_row(row: ComparisonRow, change: Callable[[str], str]) -> ComparisonRow:
    cells = tuple(tuple(Point(change(point.text), point.mark) for point in cell) for cell in row.cells)
    return ComparisonRow(change(row.label), cells)


def facts(*pairs: tuple[str, str]) -> tuple[Facts, ...]:
    """Return a `Facts` block of the pairs that have a value, as a tuple of one; empty when none has."""
    told = tuple(pair for pair in pairs if pair[1])
    return (Facts(told),) if told else ()


def listed(title: str, items: tuple[str, ...]) -> tuple[Block, ...]:
    """Return a heading with bullets, each text once; empty when there are no items."""
    once = tuple(dict.fromkeys(item for item in items if item))
    return (Heading(title), Bullets(once)) if once else ()
