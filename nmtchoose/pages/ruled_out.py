"""What was ruled out or has to wait, and why: first what would have fitted better."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.engine.therapies import NOT_OFFERED, SOLE_FORM
from nmtchoose.model.assessment import Assessment, RecommendationKind, Status, TherapyResult
from nmtchoose.model.rules import RuleTable
from nmtchoose.pages.page import Block, Facts, Heading, Paragraph, texts
from nmtchoose.words.terms import STATUS


def ruled_out_blocks(assessment: Assessment, rules: RuleTable) -> Iterator[Block]:
    """Yield the therapies that are not suitable, or not now, with the reasons; nothing when there are none."""
    out = ruled_out(assessment, rules)
    if out:
        yield Heading("What was ruled out, and why")
    best = max((one.fit for one in assessment.therapies if one.id in assessment.recommendation.therapies), default=0)
    pairs = []
    for result, why in out:
        name, status = rules.therapy(result.id).name, STATUS[result.status]
        not_offered = bool(result.against) and result.against[0].rule == NOT_OFFERED  # what rules it out stands first
        better = result.fit > best and result.reasons
        if better and assessment.recommendation.kind is not RecommendationKind.NONE:
            held = "this practice does not offer it." if not_offered else f"it is {status.lower()}: {why}"
            yield Paragraph(f"{' '.join(texts(result.reasons))} That speaks for {name}, but {held}")
        else:
            pairs.append((name, why if not_offered else f"{status}. {why}"))
    if pairs:
        yield Facts(tuple(pairs))


def ruled_out(assessment: Assessment, rules: RuleTable) -> tuple[tuple[TherapyResult, str], ...]:
    """Return the therapies that are not suitable, or not now, each with what holds it back."""
    named = assessment.recommendation.therapies
    held = {one.id for one in assessment.therapies if one.status is Status.NOT_NOW}.difference(named)
    out = (one for one in assessment.therapies if one.status is Status.NOT_SUITABLE or one.id in held)
    return tuple((result, why) for result in out if (why := _why(result, rules)))


def _why(result: TherapyResult, rules: RuleTable) -> str:
    """Return what holds a therapy back.

    That it merely fits less well is left out, and so is that a form for others (such as in
    pregnancy) is for others, or not offered.
    """
    unsaid = {rule.id for rule in rules.rules if not rule.stage.is_safety}
    if rules.therapy(result.id).form_of:
        unsaid |= {SOLE_FORM, NOT_OFFERED}
    return " ".join(texts(reason for reason in result.against if reason.rule not in unsaid))
