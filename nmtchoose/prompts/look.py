"""What this terminal can show: the signs a list is drawn with, and whether in colour."""

from __future__ import annotations

from msgspec import Struct

from nmtchoose.words.printable import can_encode, encodable


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
