"""From fit points and restrictions to what to book: one therapy, a sequence, either of some, or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from nmtchoose.engine.evaluate import View, truth
from nmtchoose.engine.fired import Fired
from nmtchoose.engine.therapies import Standing, stand_in
from nmtchoose.model.assessment import Recommendation, RecommendationKind, Strength
from nmtchoose.model.condition import Answered
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import RuleTable, SequencePlan, Therapy

_WORDS = {
    "not_offered_here": "{therapy} fits best among what this practice offers. Something else fits your answers better,"
    " and it is not offered here; it is named below.",
    "only_elsewhere": "This practice does not offer what is still possible with these answers: {therapy}.",
}
NOTHING = Recommendation(RecommendationKind.NONE, (), Strength.NONE, "")


class Field(NamedTuple):
    """The therapies that may be named, and the fit of every therapy by id.

    `families` are the ids of the therapies that are no form of another; those that were ruled out are among them.
    `elsewhere` are therapies that could be named if the practice offered them, and `not_offered` the ids of all that
    only this rules out.
    """

    candidates: tuple[Therapy, ...]
    elsewhere: tuple[Therapy, ...]
    families: tuple[str, ...]
    fits: Mapping[str, int]
    not_offered: frozenset[str]

    def fit(self, therapy: Therapy) -> int:
        """Return the fit of `therapy`."""
        return self.fits[therapy.id]


def recommend(
    table: RuleTable,
    disposition: Disposition,
    fired: Fired,
    standing: Mapping[str, Standing],
    seen: View,
    *,
    complete: bool,
) -> Recommendation:
    """Return what to book. Names no therapy when `disposition` forbids it, and never one that is ruled out or held.

    `complete` is False while questions that matter are unanswered: then there is never enough information.
    """
    if disposition.forbids_therapy:
        return NOTHING
    answered = sum(truth(Answered(question), seen) is True for question in table.decision.enough_of)
    field = _field(table, disposition, fired, standing)
    return choose(
        table, field, complete=complete, answered=answered, possible=lambda plan: truth(plan.when, seen) is True
    )


def choose(
    table: RuleTable, field: Field, *, complete: bool, answered: int, possible: Callable[[SequencePlan], bool]
) -> Recommendation:
    """Return what to book from `field`; `answered` of the questions that matter most were, and `possible` says whether
    the answers allow a sequence.
    """
    if not field.candidates:
        return worded(table, RecommendationKind.NONE, Strength.NONE, field.elsewhere)
    if not complete or not _enough(table, field, answered):
        return _not_enough(table, field)
    return _sequence(table, field, possible) or _leader(table, field)


def _field(table: RuleTable, disposition: Disposition, fired: Fired, standing: Mapping[str, Standing]) -> Field:
    families = [therapy for therapy in table.therapies if therapy.form_of is None]
    named = [stand_in(therapy, table, standing) for therapy in families]
    if disposition is Disposition.MEDICAL_SOON:
        named = [therapy for therapy in named if _still_sensible(therapy, fired)]
    return Field(
        candidates=tuple(therapy for therapy in named if standing[therapy.id].open),
        elsewhere=tuple(therapy for therapy in named if standing[therapy.id].only_not_offered),
        families=tuple(therapy.id for therapy in families),
        fits={one: standing[one].fit for one in standing},
        not_offered=frozenset(one for one in standing if standing[one].only_not_offered),
    )


def _still_sensible(therapy: Therapy, fired: Fired) -> bool:
    """Return True when every rule that sends the client to a doctor soon leaves `therapy` open elsewhere."""
    return all(
        therapy.id in rule.then.still_sensible or therapy.form_of in rule.then.still_sensible
        for rule in fired.rules
        if rule.then.disposition is Disposition.MEDICAL_SOON
    )


def _enough(table: RuleTable, field: Field, answered: int) -> bool:
    best = max(field.fits[one] for one in field.families)
    return answered >= table.decision.enough_answers and best >= table.decision.enough_points


def _not_enough(table: RuleTable, field: Field) -> Recommendation:
    families = {therapy.form_of or therapy.id: therapy for therapy in field.candidates}
    fallback = families.get(table.decision.fallback)
    return worded(table, RecommendationKind.NOT_ENOUGH_INFORMATION, Strength.NONE, [fallback] if fallback else [])


def _sequence(table: RuleTable, field: Field, possible: Callable[[SequencePlan], bool]) -> Recommendation | None:
    for plan in filter(possible, table.decision.sequences):
        families = {therapy.form_of or therapy.id: therapy for therapy in field.candidates}
        first = families.get(plan.first)
        later = _best([families[one] for one in plan.later if one in families], field)
        if first is None or later is None:
            continue
        if min(field.fit(first), field.fit(later)) >= plan.min_fit:
            return worded(table, RecommendationKind.SEQUENCE, Strength.CLEAR, (first, later), plan)
    return None


def _best(therapies: Sequence[Therapy], field: Field) -> Therapy | None:
    return max(therapies, key=field.fit, default=None)


def _leader(table: RuleTable, field: Field) -> Recommendation:
    ranked = sorted(field.candidates, key=field.fit, reverse=True)
    best = field.fit(ranked[0])
    level = [therapy for therapy in ranked if best - field.fit(therapy) < table.decision.winner_lead]
    if len(level) > 1:
        return worded(table, RecommendationKind.EITHER, Strength.EVEN, level)
    lead = best - field.fit(ranked[1]) if len(ranked) > 1 else table.decision.clear_lead
    strength = Strength.CLEAR if lead >= table.decision.clear_lead else Strength.SLIGHT
    better = [one for one in field.families if field.fits[one] > best]
    if better:
        elsewhere = all(one in field.not_offered for one in better)
        strength = Strength.NOT_OFFERED_HERE if elsewhere else Strength.WHAT_IS_LEFT
    return worded(table, RecommendationKind.THERAPY, strength, ranked[:1])


def worded(
    table: RuleTable,
    kind: RecommendationKind,
    strength: Strength,
    named: Sequence[Therapy],
    plan: SequencePlan | None = None,
) -> Recommendation:
    """Return the recommendation of that kind in words.

    `named` are the therapies in order. Where none can be recommended they are those that the practice could offer and
    does not: they are told of, and not recommended.
    """
    therapies = () if kind is RecommendationKind.NONE else tuple(one.id for one in named)
    return Recommendation(
        kind, therapies, strength, _said(table, kind, strength, named, plan), plan.id if plan else None
    )


def _said(
    table: RuleTable,
    kind: RecommendationKind,
    strength: Strength,
    named: Sequence[Therapy],
    plan: SequencePlan | None,
) -> str:
    match kind:
        case RecommendationKind.NONE:
            return _text(table, "only_elsewhere", named) if named else ""
        case RecommendationKind.NOT_ENOUGH_INFORMATION:
            return table.texts.get("not_enough_information", "")
        case RecommendationKind.SEQUENCE if plan:
            return plan.text.replace("{first}", named[0].name).replace("{later}", named[1].name)
        case RecommendationKind.EITHER:
            return _text(table, "tie", named)
        case _:
            behind = strength in (Strength.WHAT_IS_LEFT, Strength.NOT_OFFERED_HERE)
            return _text(table, strength.value if behind else "winner", named)


def _text(table: RuleTable, key: str, therapies: Sequence[Therapy]) -> str:
    names = " or ".join(therapy.name for therapy in therapies)
    return table.texts.get(key, _WORDS.get(key, "{therapy}")).replace("{therapy}", names)
