"""One therapy first and another later: the first plan of the table that is possible, and what it names."""

from __future__ import annotations

from dataclasses import dataclass

from nmtchoose.meaning.circuit import FALSE, Wire
from nmtchoose.meaning.fits import Fits, Named
from nmtchoose.meaning.sheet import Sheet
from nmtchoose.model.rules import SequencePlan, Therapy


@dataclass(frozen=True, slots=True)
class Planned:
    """Whether any plan is possible, which one is taken (by id), and which therapy it names first and which later."""

    possible: Wire
    taken: Named
    first: Named
    later: Named


def planned(sheet: Sheet, fits: Fits) -> Planned:
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
    return Planned(possible, taken, first, later)


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
