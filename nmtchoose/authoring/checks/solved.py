"""What the solver finds: what no answers lead to, and rules that always fire together."""

from collections.abc import Iterator, Sequence

from nmtchoose.authoring.checks.pair import Pair, at_question, at_rule
from nmtchoose.authoring.checks.safety import clashes
from nmtchoose.errors import Code, Fault
from nmtchoose.loading.nodes import Path
from nmtchoose.model.condition import ALWAYS, NEVER, AllOf, AnyOf, Condition, Not, facts_of, questions_of, rebuilt
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import Effects, Rule, Therapy
from nmtchoose.proof.encoded import Encoded


def never_asked(pair: Pair, encoded: Encoded) -> Iterator[Fault]:
    """Yield an error for every question whose `ask_when` no answers make true."""
    for question in pair.written_questions():
        if question.ask_when is not None and not encoded.can_hold(question.ask_when):
            path = at_question(question, "ask_when")
            yield pair.asked.error(Code.NEVER_ASKED, *path, name=question.id)


def never_offered(pair: Pair, encoded: Encoded) -> Iterator[Fault]:
    """Yield an error for every option whose `show_when` is not true with any answers with which it is asked for."""
    for question in pair.written_questions():
        asked = () if question.ask_when is None else (question.ask_when,)
        for option in question.options:
            if option.show_when is not None and not encoded.can_hold(AllOf((*asked, option.show_when))):
                path = at_question(question, "options", option.id, "show_when")
                yield pair.asked.error(Code.NEVER_OFFERED, *path, name=option.id, question=question.id)


def never_fires(pair: Pair, encoded: Encoded) -> Iterator[Fault]:
    """Yield an error for every rule whose condition no answers make true, unless a setting switches it off."""
    for rule in pair.table.rules:
        at = (*at_rule(rule), "when")
        if _can_never_hold(rule.when, at, pair, encoded):
            yield pair.decided.error(Code.NEVER_FIRES, *at, name=rule.id)


def never_guaranteed(pair: Pair, encoded: Encoded) -> Iterator[Fault]:
    """Yield an error for every guarantee whose condition no answers make true, unless a setting switches it off."""
    for guarantee in pair.table.guarantees:
        at = ("guarantees", guarantee.id, "when")
        if _can_never_hold(guarantee.when, at, pair, encoded):
            yield pair.decided.error(Code.GUARANTEE_NEVER, *at, name=guarantee.id)


def never_suggested(pair: Pair, encoded: Encoded) -> Iterator[Fault]:
    """Yield an error for every therapy that no points, no form and no fallback lead to."""
    for therapy in pair.table.therapies:
        hint = _why_never(therapy, pair, encoded)
        if hint:
            yield pair.decided.error(Code.NEVER_SUGGESTED, "therapies", therapy.id, name=therapy.id, hint=hint)


def _why_never(therapy: Therapy, pair: Pair, encoded: Encoded) -> str:
    """Return what is missing, or an empty string."""
    if therapy.form_of is None:
        gains = any(rule.then.fit.get(therapy.id, 0) > 0 for rule in pair.table.rules)
        known = gains or therapy.id == pair.table.decision.fallback
        return "" if known else "Write a fit rule that gives it points, or make it the fallback."
    if therapy.choose_when is None:
        return "It is a form: say with 'choose_when' when it takes the place of its therapy."
    if not encoded.can_hold(therapy.choose_when):
        return "No answers make its 'choose_when' true."
    return _why_never(pair.table.therapy(therapy.form_of), pair, encoded)


def _can_never_hold(condition: Condition, at: Path, pair: Pair, encoded: Encoded) -> bool:
    """Return whether no answers make `condition`, written at `at`, true, whatever its yes/no settings say.

    What a setting switches off is off by choice, not by mistake.
    """
    if encoded.can_hold(condition):
        return False
    places = [at, *(("facts", name) for name in facts_of(condition))]
    named = [path for path in pair.decided.places.texts if "setting" in path]
    by_setting = any(path[: len(place)] == place for path in named for place in places)
    return not (by_setting and encoded.can_hold(_with_settings_open(condition, ALWAYS)))


def _with_settings_open(condition: Condition, wished: Condition) -> Condition:
    """Return `condition` with each setting, which stands in it as always or never, as `wished`; `not` turns that."""
    match condition:
        case AllOf(()) | AnyOf(()):
            return wished
        case Not():
            wished = NEVER if wished == ALWAYS else ALWAYS
    return rebuilt(condition, lambda part: _with_settings_open(part, wished))


def against_each_other(pair: Pair, encoded: Encoded) -> Iterator[Fault]:
    """Yield a warning for every therapy that a rule offers in vain, and for fit points that always cancel out."""
    for rule in pair.table.rules:
        others = [other for other in pair.table.rules if other is not rule and any(_clashes(rule, other))]
        for other in _that_fire_with(rule, others, encoded):
            if _always_together(rule, other, encoded):
                place = pair.decided.places.of(*at_rule(other))
                for one, therapy, against in _clashes(rule, other):
                    values = {"name": rule.id, "other": other.id, "first": place.line}
                    values |= {"one": f"'{one}'", "therapy": therapy, "against": f"'{against}'"}
                    yield pair.decided.warning(Code.AGAINST_EACH_OTHER, *at_rule(rule), "then", one, **values)


def _clashes(rule: Rule, other: Rule) -> Iterator[tuple[str, str, str]]:
    """Yield (what offers, therapy, what takes it away)."""
    yield from clashes(rule.then, other.then)
    for therapy, points in rule.then.fit.items():
        if points > 0 > other.then.fit.get(therapy, 0):
            yield "fit", therapy, "fit"


def _always_together(rule: Rule, other: Rule, encoded: Encoded) -> bool:
    if encoded.can_hold(rule.when, without=other.when):
        return False
    if rule.then.fit and other.then.fit:
        # Two fit rules disagree only when neither ever fires alone: a general rule may have an exception.
        return not encoded.can_hold(other.when, without=rule.when)
    return True


def _that_fire_with(rule: Rule, others: Sequence[Rule], encoded: Encoded) -> Iterator[Rule]:
    """Yield those of `others` that also fire with some answers that make `rule` fire: the only ones worth a proof."""
    truth, read = encoded.sheet.truth, questions_of(rule.when)
    found = encoded.solver.find(encoded.only_asked, truth(rule.when).true) if others else None
    for other in others:
        shared = not read.isdisjoint(questions_of(other.when))
        if found is not None and shared and found.holds(truth(other.when).true):
            yield other


def always_covered(pair: Pair, encoded: Encoded) -> Iterator[Fault]:
    """Yield a warning for every rule that adds nothing to another, and for the second of two with one meaning."""
    for rule in pair.table.rules:
        stage = [other for other in pair.table.rules if other.stage is rule.stage and other is not rule]
        others = [other for other in stage if _does_all_of(other.then, rule.then)]
        for other in _that_fire_with(rule, others, encoded):
            if _covers(other, rule, encoded):
                place = pair.decided.places.of(*at_rule(other))
                values = {"name": rule.id, "other": other.id, "first": place.line}
                yield pair.decided.warning(Code.ALWAYS_COVERED, *at_rule(rule), **values)
                break


def _covers(other: Rule, rule: Rule, encoded: Encoded) -> bool:
    says_all = _texts(rule) <= _texts(other)
    if not says_all and questions_of(rule.when) != questions_of(other.when):
        return False
    if encoded.can_hold(rule.when, without=other.when):
        return False
    same = not encoded.can_hold(other.when, without=rule.when)
    if same and says_all and _does_all_of(rule.then, other.then) and _texts(other) <= _texts(rule):
        return other.line < rule.line
    return says_all or same


def _texts(rule: Rule) -> frozenset[str]:
    then = rule.then
    told = (rule.tell_client, rule.tell_therapist, then.caution, then.next_step, then.expect, then.aftercare)
    card = "" if then.card is None else f"{then.card}"
    return frozenset(text for text in (*told, then.ask_therapist, then.until, card) if text)


def _does_all_of(other: Effects, effects: Effects) -> bool:
    """Return whether `other` restricts at least as much as `effects`. Fit points add up, so they are never covered."""
    if effects.fit or _severity(effects.disposition) > _severity(other.disposition):
        return False
    if effects.disposition is other.disposition and set(other.still_sensible) - set(effects.still_sensible):
        return False
    limits = [(other.pressure_limit, effects.pressure_limit)]
    for therapy, limit in effects.therapy_limits.items():
        limits.append((min(other.pressure_limit, other.therapy_limits.get(therapy, other.pressure_limit)), limit))
    taken = ((other.exclude, effects.exclude), (other.ask_first, effects.ask_first), (other.adapt, effects.adapt))
    spared = ((other.avoid.named, effects.avoid.named), (other.avoid.marked_in, effects.avoid.marked_in))
    return (
        all(least <= limit for least, limit in limits)
        and all(set(fewer) <= set(more) for more, fewer in (*taken, *spared))
        and set(effects.site_limits) <= set(other.site_limits)
    )


def _severity(disposition: Disposition | None) -> int:
    return -1 if disposition is None else disposition.severity
