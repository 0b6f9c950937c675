"""A small set of example answers to start a case file from: together they reach everything that can be reached."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from nmtchoose.meaning.circuit import Values, Wire
from nmtchoose.meaning.thresholds import Stretch
from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.tables import Tables
from nmtchoose.proof.encoded import Encoded, encode
from nmtchoose.proof.examples import smallest
from nmtchoose.proof.reachable import Target, reached, targets
from nmtchoose.proof.results import Thing
from nmtchoose.proof.witness import Pick, answers_on, confirmed

MOST_TOGETHER = 4
"""So many things are put into one set of answers on purpose, so that a person can still say what to expect."""

_TRIED = 12


@dataclass(frozen=True, slots=True)
class Witness:
    """Answers, and everything that the engine reaches with them."""

    answers: Answers
    assessment: Assessment
    reaches: frozenset[Target]


def covering_answers(tables: Tables) -> tuple[Witness, ...]:
    """Return complete sets of answers that together fire every rule that can fire, reach every outcome, ask every
    question, and stand on both sides of every threshold. Raises UsageError when no solver is installed.
    """
    encoded = encode(tables)
    left = targets(encoded) | _both_sides(encoded)
    covering = []
    while left:
        witness = _next_witness(encoded, left)
        if witness is not None:
            covering.append(witness)
    return tuple(covering)


def _both_sides(encoded: Encoded) -> dict[Target, Wire]:
    """Return a target for the first and the last number of each stretch between two thresholds."""
    sides: dict[Target, Wire] = {}
    for question, cuts in encoded.thresholds.items():
        for stretch in cuts.stretches if cuts.cuts else ():
            within = encoded.circuit.all_of(encoded.sheet.asked[question].answer.number_from(stretch.low, stretch.high))
            for number in (stretch.low, stretch.high):
                if stretch.low != cuts.minimum or number == stretch.high:
                    sides[Thing.NUMBER, f"{question}={number}"] = within
    return sides


def _next_witness(encoded: Encoded, left: dict[Target, Wire]) -> Witness | None:
    """Return a witness for the first target of `left` and some more, and take all it reaches out of `left`."""
    first, wire = next(iter(left.items()))
    del left[first]
    complete = encoded.result.interview.complete
    if not encoded.solver.possible(wire, complete):
        return None
    together = _grown(encoded, (complete, wire), [one for target, one in left.items() if target[0] is first[0]])
    found = smallest(encoded, together)
    if found is None:
        return None
    witness = _witness(encoded, found, {first, *left})
    for target in witness.reaches:
        left.pop(target, None)
    return witness


def _grown(encoded: Encoded, wanted: tuple[Wire, ...], more: Sequence[Wire]) -> tuple[Wire, ...]:
    for wire in islice(more, _TRIED):
        if len(wanted) <= MOST_TOGETHER and encoded.solver.possible(*wanted, wire):
            wanted = (*wanted, wire)
    return wanted


def _witness(encoded: Encoded, found: Values, open_targets: Iterable[Target]) -> Witness:
    answers = answers_on(encoded.sheet, found, _open_side(frozenset(open_targets)))
    assessment = confirmed(encoded.result, found, answers)
    numbers = {(Thing.NUMBER, f"{question}={answer}") for question, answer in answers.items()}
    return Witness(answers, assessment, reached(encoded.questionnaire, answers, assessment) | numbers)


def _open_side(open_targets: frozenset[Target]) -> Pick:
    """Return a way to pick numbers at that end of a stretch that no set of answers has stood on yet."""

    def pick(question: str, stretch: Stretch) -> int:
        if (Thing.NUMBER, f"{question}={stretch.low}") in open_targets:
            return stretch.low
        return stretch.high if (Thing.NUMBER, f"{question}={stretch.high}") in open_targets else stretch.low

    return pick
