"""A rule that gives with one hand what it takes with the other."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair, at_rule
from nmtchoose.errors import Code, Fault
from nmtchoose.model.rules import Effects


def check(pair: Pair) -> Iterator[Fault]:
    """Yield an error for every therapy that a rule both offers and takes away, or takes away in two ways."""
    for rule in pair.table.rules:
        for one, other, therapies in _clashes(rule.then):
            for therapy in therapies:
                values = {"name": rule.id, "one": f"'{one}'", "other": f"'{other}'", "therapy": therapy}
                yield pair.decided.error(Code.AGAINST_ITSELF, *at_rule(rule), "then", one, **values)


def _clashes(then: Effects) -> Iterator[tuple[str, str, list[str]]]:
    """Yield (what offers or is milder, what takes away, therapies). A therapy on hold may still fit."""
    gained = tuple(therapy for therapy, points in then.fit.items() if points > 0)
    for one, given, other, taken in (
        ("still_sensible", then.still_sensible, "exclude", then.exclude),
        ("still_sensible", then.still_sensible, "ask_first", then.ask_first),
        ("fit", gained, "exclude", then.exclude),
        ("ask_first", then.ask_first, "exclude", then.exclude),
        ("adapt", then.adapt, "exclude", then.exclude),
    ):
        yield one, other, [therapy for therapy in given if therapy in taken]
