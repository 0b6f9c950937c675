"""From fit points and restrictions to what to book: one therapy, a sequence, either of some, or none."""

from collections.abc import Mapping, Sequence
from operator import attrgetter

from nmtchoose.engine.evaluate import truth
from nmtchoose.engine.fired import Fired
from nmtchoose.engine.therapies import Standing, concerns, stand_in
from nmtchoose.model.assessment import Recommendation, RecommendationKind, Strength
from nmtchoose.model.condition import Answered
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import RuleTable, SequencePlan, Therapy

_WORDS = {
    "not_offered_here": "{therapy} fits best among what this practice offers. Something else fits your answers better,"
    " and it is not offered here; it is named below.",
    "only_elsewhere": "This practice does not offer what is still possible with these answers: {therapy}.",
}


def recommend(fired: Fired, standing: Mapping[str, Standing], *, complete: bool) -> Recommendation:
    """Return what to book. Names no therapy when the disposition forbids it, and never one that is ruled out or held.

    `complete` is False while questions that matter are unanswered: then there is never enough information.
    """
    table = fired.table
    if fired.disposition.forbids_therapy:
        return worded(table, RecommendationKind.NONE, Strength.NONE, ())
    families = [standing[therapy.id] for therapy in table.therapies if therapy.form_of is None]
    named = [stand_in(one, table, standing) for one in families]
    if fired.disposition is Disposition.MEDICAL_SOON:
        named = [one for one in named if still_sensible(one.therapy, fired)]
    candidates = [one for one in named if one.open]
    if not candidates:
        elsewhere = [one.therapy for one in named if one.only_not_offered]
        return worded(table, RecommendationKind.NONE, Strength.NONE, elsewhere)
    by_family = {one.therapy.form_of or one.therapy.id: one for one in candidates}
    if not complete or not _enough(fired, families):
        fallback = by_family.get(table.decision.fallback)
        named_now = [fallback.therapy] if fallback else []
        return worded(table, RecommendationKind.NOT_ENOUGH_INFORMATION, Strength.NONE, named_now)
    return _sequence(fired, by_family) or _leader(table, candidates, families)


def still_sensible(therapy: Therapy, fired: Fired) -> bool:
    """Return True when every rule that sends the client to a doctor soon leaves `therapy` open elsewhere."""
    return all(
        concerns(therapy, rule.then.still_sensible)
        for rule in fired.rules
        if rule.then.disposition is Disposition.MEDICAL_SOON
    )


def _enough(fired: Fired, families: Sequence[Standing]) -> bool:
    """Return whether enough was answered, and the best fit of all, also of those ruled out, is enough to go by."""
    decision = fired.table.decision
    answered = sum(truth(Answered(question), fired.seen) is True for question in decision.enough_of)
    return answered >= decision.enough_answers and max(one.fit for one in families) >= decision.enough_points


def _sequence(fired: Fired, by_family: Mapping[str, Standing]) -> Recommendation | None:
    for plan in fired.table.decision.sequences:
        first = by_family.get(plan.first)
        later = max((by_family[one] for one in plan.later if one in by_family), key=attrgetter("fit"), default=None)
        if first is None or later is None or min(first.fit, later.fit) < plan.min_fit:
            continue
        if truth(plan.when, fired.seen) is True:
            named = (first.therapy, later.therapy)
            return worded(fired.table, RecommendationKind.SEQUENCE, Strength.CLEAR, named, plan)
    return None


def _leader(table: RuleTable, candidates: Sequence[Standing], families: Sequence[Standing]) -> Recommendation:
    ranked = sorted(candidates, key=attrgetter("fit"), reverse=True)
    best = ranked[0].fit
    level = [one.therapy for one in ranked if best - one.fit < table.decision.winner_lead]
    if len(level) > 1:
        return worded(table, RecommendationKind.EITHER, Strength.EVEN, level)
    clear = len(ranked) == 1 or best - ranked[1].fit >= table.decision.clear_lead
    strength = Strength.CLEAR if clear else Strength.SLIGHT
    better = [one for one in families if one.fit > best]
    if better:
        elsewhere = all(one.only_not_offered for one in better)
        strength = Strength.NOT_OFFERED_HERE if elsewhere else Strength.WHAT_IS_LEFT
    return worded(table, RecommendationKind.THERAPY, strength, [ranked[0].therapy])


def worded(
    table: RuleTable,
    kind: RecommendationKind,
    strength: Strength,
    named: Sequence[Therapy],
    plan: SequencePlan | None = None,
) -> Recommendation:
    """Return the recommendation of that kind in words; `named` are the therapies in order.

    Where none can be recommended they are those that the practice could offer and does not: told of, not recommended.
    """
    therapies = () if kind is RecommendationKind.NONE else tuple(one.id for one in named)
    if plan:
        text = plan.text.replace("{first}", named[0].name).replace("{later}", named[1].name)
        return Recommendation(kind, therapies, strength, text, plan.id)
    return Recommendation(kind, therapies, strength, _text(table, kind, strength, named))


def _text(table: RuleTable, kind: RecommendationKind, strength: Strength, named: Sequence[Therapy]) -> str:
    match kind:
        case RecommendationKind.NONE if not named:
            return ""
        case RecommendationKind.NOT_ENOUGH_INFORMATION:
            return table.texts.get(kind, "")
        case RecommendationKind.NONE:
            key = "only_elsewhere"
        case RecommendationKind.EITHER:
            key = "tie"
        case _:
            key = strength if strength in (Strength.WHAT_IS_LEFT, Strength.NOT_OFFERED_HERE) else "winner"
    names = " or ".join(therapy.name for therapy in named)
    return table.texts.get(key, _WORDS.get(key, "{therapy}")).replace("{therapy}", names)
