"""Which mutants a guarantee or a check notices, and which of them are no mutants at all, since nothing changes."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from nmtchoose.authoring.check_pair import MEANING
from nmtchoose.authoring.checks.pair import Pair, Side
from nmtchoose.authoring.mutants.mutants import UNSURE_GONE, Mutant
from nmtchoose.loading.nodes import Places
from nmtchoose.meaning.circuit import FALSE, Wire
from nmtchoose.meaning.completeness import interview_of
from nmtchoose.meaning.outcome import Outcome, outcome_of
from nmtchoose.model.answers import Answers
from nmtchoose.model.condition import NEVER
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import Effects, Guarantee, Rule
from nmtchoose.model.tables import Tables
from nmtchoose.proof.encoded import answers_on, encode, remarkable_answers, smallest
from nmtchoose.proof.less_strict import same_answers
from nmtchoose.proof.strictness import looser

SAME = "the same"
HARMLESS = "nothing less strict"


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
        self._usual = frozenset(_findings(tables))
        self._telling: dict[int, Wire] = {}
        self._without: dict[str, Outcome] = {}
        self._mutants = found  # kept alive, since they are told apart by identity

    def noticed(self, mutant: Mutant) -> str | None:
        """Return what notices `mutant` (the id of a guarantee, or of what check says), `SAME`, `HARMLESS`, or None."""
        fires = mutant.touched[0][1]
        if mutant.noun == "rule" and fires != NEVER and not self._encoded.can_hold(fires):
            return "the rule can never fire"
        if not self._encoded.solver.possible(self.telling(mutant)):
            return SAME
        if mutant.noun == "fact":
            broken = next((one.id for one in self._tables.rules.guarantees if mutant.id in one.means), None)
        else:
            broken = self._asking_broken(mutant) if mutant.noun == "question" else self._broken(mutant)
        found = broken or next((one for one in _findings(mutant.tables) if one not in self._usual), None)
        return found or (None if self._encoded.solver.possible(self.easing(mutant)) else HARMLESS)

    def easing(self, mutant: Mutant) -> Wire:
        """Return for which answers in an interview a result is less strict with `mutant`."""
        after = outcome_of(same_answers(self._encoded, mutant.tables.questionnaire), mutant.tables.rules)
        return self._encoded.circuit.all_of((self._encoded.only_asked, looser(self._before, after)))

    def telling(self, mutant: Mutant) -> Wire:
        """Return for which answers in an interview `mutant` decides, or asks, otherwise."""
        if id(mutant) not in self._telling:
            told = self._lost(mutant) if mutant.noun == "question" else self._differ(mutant)
            self._telling[id(mutant)] = self._encoded.circuit.all_of((self._encoded.only_asked, told))
        return self._telling[id(mutant)]

    def plain(self) -> Answers:
        """Return the plainest answers to everything that is asked."""
        found = smallest(self._encoded, (self._all_answered(),))
        return {} if found is None else answers_on(self._encoded.sheet, found)

    def _all_answered(self) -> Wire:
        """Return whether all is answered that applies, also after an alarm: else another alarm is the shortest way."""
        asked, circuit = self._encoded.sheet.asked.values(), self._encoded.circuit
        return -circuit.any_of(circuit.all_of((one.applies.true, one.answer.missing)) for one in asked)

    def plainest(
        self, first: Mutant, more: Iterable[Mutant]
    ) -> tuple[Answers, tuple[str, ...], Callable[[Mutant], bool]] | None:
        """Return the plainest complete answers for which as many as can be of `more`, and `first`, decide otherwise.

        Where `first` can make a result less strict, it does so with them.
        With them come the questions of which the answers stand out, and a function that says whether another mutant
        decides otherwise too. Return None where only open interviews tell.
        """
        complete, possible = self._all_answered(), self._encoded.solver.possible
        ways = ([one(first), complete] for one in (self.easing, self.telling))
        wanted = next((way for way in ways if possible(*way)), None)
        if wanted is None:
            return None
        for other in more:
            if possible(*wanted, self.telling(other)):
                wanted.append(self.telling(other))
        found = smallest(self._encoded, wanted)
        if found is None:
            return None
        answers = answers_on(self._encoded.sheet, found)
        told = remarkable_answers(self._encoded.questionnaire, self._encoded.thresholds, answers)
        return answers, tuple(told), lambda other: found.holds(self.telling(other))

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
        was, now = _decided(self._before), _decided(after)
        otherwise = circuit.any_of(circuit.differ(one, other) for one, other in zip(was, now, strict=False))
        told = -circuit.all_of((self._before.forbids_therapy, after.forbids_therapy))
        levels = zip(self._before.severity, after.severity, strict=True)
        return circuit.any_of((circuit.all_of((told, otherwise)), *(circuit.differ(*pair) for pair in levels)))

    def _broken(self, mutant: Mutant) -> str | None:
        """Return a guarantee that does not hold any more where the rule `mutant` fires no longer, or does less."""
        truth, circuit = self._encoded.sheet.truth, self._encoded.circuit
        rule = next(one for one in self._tables.rules.rules if one.id == mutant.id)
        before, after = mutant.touched[0]
        edited = next(one.then for one in mutant.tables.rules.rules if one.id == rule.id)
        done = Effects() if mutant.rules else edited
        lost = circuit.all_of((truth(before).true, truth(after).false))
        for promise in self._tables.rules.guarantees:
            wrong = self._wrong_without(promise, rule, done)
            if self._encoded.solver.possible(lost, truth(promise.when).true, wrong):
                return promise.id
        return None

    def _wrong_without(self, promise: Guarantee, rule: Rule, done: Effects) -> Wire:
        """Return whether `promise` is broken where `rule` does no more than `done`, as far as the other rules go."""
        floor, most, never = promise.disposition_at_least, promise.pressure_at_most, promise.never_suggest
        others = self._others(rule)
        later = (Disposition.MEDICAL_SOON, Disposition.DEFER, Disposition.CLEARANCE)
        elsewhere = (others.forbids_therapy, *(others.dispositions[one] for one in later))
        wrong = []
        if floor is not None and (done.disposition is None or done.disposition.severity < floor.severity):
            wrong.append(-others.severity[floor.severity])
        if most is not None and done.pressure_limit > most:
            wrong.append(others.circuit.all_of((-others.forbids_therapy, -others.pressure[most])))
        for therapy in set(rule.then.exclude).difference(done.exclude).intersection(never):
            wrong.append(others.circuit.all_of((-others.circuit.any_of(elsewhere), others.standing[therapy].open)))
        return others.circuit.any_of(wrong)

    def _others(self, rule: Rule) -> Outcome:
        """Return what all rules but `rule` make of the answers."""
        if rule.id not in self._without:
            table = self._tables.rules
            rest = tuple(one for one in table.rules if one.id != rule.id)
            self._without[rule.id] = outcome_of(self._encoded.sheet, replace(table, rules=rest))
        return self._without[rule.id]

    def _asking_broken(self, mutant: Mutant) -> str | None:
        """Return a guarantee about asking that does not hold for `mutant`."""
        truth, telling = self._encoded.sheet.truth, self.telling(mutant)
        if mutant.kind == UNSURE_GONE:
            return None  # a promise that names the option loses its "not sure", too
        for promise in self._tables.rules.guarantees:
            offered = promise.always_offered.get(mutant.id, ())
            asked = None if mutant.option else promise.always_asked.get(mutant.id)
            about = mutant.option in offered if mutant.option else asked is not None or offered
            wanted = (truth(one).true for one in (promise.when, asked) if one is not None)
            if about and self._encoded.solver.possible(telling, *wanted):
                return promise.id
        return None


def _decided(outcome: Outcome) -> Iterator[Wire]:
    """Yield what only matters where a therapy may be named."""
    yield from outcome.pressure
    for site in sorted(outcome.sheet.questionnaire.sites_by_name):
        yield from outcome.sites.get(site, (FALSE,) * len(outcome.pressure))
    for one in outcome.standing.values():
        yield from (one.barred, one.ruled_out, one.held, one.adapted, *one.limits)


_NOWHERE = Places({}, {})


def _findings(tables: Tables) -> Iterator[str]:
    """Yield what `check` says about a pair without its files."""
    pair = Pair(tables, Side("questions.yaml", None, _NOWHERE), Side("rules.yaml", None, _NOWHERE))
    for check in MEANING:
        yield from (f"{one.code.id} {one.problem}" for one in check(pair))
