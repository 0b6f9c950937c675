"""Drawing a `Listing`: its rows, and the lines under them."""

from __future__ import annotations

from prompt_toolkit.formatted_text import StyleAndTextTuples

from nmtchoose.prompts.listing import Listing, key_of
from nmtchoose.prompts.look import Look
from nmtchoose.prompts.rows import Role, Row
from nmtchoose.prompts.terminal_frame import WAY_OUT, columns, wrapped

_BACK_KEY = " (Shift-Tab)"
_FEWEST_LETTERS = 8
"""The name of a ticked option is left out where less than this of it could be shown."""

_ROW, _HEADING = "   ", " "


def drawn_rows(listing: Listing, look: Look) -> StyleAndTextTuples:
    """Return every visible row, wrapped between words so that two long options never look alike."""
    fragments: StyleAndTextTuples = []
    for at, row in enumerate(listing.visible):
        pointed = at == listing.at
        sign = f" {look.pointer} " if pointed else _ROW if row.is_stop else _HEADING
        mark = _mark(row, listing, look) + _key(row, listing)
        lead = " " * (len(sign) + len(mark))
        first, *later = wrapped(_label(row, look), lead)
        fragments += [("class:pointer", sign)]
        fragments += [("[SetCursorPosition]", "")] if pointed else []
        text = "\n".join([mark + first.removeprefix(lead), *later])
        fragments += [(_style(row, listing, pointed=pointed), text), ("", "\n")]
    return fragments[:-1]


def lines_under(listing: Listing, look: Look, *, hidden: bool) -> list[tuple[str, str]]:
    """Return what stands under the rows: why Enter was refused, and how to leave.

    When rows are out of sight, because of a search or because they are `hidden`, the last line says where we are.
    """
    lines = [("refusal", listing.message)] if listing.message else []
    if listing.pointed.help:
        lines.append(("quiet", listing.pointed.help))
    if listing.sought:
        lines.append(("progress", f"Search: {listing.sought} ({listing.found} found, Esc clears)"))
    place = _out_of_sight(listing, columns() - 2 - len(WAY_OUT)) if listing.sought or hidden else ""
    return [*lines, ("quiet", place + WAY_OUT)]


def lines_below_pointer(listing: Listing, look: Look) -> int:
    """Return how many lines have to stay in sight under the first line of the pointed row: its own, and one more."""
    row = listing.pointed
    lead = " " * (len(f" {look.pointer} ") + len(_mark(row, listing, look) + _key(row, listing)))
    return len(wrapped(_label(row, look), lead))


def _out_of_sight(listing: Listing, room: int) -> str:
    """Return where the pointer is and what is ticked, as far as there is `room`."""
    place, count = listing.place
    ticked = [row.label for row in listing.rows if row.value in listing.ticked]
    counted = f"Line {place} of {count} · " + (f"ticked {len(ticked)}" if ticked else "")
    if not ticked:
        return counted
    named = f"{counted}: {'; '.join(ticked)}"
    short = named if len(named) + 3 <= room else f"{named[: max(room - 6, 0)].rstrip()}..."
    return f"{short if len(short) > len(counted) + _FEWEST_LETTERS else counted} · "


def _label(row: Row, look: Look) -> str:
    told = f" {look.answer} {look.fit(row.told)}" if row.told else ""
    return look.fit(row.label) + told + (_BACK_KEY if row.role is Role.BACK else "")


def _mark(row: Row, listing: Listing, look: Look) -> str:
    if row.role is Role.BACK:
        return f"{look.back} "
    if not listing.many or not row.is_answer:
        return ""
    return f"{look.ticked if row.value in listing.ticked else look.unticked} "


def _key(row: Row, listing: Listing) -> str:
    """Return the key that picks the row, or the room for it so that labels stand under each other."""
    if row.number is None or (listing.searchable and row.number > 0) or listing.place[1] == 1:
        return ""
    return f"{key_of(row) or ' '} "


def _style(row: Row, listing: Listing, *, pointed: bool) -> str:
    if row.role is Role.HEADING:
        return "class:heading"
    if row.role is Role.NOTE:
        return "class:quiet"
    if row.value in listing.ticked:
        return "class:ticked"
    return "class:pointed" if pointed else ""
