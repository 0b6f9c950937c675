"""What is recommended, as `nmtchoose.engine.recommend` decides it, as literals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nmtchoose.authoring.proof.gates import FALSE, Literal
from nmtchoose.authoring.proof.outcome import Outcome
from nmtchoose.authoring.proof.standing import StandingLiterals, concerns, stand_ins
from nmtchoose.authoring.proof.sums import Terms, difference, sum_at_least
from nmtchoose.model.assessment import RecommendationKind
from nmtchoose.model.condition import Answered
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import RuleTable, SequencePlan, Therapy


@dataclass(frozen=True, slots=True)
class Booking:
    """What may be booked.

    `candidates`: which therapies may be named. `kinds`: how the recommendation ends, each decided by itself, so that
    "exactly one" is something to prove. `named`: which therapies it names, by the kind that names them.
    """

    candidates: Mapping[str, Literal]
    kinds: Mapping[RecommendationKind, Literal]
    named_by: Mapping[RecommendationKind, Mapping[str, Literal]]
    sequence_names_one_twice: Literal

    def named(self, therapy_id: str) -> tuple[Literal, ...]:
        """Return literals, one of which is true when the recommendation names that therapy."""
        return tuple(named[therapy_id] for named in self.named_by.values() if therapy_id in named)


def booking_of(outcome: Outcome, standing: Mapping[str, StandingLiterals], complete: Literal) -> Booking:
    """Return what is recommended; `complete` is true when no question that matters is unanswered."""
    field = _Field(outcome, _candidates(outcome, standing))
    gates = outcome.gates
    none = gates.any_of((outcome.forbids_therapy, -gates.any_of(field.candidates.values())))
    enough = gates.all_of((complete, _answers_enough(outcome), field.points_enough()))
    informed = gates.all_of((-none, enough))
    sequence = _Sequence(field)
    leading = gates.all_of((informed, -sequence.possible))
    level = {one.id: field.level(one) for one in field.therapies}
    tie = gates.at_least(2, level.values())
    winner = gates.any_of(field.best(one) for one in field.therapies)
    kinds = {
        RecommendationKind.NONE: none,
        RecommendationKind.NOT_ENOUGH_INFORMATION: gates.all_of((-none, -enough)),
        RecommendationKind.SEQUENCE: gates.all_of((informed, sequence.possible)),
        RecommendationKind.EITHER: gates.all_of((leading, tie)),
        RecommendationKind.THERAPY: gates.all_of((leading, winner, -tie)),
    }
    says = {
        RecommendationKind.NOT_ENOUGH_INFORMATION: field.fallback(),
        RecommendationKind.SEQUENCE: sequence.named,
        RecommendationKind.EITHER: level,
        RecommendationKind.THERAPY: {one.id: field.best(one) for one in field.therapies},
    }
    named_by = {
        kind: {therapy_id: gates.all_of((kinds[kind], named)) for therapy_id, named in therapies.items()}
        for kind, therapies in says.items()
    }
    twice = gates.all_of((kinds[RecommendationKind.SEQUENCE], sequence.names_one_twice))
    return Booking(field.candidates, kinds, named_by, twice)


def _candidates(outcome: Outcome, standing: Mapping[str, StandingLiterals]) -> dict[str, Literal]:
    soon = outcome.dispositions[Disposition.MEDICAL_SOON]
    candidates = {}
    for therapy_id, stands_in in stand_ins(outcome.table, standing, outcome).items():
        therapy = outcome.table.therapy(therapy_id)
        closed = outcome.any_fired(
            lambda rule, therapy=therapy: (  # type: ignore[misc]
                rule.then.disposition is Disposition.MEDICAL_SOON and not concerns(therapy, rule.then.still_sensible)
            )
        )
        candidates[therapy_id] = outcome.gates.all_of((stands_in, -outcome.gates.all_of((soon, closed))))
    return candidates


def _answers_enough(outcome: Outcome) -> Literal:
    decision = outcome.table.decision
    answered = [outcome.sheet.truth(Answered(question)).true for question in decision.enough_of]
    return outcome.gates.at_least(decision.enough_answers, answered)


class _Field:
    """The therapies that may be named, and how they compare."""

    def __init__(self, outcome: Outcome, candidates: Mapping[str, Literal]) -> None:
        self.outcome = outcome
        self.gates = outcome.gates
        self.table: RuleTable = outcome.table
        self.candidates = candidates
        places = {one.id: place for place, one in enumerate(self.table.therapies)}
        known = (one for one in self.table.therapies if one.id in candidates)
        self.therapies = tuple(sorted(known, key=lambda one: places[one.form_of or one.id]))
        self._terms = {one.id: self._fit(one) for one in self.therapies}

    def _fit(self, therapy: Therapy) -> Terms:
        ids = {therapy.id, therapy.form_of}
        terms: dict[Literal, int] = {}
        for rule in self.table.rules:
            points = sum(points for one, points in rule.then.fit.items() if one in ids)
            fired = self.outcome.fired[rule.id]
            terms[fired] = terms.get(fired, 0) + points
        return terms

    def fit_at_least(self, therapy: Therapy, points: int) -> Literal:
        """Return whether the fit of `therapy` is at least `points`."""
        return sum_at_least(self.gates, self._terms[therapy.id], points)

    def ahead(self, one: Therapy, other: Therapy, lead: int) -> Literal:
        """Return whether `one` fits better than `other` by at least `lead` points."""
        return sum_at_least(self.gates, difference(self._terms[one.id], self._terms[other.id]), lead)

    def points_enough(self) -> Literal:
        """Return whether the best fit of all therapies, also of those ruled out, is enough to go by."""
        families = [one for one in self.therapies if one.form_of is None]
        return self.gates.any_of(self.fit_at_least(one, self.table.decision.enough_points) for one in families)

    def best(self, therapy: Therapy, among: Sequence[Therapy] | None = None) -> Literal:
        """Return whether `therapy` is the first candidate with the best fit, in the order of `among`."""
        rivals = self.therapies if among is None else among
        place = rivals.index(therapy)
        beaten = [
            self.gates.all_of((self.candidates[rival.id], self.ahead(rival, therapy, 0 if before < place else 1)))
            for before, rival in enumerate(rivals)
            if rival is not therapy and not self.same_family(rival, therapy)
        ]
        return self.gates.all_of((self.candidates[therapy.id], *(-one for one in beaten)))

    def level(self, therapy: Therapy) -> Literal:
        """Return whether `therapy` is a candidate that no other leads by enough to win."""
        lead = self.table.decision.winner_lead
        if lead <= 0:
            return FALSE
        led = [
            self.gates.all_of((self.candidates[rival.id], self.ahead(rival, therapy, lead)))
            for rival in self.therapies
            if not self.same_family(rival, therapy)
        ]
        return self.gates.all_of((self.candidates[therapy.id], *(-one for one in led)))

    def family(self, family_id: str) -> tuple[Therapy, ...]:
        """Return the therapy with that id and its forms; at most one of them is a candidate."""
        return tuple(one for one in self.therapies if (one.form_of or one.id) == family_id)

    def same_family(self, one: Therapy, other: Therapy) -> bool:
        """Return whether the two are forms of one therapy."""
        return (one.form_of or one.id) == (other.form_of or other.id)

    def fallback(self) -> dict[str, Literal]:
        """Return which therapy is named when there is not enough to go by."""
        return {one.id: self.candidates[one.id] for one in self.family(self.table.decision.fallback)}


class _Sequence:
    """The first plan of the table that is possible, and what it names."""

    def __init__(self, field: _Field) -> None:
        self._field = field
        gates = field.gates
        self.possible = FALSE
        self.named: dict[str, Literal] = {one.id: FALSE for one in field.therapies}
        self.names_one_twice = FALSE
        for plan in field.table.decision.sequences:
            takes_place = gates.all_of((self._possible(plan), -self.possible))
            self._name(plan, takes_place)
            self.possible = gates.any_of((self.possible, takes_place))

    def _later(self, plan: SequencePlan) -> tuple[Therapy, ...]:
        return tuple(one for family in dict.fromkeys(plan.later) for one in self._field.family(family))

    def _possible(self, plan: SequencePlan) -> Literal:
        gates = self._field.gates
        fits = gates.any_of(self._fits(one, plan) for one in self._field.family(plan.first))
        later = gates.any_of(self._fits(one, plan) for one in self._later(plan))
        return gates.all_of((fits, later, self._field.outcome.sheet.truth(plan.when).true))

    def _fits(self, therapy: Therapy, plan: SequencePlan) -> Literal:
        return self._field.gates.all_of(
            (self._field.candidates[therapy.id], self._field.fit_at_least(therapy, plan.min_fit))
        )

    def _name(self, plan: SequencePlan, takes_place: Literal) -> None:
        gates = self._field.gates
        later = self._later(plan)
        first = {one.id: self._field.candidates[one.id] for one in self._field.family(plan.first)}
        then = {one.id: self._field.best(one, later) for one in later}
        for therapy_id, named in [*first.items(), *then.items()]:
            here = gates.all_of((takes_place, named))
            self.named[therapy_id] = gates.any_of((self.named[therapy_id], here))
        both = [gates.all_of((takes_place, first[one], then[one])) for one in first if one in then]
        self.names_one_twice = gates.any_of((self.names_one_twice, *both))
