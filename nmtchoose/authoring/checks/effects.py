"""What single rules do: for no reason, in vain, against themselves, or when nothing is wrong."""

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair, at_rule
from nmtchoose.engine.evaluate import View, truth
from nmtchoose.engine.fired import changes_session
from nmtchoose.engine.therapies import reason
from nmtchoose.errors import Code, Fault
from nmtchoose.model.answers import Answer
from nmtchoose.model.condition import questions_of
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import NONE, Question
from nmtchoose.model.rules import MOST_PRESSURE, Effects, Rule


def fires_on_none(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every safety rule over lists alone that "none of these" makes true."""
    for rule in pair.table.rules:
        lists = [pair.questionnaire[one] for one in questions_of(rule.when)]
        if rule.stage.is_safety and lists and _fires_on_none(rule, lists, pair):
            label = lists[0].label(NONE)
            yield pair.decided.warning(Code.FIRES_ON_NONE, *at_rule(rule), "when", name=rule.id, none=label)


def _fires_on_none(rule: Rule, lists: list[Question], pair: Pair) -> bool:
    if not all(NONE in question.specials for question in lists):
        return False
    answers: dict[str, Answer] = {question.id: (NONE,) for question in lists}
    applies = {one: one in answers for one in questions_of(rule.when)}
    return truth(rule.when, View(pair.questionnaire, applies, answers)) is True


def no_reason(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every rule whose reason on screen would be empty."""
    for rule in pair.table.rules:
        if rule.then.fit and not rule.reason:
            does, known = "gives points", "reason"
        elif (changes_session(rule.then) or rule.then.disposition) and not reason(rule).text:
            does, known = "changes the session", "caution, tell_client, tell_therapist"
        else:
            continue
        yield pair.decided.warning(Code.NO_REASON, *at_rule(rule), name=rule.id, does=does, known=known)


def idle_effects(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every effect that needs something that its rule does not have."""
    for rule in pair.table.rules:
        for name, because in _idle(rule):
            yield pair.decided.warning(Code.IDLE_EFFECT, *at_rule(rule), "then", name, name=name, because=because)


def _idle(rule: Rule) -> Iterator[tuple[str, str]]:
    then = rule.then
    if then.still_sensible and then.disposition is not Disposition.MEDICAL_SOON:
        yield "still_sensible", "it belongs to 'disposition: medical_soon'"
    if then.until and then.disposition is not Disposition.DEFER:
        yield "until", "it belongs to 'disposition: defer'"
    for therapy, limit in then.therapy_limits.items():
        if limit >= then.pressure_limit < MOST_PRESSURE:
            yield "therapy_limits", f"the whole body already has the limit {then.pressure_limit}, {therapy} too"
    for therapy, points in then.fit.items():
        if points == 0:
            yield "fit", f"{therapy} gets 0 points"


def against_themselves(pair: Pair) -> Iterator[Fault]:
    """Yield an error for every therapy that a rule both offers and takes away, or takes away in two ways."""
    for rule in pair.table.rules:
        then = rule.then
        milder = (("ask_first", then.ask_first), ("adapt", then.adapt))
        in_vain = ((one, therapy, "exclude") for one, given in milder for therapy in given if therapy in then.exclude)
        for one, therapy, other in (*clashes(then, then), *in_vain):
            values = {"name": rule.id, "one": f"'{one}'", "other": f"'{other}'", "therapy": therapy}
            yield pair.decided.error(Code.AGAINST_ITSELF, *at_rule(rule), "then", one, **values)


def clashes(offering: Effects, taking: Effects) -> Iterator[tuple[str, str, str]]:
    """Yield (what offers, therapy, what takes it away). A therapy on hold may still fit."""
    gained = tuple(therapy for therapy, points in offering.fit.items() if points > 0)
    for one, given, other, taken in (
        ("still_sensible", offering.still_sensible, "exclude", taking.exclude),
        ("still_sensible", offering.still_sensible, "ask_first", taking.ask_first),
        ("fit", gained, "exclude", taking.exclude),
    ):
        yield from ((one, therapy, other) for therapy in given if therapy in taken)
