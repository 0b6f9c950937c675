"""What was ruled out or has to wait, and why: first what would have fitted better."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.engine.therapies import NOT_OFFERED, SOLE_FORM
from nmtchoose.model.assessment import Assessment, RecommendationKind, Status, TherapyResult
from nmtchoose.model.rules import RuleTable
from nmtchoose.pages.page import Block, Facts, Heading, Paragraph
from nmtchoose.words.terms import STATUS


def ruled_out_blocks(assessment: Assessment, rules: RuleTable) -> tuple[Block, ...]:
    """Return the therapies that are not suitable, or not now, with the reasons; empty when there are none."""
    out = ruled_out(assessment, rules)
    if not out:
        return ()
    best = max((one.fit for one in assessment.therapies if one.id in assessment.recommendation.therapies), default=0)
    blocks: list[Block] = [Heading("What was ruled out, and why")]
    better = [(result, why) for result, why in out if result.fit > best and result.reasons]
    if assessment.recommendation.kind is not RecommendationKind.NONE:
        blocks += [Paragraph(_would_fit_better(result, why, rules)) for result, why in better]
    said = {result.id for result, _ in better} if len(blocks) > 1 else set()
    pairs = tuple(
        (rules.therapy(result.id).name, why if _only_not_offered(result) else f"{STATUS[result.status]}. {why}")
        for result, why in out
        if result.id not in said
    )
    return (*blocks, Facts(pairs)) if pairs else tuple(blocks)


def ruled_out(assessment: Assessment, rules: RuleTable) -> tuple[tuple[TherapyResult, str], ...]:
    """Return the therapies that are not suitable, or not now, each with what holds it back."""
    return tuple((result, why) for result in _out(assessment) if (why := _why(result, rules)))


def _out(assessment: Assessment) -> Iterator[TherapyResult]:
    for result in assessment.therapies:
        held = result.status is Status.NOT_NOW and result.id not in assessment.recommendation.therapies
        if held or result.status is Status.NOT_SUITABLE:
            yield result


def _why(result: TherapyResult, rules: RuleTable) -> str:
    """Return what holds a therapy back.

    That it merely fits less well is left out, and so is that a form for others (such as in
    pregnancy) is for others, or not offered.
    """
    unsaid = {rule.id for rule in rules.rules if not rule.stage.is_safety}
    if rules.therapy(result.id).form_of:
        unsaid |= {SOLE_FORM, NOT_OFFERED}
    return " ".join(dict.fromkeys(reason.text for reason in result.against if reason.rule not in unsaid))


def _would_fit_better(result: TherapyResult, why: str, rules: RuleTable) -> str:
    reasons = " ".join(dict.fromkeys(reason.text for reason in result.reasons))
    name = rules.therapy(result.id).name
    if _only_not_offered(result):
        return f"{reasons} That speaks for {name}, but this practice does not offer it."
    return f"{reasons} That speaks for {name}, but it is {STATUS[result.status].lower()}: {why}"


def _only_not_offered(result: TherapyResult) -> bool:
    """What rules a therapy out stands first in `against`."""
    return bool(result.against) and result.against[0].rule == NOT_OFFERED
