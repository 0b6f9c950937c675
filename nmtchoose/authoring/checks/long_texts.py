"""Texts that fill a small screen: 40 columns, as on a phone held upright."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.errors import Code, Fault
from nmtchoose.loading.places import Path

LONGEST_LABEL = 160
LONGEST_QUESTION = 200
LONGEST_WORD = 36
"""Characters: four lines, five lines, and what one line of 40 columns holds beside a marker."""


def check(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every label, question or single word that is too long."""
    for path, text, what, limit in _shown(pair):
        word = max(text.split(), key=len, default="")
        if len(text) > limit:
            yield pair.asked.warning(Code.TOO_LONG_TO_SHOW, *path, what=what, length=len(text), limit=limit)
        elif len(word) > LONGEST_WORD:
            values = {"what": f"the word '{word[:20]}...'", "length": len(word), "limit": LONGEST_WORD}
            yield pair.asked.warning(Code.TOO_LONG_TO_SHOW, *path, **values)


def _shown(pair: Pair) -> Iterator[tuple[Path, str, str, int]]:
    for question in pair.written_questions():
        at = ("questions", question.id)
        yield (*at, "ask", "client"), question.ask.client, "this question", LONGEST_QUESTION
        yield (*at, "ask", "staff"), question.ask.staff, "this question", LONGEST_QUESTION
        for option in () if question.sites else question.options:
            yield (*at, "options", option.id, "label"), option.label, "this label", LONGEST_LABEL
