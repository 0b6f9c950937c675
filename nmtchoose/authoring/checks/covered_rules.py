"""A rule that another of its stage always covers: whenever it fires the other does, and does all that it does."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair, at_rule
from nmtchoose.authoring.checks.search import can_hold_without, that_fire_with
from nmtchoose.errors import Code, Fault
from nmtchoose.model.condition import questions_of
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import Effects, Rule, Sites


def check(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every rule that adds nothing to another, and for the second of two with one meaning."""
    for rule in pair.table.rules:
        stage = [other for other in pair.table.rules if other.stage is rule.stage and other is not rule]
        others = [other for other in stage if does_all_of(other.then, rule.then)]
        for other in that_fire_with(rule, others, pair.questionnaire):
            if _covers(other, rule, pair.questionnaire):
                place = pair.decided.places.of(*at_rule(other))
                values = {"name": rule.id, "other": other.id, "first": place.line}
                yield pair.decided.warning(Code.ALWAYS_COVERED, *at_rule(rule), **values)
                break


def _covers(other: Rule, rule: Rule, questionnaire: Questionnaire) -> bool:
    says_all = _texts(rule) <= _texts(other)
    if not says_all and questions_of(rule.when) != questions_of(other.when):
        return False
    if can_hold_without(rule.when, other.when, questionnaire) is not False:
        return False
    same = can_hold_without(other.when, rule.when, questionnaire) is False
    if same and says_all and does_all_of(rule.then, other.then) and _texts(other) <= _texts(rule):
        return other.line < rule.line
    return says_all or same


def _texts(rule: Rule) -> frozenset[str]:
    then = rule.then
    told = (rule.tell_client, rule.tell_therapist, then.caution, then.next_step, then.expect, then.aftercare)
    card = "" if then.card is None else f"{then.card}"
    return frozenset(text for text in (*told, then.ask_therapist, then.until, card) if text)


def does_all_of(other: Effects, effects: Effects) -> bool:
    """Return whether `other` restricts at least as much as `effects`. Fit points add up, so they are never covered."""
    if effects.fit or _severity(effects.disposition) > _severity(other.disposition):
        return False
    if effects.disposition is other.disposition and set(other.still_sensible) - set(effects.still_sensible):
        return False
    limits = [(other.pressure_limit, effects.pressure_limit)]
    limits += [(_limit(other, therapy), limit) for therapy, limit in effects.therapy_limits.items()]
    taken = ((other.exclude, effects.exclude), (other.ask_first, effects.ask_first), (other.adapt, effects.adapt))
    return (
        all(least <= limit for least, limit in limits)
        and all(set(fewer) <= set(more) for more, fewer in taken)
        and _within(effects.avoid, other.avoid)
        and set(effects.site_limits) <= set(other.site_limits)
    )


def _severity(disposition: Disposition | None) -> int:
    return -1 if disposition is None else disposition.severity


def _limit(effects: Effects, therapy: str) -> int:
    return min(effects.pressure_limit, effects.therapy_limits.get(therapy, effects.pressure_limit))


def _within(sites: Sites, others: Sites) -> bool:
    return set(sites.named) <= set(others.named) and set(sites.marked_in) <= set(others.marked_in)
