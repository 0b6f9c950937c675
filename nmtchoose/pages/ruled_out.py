"""What was ruled out or has to wait, and why: one line each."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.engine.therapies import NOT_OFFERED, SOLE_FORM
from nmtchoose.model.assessment import Assessment, Status, TherapyResult
from nmtchoose.model.rules import RuleTable
from nmtchoose.pages.page import Block, Facts, Heading, texts
from nmtchoose.pages.suggestion import is_bookable, recommended
from nmtchoose.words.sentences import joined
from nmtchoose.words.terms import STATUS

AFTER_A_TALK = "Only after a talk with the therapist."
_SAME = "For the same reason."


def ruled_out_blocks(assessment: Assessment, rules: RuleTable) -> Iterator[Block]:
    """Yield the therapies that are not suitable, or not now, each with why in a line; nothing when there are none."""
    told: list[str] = []
    pairs = []
    for result, why in ruled_out(assessment, rules):
        better = "Would fit better. " if _fits_better(result, assessment) else ""
        reason = f"{STATUS[result.status]}. {_SAME if why in told else why}"
        asks_first = result.status is Status.NOT_NOW and is_bookable(assessment)
        pairs.append((rules.therapy(result.id).name, f"{better}{AFTER_A_TALK if asks_first else reason}"))
        told.append(why)
    if pairs:
        yield from (Heading("What was ruled out, and why"), Facts(tuple(pairs)))


def ruled_out(assessment: Assessment, rules: RuleTable) -> tuple[tuple[TherapyResult, str], ...]:
    """Return the therapies that are not suitable, or not now, each with what holds it back."""
    named = assessment.recommendation.therapies
    held = {one.id for one in assessment.therapies if one.status is Status.NOT_NOW}.difference(named)
    out = (one for one in assessment.therapies if one.status is Status.NOT_SUITABLE or one.id in held)
    return tuple((result, why) for result in out if (why := _why(result, rules)))


def better_but_ruled_out(assessment: Assessment, rules: RuleTable, unsaid: frozenset[str]) -> Iterator[str]:
    """Yield what fits the wishes better than what is suggested, and what holds it back; no rule of `unsaid` speaks."""
    names: dict[str, list[str]] = {}
    for result, _ in ruled_out(assessment, rules):
        if _fits_better(result, assessment):
            names.setdefault(_why(result, rules, unsaid), []).append(rules.therapy(result.id).short)
    for why, shorts in names.items():
        yield f"Health answers rule out what would fit better: {joined(shorts, 'and')}. {why}".strip()


def _fits_better(result: TherapyResult, assessment: Assessment) -> bool:
    suggested = recommended(assessment)
    return bool(suggested and result.reasons) and result.fit > max(one.fit for one in suggested)


def _why(result: TherapyResult, rules: RuleTable, private: frozenset[str] = frozenset()) -> str:
    """Return what holds a therapy back, without what `private` rules say.

    That it merely fits less well is left out, and so is that a form for others (such as in
    pregnancy) is for others, or not offered.
    """
    unsaid = {rule.id for rule in rules.rules if not rule.stage.is_safety} | private
    if rules.therapy(result.id).form_of:
        unsaid |= {SOLE_FORM, NOT_OFFERED}
    return " ".join(texts(reason for reason in result.against if reason.rule not in unsaid))
