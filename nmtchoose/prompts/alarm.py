"""An emergency on a screen of a few rows: the number in large figures, then what to do and what to tell."""

import textwrap
from collections.abc import Sequence

from nmtchoose.desk.prompter import Alarm

_SEGMENTS = {
    "0": (" __ ", "|  |", "|__|"),
    "1": ("    ", "   |", "   |"),
    "2": (" __ ", " __|", "|__ "),
    "3": (" __ ", " __|", " __|"),
    "4": ("    ", "|__|", "   |"),
    "5": (" __ ", "|__ ", " __|"),
    "6": (" __ ", "|__ ", "|__|"),
    "7": (" __ ", "   |", "   |"),
    "8": (" __ ", "|__|", "|__|"),
    "9": (" __ ", "|__|", " __|"),
}
_LONGEST_FIGURES = 6
"""A number of more figures, or of words, is not drawn: it would not fit a narrow screen."""

TELL_THEM = "Tell them:"

Texts = tuple[tuple[str, str], ...]
"""(style, text) for each paragraph."""


def alarm_texts(alarm: Alarm, columns: int, rows: int) -> Texts:
    """Return what to show of `alarm` in so many columns and rows; what does not fit is left out from the end."""
    large = figures(alarm.number) if alarm.number in alarm.title else ()
    fixed: Texts = (*(("alarm", line) for line in large), ("alarm", alarm.title))
    do, tell = len(alarm.do), len(alarm.tell)
    while True:
        texts = (*fixed, *_sentences("note", alarm.do[:do]), *_sentences("asked", alarm.tell[:tell], TELL_THEM))
        heights = (max(len(textwrap.wrap(text, columns - 1)), 1) for _, text in texts)
        if sum(heights) <= rows or do + tell <= 2:
            return texts
        do, tell = (do, tell - 1) if tell > 1 and tell >= do - 1 else (do - 1, tell)


def figures(number: str) -> tuple[str, ...]:
    """Return the rows of `number` in large figures of seven strokes; none where it is not a few figures."""
    if len(number) > _LONGEST_FIGURES or not set(number) <= set(_SEGMENTS):
        return ()
    return tuple("  ".join(_SEGMENTS[one][row] for one in number).rstrip() for row in range(3))


def _sentences(style: str, parts: Sequence[str], title: str = "") -> Texts:
    ended = (part if part.endswith((".", "!", "?")) else f"{part}." for part in parts)
    text = " ".join((title, *ended)).strip()
    return ((style, text),) if parts else ()
