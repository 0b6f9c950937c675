"""Questions and messages to the client that read like more than school grade 10."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair, Side, at_rule
from nmtchoose.authoring.checks.reading import grade, word_count
from nmtchoose.errors import Code, Fault
from nmtchoose.loading.places import Path

HARDEST = 10
FEWEST_WORDS = 10
"""A school grade says little about fewer words."""


def check(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every hard text that the client reads."""
    for side, path, text in _read_by_clients(pair):
        reached = grade(text)
        if reached > HARDEST and word_count(text) >= FEWEST_WORDS:
            yield side.warning(Code.HARD_TO_READ, *path, grade=f"{reached:.1f}", limit=HARDEST)


def _read_by_clients(pair: Pair) -> Iterator[tuple[Side, Path, str]]:
    for question in pair.written_questions():
        at = ("questions", question.id)
        yield pair.asked, (*at, "ask", "client"), question.ask.client
        yield pair.asked, (*at, "help"), question.help
        yield pair.asked, (*at, "why"), question.why
    for rule in pair.table.rules:
        yield pair.decided, (*at_rule(rule), "tell_client"), rule.tell_client
        yield pair.decided, (*at_rule(rule), "then", "caution"), rule.then.caution
        yield pair.decided, (*at_rule(rule), "then", "next_step"), rule.then.next_step
        if rule.then.card is not None:
            yield pair.decided, (*at_rule(rule), "then", "card", "client"), rule.then.card.client
    for disposition, words in pair.table.dispositions.items():
        yield pair.decided, ("dispositions", disposition, "client"), words.client
