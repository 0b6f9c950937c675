"""Words on screen that differ only in capitals, spaces or punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from nmtchoose.authoring.checks.pair import Pair, Side
from nmtchoose.errors import Code, Fault
from nmtchoose.loading.places import Path

_KEPT = re.compile(r"[\W_]+")


def check(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for the second of two labels, questions or therapies that look alike."""
    for question in pair.written_questions():
        path = ("questions", question.id, "options")
        if not question.sites:
            yield from _alike(pair.asked, [((*path, one.id, "label"), one.label) for one in question.options])
    body = [(("body", region.id, "label"), region.label) for region in pair.questionnaire.body]
    yield from _alike(pair.asked, body)
    asked = [(("questions", one.id, "ask", "client"), one.ask.client) for one in pair.written_questions()]
    yield from _alike(pair.asked, asked)
    yield from _alike(pair.decided, [(("therapies", one.id, "name"), one.name) for one in pair.table.therapies])
    yield from _alike(pair.decided, [(("therapies", one.id, "short"), one.short) for one in pair.table.therapies])


def _alike(side: Side, labels: Iterable[tuple[Path, str]]) -> Iterator[Fault]:
    first: dict[str, tuple[Path, str]] = {}
    for path, label in labels:
        look = _KEPT.sub("", label.casefold())
        before, other = first.get(look, ((), ""))
        # Options and body regions that differ in capitals alone do not load, which says it already.
        loads = label.casefold() != other.casefold() or path[-1] != "label"
        if look in first and loads:
            yield side.warning(Code.LOOK_ALIKE, *path, name=label, other=other, first=side.places.of(*before).line)
        if look:
            first.setdefault(look, (path, label))
