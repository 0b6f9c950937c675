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
                path = (*at_rule(rule), "then", one.strip("'"))
                yield pair.decided.error(
                    Code.AGAINST_ITSELF, *path, name=rule.id, one=one, other=other, therapy=therapy
                )


def _clashes(then: Effects) -> Iterator[tuple[str, str, list[str]]]:
    gained = [therapy for therapy, points in then.fit.items() if points > 0]
    offered = {"still_sensible": then.still_sensible, "fit": tuple(gained)}
    taken = {"exclude": then.exclude, "ask_first": then.ask_first}
    for give, given in offered.items():
        for take, therapies in taken.items():
            yield f"'{give}'", f"'{take}'", [therapy for therapy in given if therapy in therapies]
    for milder, worse in (("ask_first", then.exclude), ("adapt", then.exclude)):
        mild = then.ask_first if milder == "ask_first" else then.adapt
        yield f"'{milder}'", "'exclude'", [therapy for therapy in mild if therapy in worse]
