"""A therapy that nothing can suggest."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.authoring.checks.search import can_hold
from nmtchoose.errors import Code, Fault
from nmtchoose.model.rules import Therapy


def check(pair: Pair) -> Iterator[Fault]:
    """Yield an error for every therapy that no points, no form and no fallback lead to."""
    for therapy in pair.table.therapies:
        hint = _why_never(therapy, pair)
        if hint:
            yield pair.decided.error(Code.NEVER_SUGGESTED, "therapies", therapy.id, name=therapy.id, hint=hint)


def _why_never(therapy: Therapy, pair: Pair) -> str:
    """Return what is missing, or an empty string."""
    if therapy.form_of is None:
        gains = any(rule.then.fit.get(therapy.id, 0) > 0 for rule in pair.table.rules)
        known = gains or therapy.id == pair.table.decision.fallback
        return "" if known else "Write a fit rule that gives it points, or make it the fallback."
    if therapy.choose_when is None:
        return "It is a form: say with 'choose_when' when it takes the place of its therapy."
    if can_hold(therapy.choose_when, pair.questionnaire) is False:
        return "No answers make its 'choose_when' true."
    return _why_never(pair.table.therapy(therapy.form_of), pair)
