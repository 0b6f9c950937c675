"""What is recommended, as `nmtchoose.engine.recommend` decides it, as wires."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from nmtchoose.meaning.circuit import FALSE, Circuit, Wire
from nmtchoose.meaning.fits import Fits, Named
from nmtchoose.meaning.outcome import Outcome
from nmtchoose.meaning.sheet import Sheet
from nmtchoose.model.assessment import RecommendationKind, Strength
from nmtchoose.model.condition import Answered
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import SequencePlan, Therapy


@dataclass(frozen=True, slots=True)
class Booking:
    """What may be booked.

    `kinds`: how the recommendation ends, each decided by itself, so that
    "exactly one" is something to prove. `named_by`: which therapies it names, by the kind that names them; `places`:
    which one it names first, second and so on. `strengths` and `plans` (by the id of the plan) say the rest of it.
    `elsewhere`: which therapies could be named if the practice offered them, where nothing else can be.
    """

    kinds: Mapping[RecommendationKind, Wire]
    named_by: Mapping[RecommendationKind, Named]
    places: tuple[Named, ...]
    strengths: Mapping[Strength, Wire]
    plans: Mapping[str, Wire]
    elsewhere: Named

    @property
    def groups(self) -> Iterator[Mapping[Any, Wire]]:
        """The wires that tell one recommendation from another; of all but the last group at most one is true."""
        yield self.kinds
        yield self.strengths
        yield from (self.plans, *self.places, self.elsewhere)

    def named(self, therapy_id: str) -> tuple[Wire, ...]:
        """Return wires, one of which is true when the recommendation names that therapy."""
        return tuple(named[therapy_id] for named in self.named_by.values() if therapy_id in named)

    def suggested(self, therapy_id: str) -> tuple[Wire, ...]:
        """Return wires, one of which is true when that therapy is named not only for want of information."""
        return tuple(
            named[therapy_id]
            for kind, named in self.named_by.items()
            if kind is not RecommendationKind.NOT_ENOUGH_INFORMATION and therapy_id in named
        )


def booking_of(outcome: Outcome, complete: Wire) -> Booking:
    """Return what is recommended; `complete` is true when no question that matters is unanswered."""
    circuit = outcome.circuit
    candidates, elsewhere = _nameable(outcome)
    fits = Fits(outcome, candidates)
    nobody = -circuit.any_of(candidates.values())
    none = circuit.any_of((outcome.forbids_therapy, nobody))
    enough = circuit.all_of((-none, complete, _answers_enough(outcome), fits.enough()))
    plans = _planned(outcome.sheet, fits)
    leading = circuit.all_of((enough, -plans.possible))
    best = {one.id: fits.best(one, fits.therapies) for one in fits.therapies}
    level = fits.level()
    tie = circuit.at_least(2, level.values())
    kinds = {
        RecommendationKind.NONE: none,
        RecommendationKind.NOT_ENOUGH_INFORMATION: circuit.all_of((-none, -enough)),
        RecommendationKind.SEQUENCE: circuit.all_of((enough, plans.possible)),
        RecommendationKind.EITHER: circuit.all_of((leading, tie)),
        RecommendationKind.THERAPY: circuit.all_of((leading, circuit.any_of(best.values()), -tie)),
    }
    fallback = {one.id: candidates[one.id] for one in fits.family(fits.decision.fallback)}
    places: Mapping[RecommendationKind, tuple[Named, ...]] = {
        RecommendationKind.NOT_ENOUGH_INFORMATION: (fallback,),
        RecommendationKind.SEQUENCE: (plans.first, plans.later),
        RecommendationKind.EITHER: fits.ranked(level),
        RecommendationKind.THERAPY: (best,),
    }
    named_by = {kind: _where(circuit, kinds[kind], _union(circuit, named)) for kind, named in places.items()}
    named_by[RecommendationKind.EITHER] = _where(circuit, kinds[RecommendationKind.EITHER], level)
    by_kind = [[_where(circuit, kinds[kind], named) for named in several] for kind, several in places.items()]
    return Booking(
        kinds=kinds,
        named_by=named_by,
        places=tuple(_union(circuit, named) for named in zip_longest(*by_kind, fillvalue={})),
        strengths=_strengths(fits, outcome, kinds, best),
        plans=_where(circuit, kinds[RecommendationKind.SEQUENCE], plans.taken),
        elsewhere=_where(circuit, circuit.all_of((nobody, -outcome.forbids_therapy)), elsewhere),
    )


def _where(circuit: Circuit, condition: Wire, named: Named) -> Named:
    return {one: circuit.all_of((condition, wire)) for one, wire in named.items()}


def _union(circuit: Circuit, several: Iterable[Named]) -> Named:
    """Return who is named by one of `several`."""
    found: dict[str, list[Wire]] = {}
    for named in several:
        for one, wire in named.items():
            found.setdefault(one, []).append(wire)
    return {one: circuit.any_of(wires) for one, wires in found.items()}


def _strengths(
    fits: Fits, outcome: Outcome, kinds: Mapping[RecommendationKind, Wire], best: Named
) -> dict[Strength, Wire]:
    """Return how far the first choice is ahead; a better fit may be ruled out, or only not offered."""
    circuit, families = fits.circuit, [one for one in fits.therapies if one.form_of is None]
    found: dict[Strength, list[Wire]] = {one: [] for one in Strength}
    for one in fits.therapies:
        ahead = {rival.id: fits.ahead(rival, one, 1) for rival in families if rival is not one}
        better = circuit.any_of(ahead.values())
        unfit = circuit.any_of(
            circuit.all_of((wire, -outcome.standing[rival].only_not_offered)) for rival, wire in ahead.items()
        )
        clear = fits.leads(one, fits.decision.clear_lead)
        found[Strength.WHAT_IS_LEFT].append(circuit.all_of((best[one.id], unfit)))
        found[Strength.NOT_OFFERED_HERE].append(circuit.all_of((best[one.id], better, -unfit)))
        found[Strength.CLEAR].append(circuit.all_of((best[one.id], -better, clear)))
        found[Strength.SLIGHT].append(circuit.all_of((best[one.id], -better, -clear)))
    strengths = {
        one: circuit.all_of((kinds[RecommendationKind.THERAPY], circuit.any_of(wires))) for one, wires in found.items()
    }
    strengths[Strength.CLEAR] = circuit.any_of((strengths[Strength.CLEAR], kinds[RecommendationKind.SEQUENCE]))
    strengths[Strength.EVEN] = kinds[RecommendationKind.EITHER]
    strengths[Strength.NONE] = circuit.any_of(
        (kinds[RecommendationKind.NONE], kinds[RecommendationKind.NOT_ENOUGH_INFORMATION])
    )
    return strengths


def _nameable(outcome: Outcome) -> tuple[dict[str, Wire], dict[str, Wire]]:
    """Return for each therapy whether it may be named, and whether it could be if the practice offered it.

    Of each family that is the first form that is in play and open, or else the therapy itself.
    """
    circuit, therapies, standing = outcome.circuit, outcome.table.therapies, outcome.standing
    soon = outcome.dispositions[Disposition.MEDICAL_SOON]
    sensible = {one: -circuit.all_of((soon, stands.closed)) for one, stands in standing.items()}
    named: dict[str, Wire] = {}
    elsewhere: dict[str, Wire] = {}
    for family in (one for one in therapies if one.form_of is None):
        taken = FALSE
        for form in (one for one in therapies if one.form_of == family.id):
            fits = circuit.all_of((standing[form.id].in_play, standing[form.id].open))
            named[form.id] = circuit.all_of((fits, -taken, sensible[form.id]))
            taken = circuit.any_of((taken, fits))
        rest = circuit.all_of((-taken, sensible[family.id]))
        named[family.id] = circuit.all_of((standing[family.id].open, rest))
        elsewhere[family.id] = circuit.all_of((standing[family.id].only_not_offered, rest))
    return named, elsewhere


def _answers_enough(outcome: Outcome) -> Wire:
    decision = outcome.table.decision
    answered = [outcome.sheet.truth(Answered(question)).true for question in decision.enough_of]
    return outcome.circuit.at_least(decision.enough_answers, answered)


@dataclass(frozen=True, slots=True)
class _Planned:
    """Whether any plan is possible, which one is taken (by id), and which therapy it names first and which later."""

    possible: Wire
    taken: Named
    first: Named
    later: Named


def _planned(sheet: Sheet, fits: Fits) -> _Planned:
    """Return which plan is taken with the answers on `sheet`."""
    circuit = fits.circuit
    possible = FALSE
    taken: dict[str, Wire] = {}
    first = {one.id: FALSE for one in fits.therapies}
    later = dict(first)
    for plan in fits.decision.sequences:
        here = circuit.all_of((_is_possible(plan, sheet, fits), -possible))
        taken[plan.id] = circuit.any_of((taken.get(plan.id, FALSE), here))
        possible = circuit.any_of((possible, here))
        for one in fits.family(plan.first):
            named = circuit.all_of((here, fits.candidates[one.id]))
            first[one.id] = circuit.any_of((first[one.id], named))
        for one in _later(plan, fits):
            named = circuit.all_of((here, fits.best(one, _later(plan, fits))))
            later[one.id] = circuit.any_of((later[one.id], named))
    return _Planned(possible, taken, first, later)


def _later(plan: SequencePlan, fits: Fits) -> tuple[Therapy, ...]:
    return tuple(one for family in dict.fromkeys(plan.later) for one in fits.family(family))


def _is_possible(plan: SequencePlan, sheet: Sheet, fits: Fits) -> Wire:
    def fitting(therapies: tuple[Therapy, ...]) -> Wire:
        return fits.circuit.any_of(
            fits.circuit.all_of((fits.candidates[one.id], fits.at_least(one, plan.min_fit))) for one in therapies
        )

    return fits.circuit.all_of(
        (fitting(fits.family(plan.first)), fitting(_later(plan, fits)), sheet.truth(plan.when).true)
    )
