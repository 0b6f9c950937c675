"""What no answers lead to, found by the solver."""

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair, at_question, at_rule
from nmtchoose.errors import Code, Fault
from nmtchoose.loading.nodes import Path
from nmtchoose.model.condition import ALWAYS, NEVER, AllOf, AnyOf, Condition, Not, facts_of, rebuilt
from nmtchoose.model.rules import Therapy
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
    named = [text.path for text in pair.decided.places.texts if "setting" in text.path]
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
