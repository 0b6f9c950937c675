"""Two rules that contradict: whenever the one that offers a therapy fires, the other fires too and takes it away."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair, at_rule
from nmtchoose.authoring.checks.search import can_hold_without, that_fire_with
from nmtchoose.errors import Code, Fault
from nmtchoose.model.rules import Rule


def check(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every therapy that a rule offers in vain, and for fit points that always cancel out."""
    for rule in pair.table.rules:
        others = [other for other in pair.table.rules if other is not rule and any(_clashes(rule, other))]
        for other in that_fire_with(rule, others, pair.questionnaire):
            if _always_together(rule, other, pair):
                place = pair.decided.places.of(*at_rule(other))
                for one, therapy, against in _clashes(rule, other):
                    values = {"name": rule.id, "other": other.id, "first": place.line}
                    values |= {"one": f"'{one}'", "therapy": therapy, "against": f"'{against}'"}
                    yield pair.decided.warning(Code.AGAINST_EACH_OTHER, *at_rule(rule), "then", one, **values)


def _clashes(rule: Rule, other: Rule) -> Iterator[tuple[str, str, str]]:
    """Yield (what offers, therapy, what takes it away)."""
    gained = [therapy for therapy, points in rule.then.fit.items() if points > 0]
    for give, given, take, taken in (
        ("still_sensible", rule.then.still_sensible, "exclude", other.then.exclude),
        ("still_sensible", rule.then.still_sensible, "ask_first", other.then.ask_first),
        ("fit", gained, "exclude", other.then.exclude),
    ):
        yield from ((give, therapy, take) for therapy in given if therapy in taken)
    yield from (("fit", therapy, "fit") for therapy in gained if other.then.fit.get(therapy, 0) < 0)


def _always_together(rule: Rule, other: Rule, pair: Pair) -> bool:
    if can_hold_without(rule.when, other.when, pair.questionnaire) is not False:
        return False
    if rule.then.fit and other.then.fit:
        # Two fit rules disagree only when neither ever fires alone: a general rule may have an exception.
        return can_hold_without(other.when, rule.when, pair.questionnaire) is False
    return True
