"""What weakens the safety of a pair, and rules that do something for no reason, in vain or against themselves."""

import re
from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair, at_rule
from nmtchoose.engine.evaluate import View, truth
from nmtchoose.engine.fired import changes_session
from nmtchoose.engine.therapies import reason
from nmtchoose.errors import Code, Fault
from nmtchoose.loading.nodes import Path
from nmtchoose.model.condition import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Condition,
    Fact,
    InRange,
    Is,
    Not,
    children,
    leaves,
    questions_of,
)
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import NONE, Questionnaire
from nmtchoose.model.rules import MOST_PRESSURE, Effects, Rule, Stage


def fires_on_none(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every safety rule over lists alone that "none of these" makes true."""
    for rule in pair.table.rules:
        lists = [pair.questionnaire[one] for one in questions_of(rule.when)]
        if rule.stage.is_safety and lists and all(NONE in question.specials for question in lists):
            nothing = View(pair.questionnaire, {one.id: True for one in lists}, {one.id: (NONE,) for one in lists})
            if truth(rule.when, nothing) is True:
                label = lists[0].label(NONE)
                yield pair.decided.warning(Code.FIRES_ON_NONE, *at_rule(rule), "when", name=rule.id, none=label)


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


def unnamed_therapies(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every therapy that no safety rule names, itself or as the therapy that it is a form of."""
    named = {one for rule in pair.table.rules if rule.stage.is_safety for one in rule.then.therapies}
    for therapy in pair.table.therapies:
        if not named & {therapy.id, therapy.form_of}:
            yield pair.decided.warning(Code.THERAPY_UNNAMED, "therapies", therapy.id, name=therapy.id)


_LEAST = {
    Stage.EMERGENCY: Disposition.EMERGENCY_TODAY,
    Stage.MEDICAL: Disposition.PROCEED_WITH_CARE,
    Stage.DEFER: Disposition.PROCEED_WITH_CARE,
}
"""The mildest disposition of a rule of the stage that has one: what stays of a red flag once it was checked is care."""


def milder_than_stage(pair: Pair) -> Iterator[Fault]:
    """Yield an error for every rule with a disposition that is milder than its stage."""
    for rule in pair.table.rules:
        said, least = rule.then.disposition, _LEAST.get(rule.stage)
        if said is not None and least is not None and said.severity < least.severity:
            values = {"name": rule.id, "disposition": said, "stage": rule.stage, "least": least}
            yield pair.decided.error(Code.MILDER_THAN_STAGE, *at_rule(rule), "then", **values)


def reassured_alarms(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every emergency or urgent rule that answers marked as reassuring are enough for.

    Beside an answer that speaks for a risk, a reassuring one may well only say that it is less.
    """
    for rule in pair.table.rules:
        if rule.then.disposition is not None and rule.then.disposition.forbids_therapy:
            found = list(_reassuring(rule.when, pair.questionnaire))
            if found and not _needs_a_risk(rule.when, pair.questionnaire):
                values = {"name": rule.id, "option": found[0][1], "question": found[0][0]}
                yield pair.decided.warning(Code.REASSURED_ALARM, *at_rule(rule), "when", **values)


def _reassuring(condition: Condition, questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """Yield each (question, option) that `condition` looks for and that is marked, but nothing under a `not`."""
    if isinstance(condition, Is):
        marked = (one.id for one in questionnaire[condition.question].options if one.reassuring)
        yield from ((condition.question, one) for one in marked if one in condition.options)
    if not isinstance(condition, Not):
        for part in children(condition):
            yield from _reassuring(part, questionnaire)


def _needs_a_risk(condition: Condition, questionnaire: Questionnaire) -> bool:
    """Return whether `condition` is only true with an answer about safety that is not marked as reassuring."""
    match condition:
        case AllOf(parts) | AtLeastOf(_, parts):
            return any(_needs_a_risk(part, questionnaire) for part in parts)
        case AnyOf(parts):
            return all(_needs_a_risk(part, questionnaire) for part in parts)
        case Fact(_, body):
            return _needs_a_risk(body, questionnaire)
        case Is(name):
            question, marked = questionnaire[name], any(_reassuring(condition, questionnaire))
            led_here = question.ask_when is not None and _needs_a_risk(question.ask_when, questionnaire)
            return question.purpose.is_safety and (led_here or not marked)
        case Not():
            return False
        case leaf:
            return questionnaire[leaf.question].purpose.is_safety


_NEW = re.compile(
    r"\b(?:today|now|new|newly|lately|recent(?:ly)?|current(?:ly)?|last (?:\w+ )?(?:hours?|days?|weeks?|months?)"
    r"|getting worse|this (?:week|morning))\b",
    re.IGNORECASE,
)


def lasting_and_new(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every safety question that is filled in on the next visit although it asks what is new."""
    for question in pair.written_questions():
        found = _NEW.search(question.ask.client) if question.lasting and question.purpose.is_safety else None
        if found:
            path = ("questions", question.id, "lasting")
            yield pair.asked.warning(Code.LASTING_AND_NEW, *path, name=question.id, word=found[0])


_EMERGENCY = {
    "us": ("911",),
    "ca": ("911",),
    "uk": ("999", "112"),
    "ie": ("999", "112"),
    "eu": ("112",),
    "au": ("000", "112"),
    "nz": ("111",),
}
_SHORT = re.compile(r"\d{2,4}")


def wrong_numbers(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every emergency number that is not that of its region, or none of two to four digits."""
    for region in pair.table.regions.values():
        known = _EMERGENCY.get(region.id, ())
        if region.emergency not in known if known else not _SHORT.fullmatch(region.emergency):
            values = {"number": region.emergency, "name": region.id, "known": " or ".join(known) or "2 to 4 digits"}
            yield pair.decided.warning(Code.WRONG_NUMBER, "regions", region.id, "emergency", **values)


_COUNTED = re.compile(r"\b(\d+) (weeks?|months?|years?)\b")
_WEEKS_IN_A_MONTH = 52 / 12


def other_thresholds(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every text of a safety rule whose weeks, months or years are none of its thresholds."""
    for rule in pair.table.rules:
        if not rule.stage.is_safety:
            continue
        limits = _thresholds(rule, pair.questionnaire)
        for path, text in _texts(rule):
            for number, unit in _COUNTED.findall(text):
                known = limits.get("years" if unit.startswith("year") else "weeks", set())
                counted = float(number) * (_WEEKS_IN_A_MONTH if unit.startswith("month") else 1)
                if known and not any(abs(counted - one) <= max(1, 0.05 * one) for one in known):
                    values = {"words": f"{number} {unit}", "known": ", ".join(map(str, sorted(known)))}
                    yield pair.decided.warning(Code.OTHER_THRESHOLD, *path, name=rule.id, **values)


def _thresholds(rule: Rule, questionnaire: Questionnaire) -> dict[str, set[int]]:
    """Return the bounds that `rule` compares with, by unit."""
    found: dict[str, set[int]] = {}
    for leaf in leaves(rule.when):
        if isinstance(leaf, InRange):
            bounds = {one for one in (leaf.low, leaf.high) if one is not None}
            found.setdefault(questionnaire[leaf.question].unit, set()).update(bounds)
    return found


def _texts(rule: Rule) -> Iterator[tuple[Path, str]]:
    at = at_rule(rule)
    yield (*at, "tell_client"), rule.tell_client
    yield (*at, "tell_therapist"), rule.tell_therapist
    yield (*at, "then", "caution"), rule.then.caution
    yield (*at, "then", "until"), rule.then.until
