"""The neutral page: what there is to read, in order, with no idea of a terminal, a browser or a printer.

Result, comparison and explanation are each built once as a `Page`. Renderers turn its blocks into boxes, plain
lines or HTML, and must show every text of every block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import asdict, replace

from nmtchoose.model.assessment import Note, Reason
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import Region
from nmtchoose.words.printable import encodable, printable
from nmtchoose.words.sentences import with_numbers

Part = TypeVar("Part")


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


class Heading(Struct, frozen=True):
    """Starts a section."""

    text: str


class Subheading(Struct, frozen=True):
    """Starts a part of a section."""

    text: str


class Paragraph(Struct, frozen=True):
    """One or more sentences."""

    text: str


class Bullets(Struct, frozen=True):
    """A list without an order."""

    items: tuple[str, ...]


class Facts(Struct, frozen=True):
    """Labels with their values; a label may be a whole question."""

    pairs: tuple[tuple[str, str], ...]


Simple = Paragraph | Bullets | Facts


class Card(Struct, frozen=True):
    """Something to see before anything else."""

    title: str
    tone: Tone
    body: tuple[Simple, ...]


class Column(Struct, frozen=True):
    """One therapy of a comparison. `standing` says in words how it stands for this client, if there is one."""

    name: str
    short: str
    standing: str = ""
    chosen: bool = False


class Point(Struct, frozen=True):
    """One text in a comparison cell."""

    text: str
    mark: Mark = Mark.NONE


class ComparisonRow(Struct, frozen=True):
    """One aspect, with a cell of points for each column; a cell may be empty."""

    label: str
    cells: tuple[tuple[Point, ...], ...]


class Comparison(Struct, frozen=True):
    """Therapies side by side."""

    columns: tuple[Column, ...]
    rows: tuple[ComparisonRow, ...]


class Level(StrEnum):
    """What was said about a place on the body, in the order in which a legend tells it."""

    STRONG = "strong"
    MEDIUM = "medium"
    MILD = "mild"
    MARKED = "marked"
    SPARED = "spared"


LEVEL = {
    Level.STRONG: "Strong pain (7 to 10 of 10)",
    Level.MEDIUM: "Medium pain (4 to 6 of 10)",
    Level.MILD: "Mild pain (0 to 3 of 10)",
    Level.MARKED: "Marked",
    Level.SPARED: "Leave alone",
}


class BodyMark(Struct, frozen=True):
    """A place on the body. `region` finds it on a drawing; `side` is the client's `left` or `right`, or empty.

    `words` is the name of the place. It may say the side itself; a renderer adds the side where it does not.
    """

    region: str
    side: str
    words: str
    level: Level


class BodyMap(Struct, frozen=True):
    """Places on the body, to be drawn or listed. One place may have several marks. `beside` is told next to it."""

    marks: tuple[BodyMark, ...]
    beside: tuple[tuple[str, str], ...] = ()


Block = Heading | Subheading | Simple | Card | Comparison | BodyMap


class Page(Struct, frozen=True):
    """All blocks, most important first. `title` names the page and is shown by media that have a place for it.

    `head` is a quiet line above everything, such as the name of the practice, and `foot` one below; empty for none.
    """

    title: str
    blocks: tuple[Block, ...]
    head: str = ""
    foot: str = ""


def map_texts(part: Part, change: Callable[[str], str]) -> Part:
    """Return a page, or any part of one, with `change` made to every text in it, wherever it stands."""
    changed: Any = part
    match part:
        case StrEnum():
            pass
        case str():
            changed = change(part) if part else part
        case BodyMark():
            changed = replace(part, words=change(part.words))
        case tuple():
            changed = tuple(map_texts(one, change) for one in part)
        case Struct():
            changed = replace(part, **{name: map_texts(value, change) for name, value in asdict(part).items()})
    return cast(Part, changed)


def page_with_numbers(page: Page, region: Region | None) -> Page:
    """Return `page` with the telephone numbers of `region` filled in wherever a text asks for one."""
    return map_texts(page, lambda text: with_numbers(text, region))


def under_names(pages: Iterable[tuple[str, Page]]) -> tuple[Block, ...]:
    """Return the blocks of several pages, each under its name."""
    return tuple(block for name, page in pages for block in (Heading(name), *page.blocks))


def page_of_clinic(page: Page, clinic: str, *dispositions: Disposition) -> Page:
    """Return `page` with the name `clinic` above it; in an emergency nothing comes before what has to be done."""
    emergency = any(one.is_emergency for one in dispositions)
    return page if emergency or not clinic else replace(page, head=clinic)


def shown(page: Page, encoding: str) -> Page:
    """Return `page` with every text made printable and encodable in `encoding`; each renderer starts from it.

    A telephone number that nobody filled in is said in words: no reader ever meets `{emergency}`.
    """
    return map_texts(page, lambda text: encodable(printable(with_numbers(text, None)), encoding))


def facts(*pairs: tuple[str, str]) -> tuple[Facts, ...]:
    """Return a `Facts` block of the pairs that have a value, as a tuple of one; empty when none has."""
    told = tuple(pair for pair in pairs if pair[1])
    return (Facts(told),) if told else ()


def texts(said: Iterable[Note | Reason]) -> tuple[str, ...]:
    """Return the texts of notes or reasons, each once; empty ones are left out."""
    return tuple(dict.fromkeys(one.text for one in said if one.text))


def listed(title: str, items: tuple[str, ...]) -> tuple[Block, ...]:
    """Return a heading with bullets, each text once; empty when there are no items."""
    once = tuple(dict.fromkeys(item for item in items if item))
    return (Heading(title), Bullets(once)) if once else ()
