"""Text on a terminal: its signs and colours, wrapping, what stands above a question and the way out under it."""

import textwrap
from collections.abc import Iterable, Sequence

from msgspec import Struct
from prompt_toolkit.data_structures import Size
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.styles import Style

from nmtchoose.desk.prompter import Screen
from nmtchoose.prompts.wording import explanation, notes, progress
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
    fragments: StyleAndTextTuples = []
    for at, line in enumerate(lines):
        fragments += [("", "\n"), *line] if at else line
    return fragments


def head(screen: Screen, size: Size) -> list[tuple[str, str]]:
    """Return what stands above the answers: how far we are, the question, and notes."""
    place = progress(screen, width_of(size) - 1) if size.rows >= _ROOMY else ""
    above = [("progress", place)] if place else []
    return [*above, ("asked", screen.text), *(("note", note) for note in notes(screen))]


def help_lines(screen: Screen) -> list[tuple[str, str]]:
    """Return what `?` shows."""
    return [("quiet", part) for part in explanation(screen.question)]
