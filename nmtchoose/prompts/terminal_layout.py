"""What stands on a terminal: its signs and colours, what is around a list, and which rows fit on a screen of a size."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace
from prompt_toolkit.data_structures import Size
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.styles import Style

from nmtchoose.desk.prompter import Screen
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import DECLINED, UNSURE
from nmtchoose.prompts.keys import waits
from nmtchoose.prompts.listing import Listing
from nmtchoose.prompts.rows import Role, Row
from nmtchoose.prompts.wording import Texts, notes, progress, ways_told
from nmtchoose.words.printable import can_encode, encodable

WAY_OUT = "Esc stops"
"""How to leave, at the end of every screen. What becomes of the answers is said when that happens."""

LEAVING = (("refusal", "Stop here? Press y to stop, n to go on."),)
"""What stands under a question when a key asked to stop."""

_NARROWEST, _WIDEST = 20, 100
_ROOMY = 12
"""From this many rows on there is room for how far we are."""

STYLE = Style(
    [
        ("progress", "ansicyan"),
        ("asked", "bold"),
        ("question", "nobold dim"),
        ("answer", "noinherit bold"),
        ("note", "italic"),
        ("pointer", "ansicyan bold"),
        ("pointed", "bold"),
        ("ticked", "ansigreen bold"),
        ("heading", "underline"),
        ("quiet", "dim"),
        ("told", "ansigreen"),
        ("alarm", "ansired bold"),
        ("refusal", "ansired bold"),
        ("validation-toolbar", "bg:default ansired bold noreverse"),
    ]
)

Paragraphs = Iterable[tuple[str, str]]
"""(style class, text) for each paragraph."""

Line = StyleAndTextTuples
"""One line of the screen."""

_FEWEST_LETTERS = 6
"""The name of a ticked line is not shortened to less than this; the rest is counted."""

_SAID: Mapping[Answer | None, str] = {"yes": "yes", "no": "no ", UNSURE: " ? ", DECLINED: " - "}
"""How the answer of a line is shown before it."""


class Look(Struct, frozen=True):
    """Signs for the pointer, ticked and unticked rows, the way back, and an answer in the record above."""

    encoding: str
    color: bool = True
    pointer: str = "»"
    ticked: str = "[✓]"
    unticked: str = "[ ]"
    back: str = "‹"
    answer: str = "→"
    up_down: str = "↑↓"

    def fit(self, text: str) -> str:
        """Return `text` in letters that this terminal has."""
        return encodable(text, self.encoding)


def look_for(encoding: str | None, *, color: bool) -> Look:
    """Return the nicest signs that `encoding` can show; plain ASCII when it is unknown.

    State never depends on a sign that the terminal would print as `?`.
    """
    known = encoding or "ascii"
    nice = Look(known, color)
    if can_encode("".join((nice.pointer, nice.ticked, nice.back, nice.answer, nice.up_down)), known):
        return nice
    return Look(known, color, pointer=">", ticked="[x]", back="<", answer="->", up_down="Arrow keys")


def width_of(size: Size) -> int:
    """Return how many columns text may take; the last one stays free, so that no terminal wraps by itself."""
    return min(max(size.columns, _NARROWEST), _WIDEST) - 1


def wrapped(text: str, width: int, indent: str = " ") -> list[str]:
    """Return `text` in lines of at most `width`, split between words; its own line ends stay."""
    parts = (textwrap.wrap(part, width, initial_indent=indent, subsequent_indent=indent) for part in text.split("\n"))
    return [line for part in parts for line in part or [indent]]


def paragraphs(texts: Paragraphs, look: Look, width: int) -> list[Line]:
    """Return paragraphs wrapped to `width`."""
    return [[(f"class:{style}", line)] for style, text in texts for line in wrapped(look.fit(text), width)]


def joined(lines: Sequence[Line]) -> StyleAndTextTuples:
    """Return lines as one text."""
    parted: Iterable[Line] = ([("", "\n"), *line] if at else line for at, line in enumerate(lines))
    return [fragment for line in parted for fragment in line]


def head(screen: Screen, size: Size) -> list[tuple[str, str]]:
    """Return what stands above the answers: how far we are, the question, and notes."""
    place = progress(screen, width_of(size) - 1) if size.rows >= _ROOMY else ""
    above = [("progress", place)] if place else []
    return [*above, ("asked", screen.text), *(("note", note) for note in notes(screen))]


class Around(Struct, frozen=True):
    """What stands around a list. `before` is left out where it would push rows out of sight.

    `helped` is what `?` shows, `back` whether there is a question before this one. Where it is `short`, the keys that
    everybody finds are not named.
    """

    before: Texts
    head: Texts
    helped: tuple[str, ...] = ()
    back: bool = False
    short: bool = False


def laid_out(listing: Listing, around: Around, look: Look, size: Size) -> tuple[Listing, list[Line]]:
    """Return the lines of the screen, and the listing with what is on it now and has been.

    In a small window only the question, its rows and the shortest of hints are left.
    """
    width = width_of(size)
    rows = [_drawn(row, listing, look, width) for row in listing.scrolled]
    heights = [len(row) for row in rows]
    above, below = _around_rows(listing, around, look, width)
    if size.rows - len(above) - len(below) <= min(max(heights, default=0), sum(heights) - 1):
        asked = tuple(one for one in around.head if one[0] == "asked")
        above, below = _around_rows(listing, replace(around, head=asked, short=True), look, width)
    top, past = _window(listing, heights, size.rows - len(above) - len(below))
    seen = listing.sought is None and top <= listing.read
    shown = replace(listing, top=top, past=past, read=max(past, listing.read) if seen else listing.read)
    middle = [line for row in rows[top:past] for line in row]
    hidden = [f"{count} more {where}" for count, where in zip(shown.hidden, ("above", "below"), strict=True) if count]
    middle += [[("class:quiet", f"   ({' · '.join(hidden)})")]] if hidden else []
    lines = [*above, *middle, *below]
    before = paragraphs(around.before, look, width)
    lines = [*before, *lines] if len(before) + len(lines) <= size.rows else lines
    return shown, lines[max(len(lines) - size.rows, 0) :]


def _around_rows(listing: Listing, around: Around, look: Look, width: int) -> tuple[list[Line], list[Line]]:
    """Return the lines above and below the rows."""
    pinned = [line for row in listing.pinned for line in _drawn(row, listing, look, width)]
    under = paragraphs(_under(listing, around, look, width), look, width)
    return paragraphs(around.head, look, width), [*pinned, *under]


def _window(listing: Listing, heights: Sequence[int], room: int) -> tuple[int, int]:
    """Return the first row in view and the one after the last; whole rows only.

    Where not all fit, a line is kept for how many are hidden.
    """
    rows = listing.scrolled
    if not heights or sum(heights) <= room:
        return 0, len(heights)
    at = listing.at if listing.at is not None and listing.at < len(rows) else None
    top = min(listing.top, len(rows) - 1) if at is None else min(listing.top, at)
    while top and at == top and not rows[top - 1].is_stop:
        top -= 1
    past = _past(listing, heights, top, room - 1)
    while at is not None and at >= past:
        top += 1
        past = _past(listing, heights, top, room - 1)
    while top and past == len(rows) and sum(heights[top - 1 :]) <= room - 1:
        top -= 1
    return top, past


def _past(listing: Listing, heights: Sequence[int], top: int, room: int) -> int:
    """Return the row after the last that fits from `top` on; one that can be chosen is shown in any case."""
    past = top + sum(taken <= room for taken in accumulate(heights[top:]))
    first = next((at for at in range(top, len(heights)) if listing.scrolled[at].is_stop), top)
    return max(past, first + 1)


def _drawn(row: Row, listing: Listing, look: Look, width: int) -> list[Line]:
    """Return a row wrapped between words, so that two long ones never look alike."""
    pointed = row is listing.pointed
    sign = f" {look.pointer} " if pointed else "   " if row.is_stop else " "
    mark = _mark(row, listing, look)
    lead = " " * (len(sign) + len(mark))
    label = f"{row.label} {look.answer} {row.told}" if row.told else row.label
    first, *later = wrapped(look.fit(label), width, lead)
    later += wrapped(_scale(row, listing), width, lead) if _scale(row, listing) else []
    style = _style(row, listing, pointed=pointed)
    start: Line = [("class:pointer", sign), *([("[SetCursorPosition]", "")] if pointed else [])]
    rest: list[Line] = [[(style, line)] for line in later]
    return [[*start, (style, mark + first.removeprefix(lead))], *rest]


def _mark(row: Row, listing: Listing, look: Look) -> str:
    """Return the box of a row and the key that picks it, or room for it so that labels stand under each other."""
    if not row.is_stop:
        return ""
    if listing.said is not None:
        return "" if _scale(row, listing) else f"[{_SAID.get(listing.said.get(row.value), '   ')}] "
    box = f"{look.ticked if row.value in listing.ticked else look.unticked} " if listing.many else ""
    keyed = any(one.key for one in listing.rows)
    return box + (f"{row.key or ' '} " if keyed else "")


def _scale(row: Row, listing: Listing) -> str:
    """Return the numbers to choose from in a line of numbers, the chosen one in brackets; nothing for other lines."""
    numbers = [answer for _, answer in row.ways if isinstance(answer, int)]
    chosen = (listing.said or {}).get(row.value)
    other = f"  [{_SAID[chosen]}]" if chosen in _SAID else ""
    told = (f"[{one}]" if one == chosen else f" {one} " for one in numbers)
    return "".join(told).rstrip() + other if numbers else ""


def _style(row: Row, listing: Listing, *, pointed: bool) -> str:
    if row.role is Role.HEADING:
        return "class:heading"
    if row.role is Role.NOTE:
        return "class:quiet"
    if row.value in listing.ticked or (listing.said or {}).get(row.value, "no") != "no":
        return "class:ticked"
    return "class:pointed" if pointed else ""


def _under(listing: Listing, around: Around, look: Look, width: int) -> Paragraphs:
    """Yield what stands under the rows: what is ticked, what is sought, why something was refused, the keys."""
    if listing.many and (listing.ticked or not around.short):
        yield "told" if listing.ticked else "quiet", look.fit(_ticked(listing, width - 1))
    if listing.sought is not None:
        found = len(listing.visible) if listing.sought.strip() else 0
        yield "progress", f"Search: {listing.sought}_" + (f" ({found} found)" if listing.sought.strip() else "")
    if listing.message:
        yield "refusal", listing.message
    if listing.pointed and listing.pointed.help:
        yield "quiet", listing.pointed.help
    if listing.explained:
        yield from (("quiet", part) for part in around.helped)
    if listing.leaving:
        yield from LEAVING
    else:
        yield "quiet", " · ".join(_keys(listing, around, look))


def _keys(listing: Listing, around: Around, look: Look) -> list[str]:
    if not listing.rows:
        return ["Enter goes on", WAY_OUT]
    if listing.sought is not None:
        takes = "Enter chooses" if listing.said is None else "Enter goes there"
        takes = "Tab ticks · Enter ticks and closes" if listing.many else takes
        ways = [look.up_down, takes] if listing.visible else ["Backspace"]
        return [*ways, "Esc closes · Ctrl-C stops"]
    ways = ["Space ticks", "Enter goes on"] if listing.many else [f"{look.up_down} and Enter, or a key"]
    if listing.said is not None:
        ways = [_line_keys(listing), "Enter goes on"]
    if waits(listing):
        number = f"{listing.letter.char if listing.letter else ''}{waits(listing)}"
        ways = [f"{waits(listing)} makes it {number}", f"{look.up_down} or Enter goes on"]
    if around.short:
        return [*ways[:1], WAY_OUT]
    ways += ["type to search" if listing.long else "/ finds"]
    ways += ["h why" if listing.said is not None else "? why"] if around.helped else []
    return [*ways, *(["Shift-Tab back"] if around.back else []), WAY_OUT]


def _line_keys(listing: Listing) -> str:
    """Return the keys that answer the line pointed at, in words where they have some."""
    row = listing.pointed or listing.rows[0]
    known = dict(row.ways)
    named = {"y": "y yes", "n": "n no", "?": "? not sure", "d": "d rather not say"}
    return " · ".join(named[key] for key in named if key in known) if "y" in known else ways_told(known)


def _ticked(listing: Listing, room: int) -> str:
    """Return what is ticked in one line, however little room there is."""
    labels = [row.label for row in listing.ticked_rows]
    if not labels:
        return "Nothing is ticked."
    start = "Ticked: " if len(labels) == 1 else f"Ticked {len(labels)}: "
    whole = start + "; ".join(labels)
    if len(whole) <= room:
        return whole
    share = max((room - len(start)) // len(labels) - 2, _FEWEST_LETTERS)
    cut = (one if len(one) <= share else f"{one[: max(share - 3, 3)].rstrip()}..." for one in labels)
    return textwrap.shorten(start + "; ".join(cut), room, placeholder=" ...")
