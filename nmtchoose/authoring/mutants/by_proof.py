"""Which mutants a guarantee or a check notices, and which of them are no mutants at all, since nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from nmtchoose.authoring.checks.pair import Pair, Side
from nmtchoose.authoring.checks.registry import MEANING
from nmtchoose.authoring.mutants.mutants import Mutant
from nmtchoose.loading.places import Places
from nmtchoose.meaning.circuit import FALSE, Wire
from nmtchoose.meaning.completeness import interview_of
from nmtchoose.meaning.outcome import Outcome, outcome_of
from nmtchoose.meaning.standing import Standing, standings
from nmtchoose.model.answers import Answers
from nmtchoose.model.condition import NEVER, Condition
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import Guarantee
from nmtchoose.model.tables import Tables
from nmtchoose.proof.encoded import Encoded, encode
from nmtchoose.proof.examples import in_words, smallest
from nmtchoose.proof.witness import answers_on

SAME = "the same"


class Prover:
    """What is known without cases about mutants of one pair. `found` are the mutants it will be asked about, and no
    others: what was worked out for one is kept.
    """

    def __init__(self, tables: Tables, found: Sequence[Mutant]) -> None:
        """Lay the pair out with every answer open. Raises UsageError when no solver is installed."""
        conditions = [part for mutant in found for pair in mutant.touched for part in pair]
        self._encoded = encode(tables, conditions)
        self._tables = tables
        self._before = outcome_of(self._encoded.sheet, tables.rules)
        self._standing = standings(self._before)
        self._usual = frozenset(_findings(tables))
        self._telling: dict[int, Wire] = {}
        self._mutants = found  # kept alive, since they are told apart by identity

    def noticed(self, mutant: Mutant) -> str | None:
        """Return what notices `mutant` (the id of a guarantee, or of what check says), `SAME`, or None."""
        found = next((one for one in _findings(mutant.tables) if one not in self._usual), None)
        if found is not None:
            return found
        fires = mutant.touched[0][1]
        if mutant.noun == "rule" and fires != NEVER and not self._encoded.can_hold(fires):
            return "the rule can never fire"
        if not self._encoded.solver.possible(self.telling(mutant)):
            return SAME
        return self._asking_broken(mutant) if mutant.noun == "question" else self._broken(mutant)

    def telling(self, mutant: Mutant) -> Wire:
        """Return for which answers in an interview `mutant` decides, or asks, otherwise."""
        if id(mutant) not in self._telling:
            told = self._lost(mutant) if mutant.noun == "question" else self._differ(mutant)
            self._telling[id(mutant)] = self._encoded.circuit.all_of((self._encoded.only_asked, told))
        return self._telling[id(mutant)]

    def plainest(self, mutant: Mutant) -> tuple[Answers, tuple[str, ...], Callable[[Mutant], bool]] | None:
        """Return the plainest complete answers for which `mutant` decides otherwise, what stands out in them, and a
        function that says whether another mutant does so too; None where only open interviews tell.
        """
        complete = interview_of(self._before).complete
        if not self._encoded.solver.possible(self.telling(mutant), complete):
            return None
        found = smallest(self._encoded, (self.telling(mutant), complete))
        if found is None:
            return None
        answers = answers_on(self._encoded.sheet, found)
        return answers, in_words(self._encoded, answers), lambda other: found.holds(self.telling(other))

    def _lost(self, mutant: Mutant) -> Wire:
        """Return whether a question is not asked any more, or an option not offered, in an interview still going on."""
        circuit, truth = self._encoded.circuit, self._encoded.sheet.truth
        going_on = -interview_of(self._before).urgent
        lost = []
        for before, after in mutant.touched:
            was, now = truth(before), truth(after)
            lost.append(circuit.all_of((-was.false, now.false) if mutant.option else (was.true, -now.true)))
        return circuit.all_of((going_on, circuit.any_of(lost)))

    def _differ(self, mutant: Mutant) -> Wire:
        """Return whether anything is decided otherwise; where conditions change, whether another rule fires."""
        circuit, truth = self._encoded.circuit, self._encoded.sheet.truth
        if mutant.rules:
            pairs = [(truth(before), truth(after)) for before, after in mutant.touched]
            fires = [circuit.differ(was.true, now.true) for was, now in pairs]
            # A rule that stays open matters only where no doctor comes first anyway.
            opens = circuit.any_of(circuit.differ(was.false, now.false) for was, now in pairs)
            return circuit.any_of((*fires, circuit.all_of((-self._before.forbids_therapy, opens))))
        after = outcome_of(self._encoded.sheet, mutant.tables.rules)
        was, now = _decided(self._before, self._standing), _decided(after, standings(after))
        otherwise = circuit.any_of(circuit.differ(one, other) for one, other in zip(was, now, strict=False))
        told = -circuit.all_of((self._before.forbids_therapy, after.forbids_therapy))
        levels = zip(self._before.severity, after.severity, strict=True)
        return circuit.any_of((circuit.all_of((told, otherwise)), *(circuit.differ(*pair) for pair in levels)))

    def _broken(self, mutant: Mutant) -> str | None:
        """Return a guarantee that does not hold for `mutant`."""
        if mutant.rules and not self._fires_less(mutant.touched):
            return None
        after = outcome_of(self._encoded.sheet, mutant.tables.rules)
        standing = standings(after)
        broken = {one.id: _breaks(one, after, standing, self._encoded) for one in self._tables.rules.guarantees}
        if not self._encoded.solver.possible(self._encoded.circuit.any_of(broken.values())):
            return None
        return next((name for name, wire in broken.items() if self._encoded.solver.possible(wire)), None)

    def _fires_less(self, touched: Iterable[tuple[Condition, Condition]]) -> bool:
        """Return whether a rule no longer fires for somebody: only then can a promise be broken."""
        truth, circuit = self._encoded.sheet.truth, self._encoded.circuit
        lost = (circuit.all_of((truth(before).true, -truth(after).true)) for before, after in touched)
        return self._encoded.solver.possible(circuit.any_of(lost))

    def _asking_broken(self, mutant: Mutant) -> str | None:
        """Return a guarantee about asking that does not hold for `mutant`."""
        telling = self.telling(mutant)
        for promise in self._tables.rules.guarantees:
            offered = promise.always_offered.get(mutant.id, ())
            about = mutant.option in offered if mutant.option else mutant.id in promise.always_asked or offered
            if about and self._encoded.solver.possible(telling, self._encoded.sheet.truth(promise.when).true):
                return promise.id
        return None


def _decided(outcome: Outcome, standing: dict[str, Standing]) -> Iterator[Wire]:
    """Yield what only matters where a therapy may be named."""
    yield from outcome.pressure
    for site in sorted(outcome.sheet.questionnaire.sites_by_name):
        yield from outcome.sites.get(site, (FALSE,) * len(outcome.pressure))
    for one in standing.values():
        yield from (one.barred, one.ruled_out, one.held, one.adapted, *one.limits)


def _breaks(promise: Guarantee, outcome: Outcome, standing: dict[str, Standing], encoded: Encoded) -> Wire:
    """Return whether `promise` is broken, as far as that shows without the recommendation."""
    circuit = outcome.circuit
    later = (outcome.dispositions[one] for one in (Disposition.MEDICAL_SOON, Disposition.DEFER, Disposition.CLEARANCE))
    named = -circuit.any_of((outcome.forbids_therapy, *later))
    wrong = [circuit.all_of((named, standing[one].open)) for one in promise.never_suggest]
    if promise.disposition_at_least is not None:
        wrong.append(-outcome.severity[promise.disposition_at_least.severity])
    if promise.pressure_at_most is not None:
        wrong.append(circuit.all_of((-outcome.forbids_therapy, -outcome.pressure[promise.pressure_at_most])))
    return circuit.all_of((encoded.sheet.truth(promise.when).true, circuit.any_of(wrong)))


_NOWHERE = Places({}, ())


def _findings(tables: Tables) -> Iterator[str]:
    """Yield what `check` says about a pair without its files."""
    pair = Pair(tables, Side("questions.yaml", None, _NOWHERE), Side("rules.yaml", None, _NOWHERE))
    for check in MEANING:
        yield from (f"{one.code.id} {one.problem}" for one in check(pair))
