"""Which mutants the cases notice: every condition for all cases at once, and the engine for the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce
from operator import or_

from nmtchoose.authoring.cases import Case
from nmtchoose.authoring.mutants.mutants import Mutant
from nmtchoose.authoring.run_cases import differences
from nmtchoose.engine.assess import assess, conclusion
from nmtchoose.engine.evaluate import Truth, truth
from nmtchoose.engine.fired import Fired, fire
from nmtchoose.engine.interview import State, state
from nmtchoose.meaning.several import Bits, Several
from nmtchoose.model.tables import Tables


class ByCases:
    """What some cases say of `found`, mutants of one pair."""

    def __init__(self, tables: Tables, found: Sequence[Mutant], cases: Sequence[Case]) -> None:
        conditions = [part for mutant in found for pair in mutant.touched for part in pair]
        self._clients = Several(tables, [one.answers for one in cases], conditions)
        self._cases = cases
        self._today = _Today(tables, cases)

    def noticed(self, mutant: Mutant) -> str | None:
        """Return the id of a case that fails with `mutant`, or None."""
        truths = [tuple(map(self._clients.truth, pair)) for pair in mutant.touched]
        differing = reduce(or_, (was ^ now for before, after in truths for was, now in zip(before, after, strict=True)))
        fires = [after for _, (after, _) in truths]
        return self._by_firing(mutant, fires) or self._today.noticed_by(mutant, differing)

    def _by_firing(self, mutant: Mutant, fires: Sequence[Bits]) -> str | None:
        """Return a case that says whether a rule fires, where it is wrong about the mutant."""
        for rule, bits in zip(mutant.rules, fires, strict=bool(mutant.rules)):
            for row, case in enumerate(self._cases):
                if rule in (case.expected.not_fires if bits >> row & 1 else case.expected.fires):
                    return case.id
        return None


class _Today:
    """What the engine makes of each case as the pair stands, and, from there, what it makes of it with a mutant."""

    def __init__(self, tables: Tables, cases: Sequence[Case]) -> None:
        self._tables = tables
        self._cases = cases
        self._known: dict[int, tuple[State, Mapping[str, Truth], Fired]] = {}

    def noticed_by(self, mutant: Mutant, differing: Bits) -> str | None:
        """Return the first of the cases `differing` that fails with `mutant`."""
        rows = (row for row in range(len(self._cases)) if differing >> row & 1)
        return next((self._cases[row].id for row in rows if self._fails(mutant, row)), None)

    def _fails(self, mutant: Mutant, row: int) -> bool:
        case, tables = self._cases[row], mutant.tables
        if tables.questionnaire is not self._tables.questionnaire:
            got = assess(tables.questionnaire, tables.rules, case.answers)
            return any(differences(case, got, tables))
        now, _, before = self._today(row)
        fired = self._fired(mutant, row)
        if case.expected.disposition not in (None, fired.disposition):
            return True
        if not case.expected.looks_closer:
            return False
        if fired.disposition.forbids_therapy or before.disposition.forbids_therapy:
            # What still has to be asked may be something else.
            now = state(tables.questionnaire, tables.rules, case.answers)
        return any(differences(case, conclusion(fired, now.missing), tables))

    def _today(self, row: int) -> tuple[State, Mapping[str, Truth], Fired]:
        if row not in self._known:
            rules = self._tables.rules
            now = state(self._tables.questionnaire, rules, self._cases[row].answers)
            truths = {rule.id: truth(rule.when, now.seen) for rule in rules.rules}
            self._known[row] = now, truths, fire(rules, now.seen)
        return self._known[row]

    def _fired(self, mutant: Mutant, row: int) -> Fired:
        """Return what fires with `mutant`, which touches rules alone: only their conditions are looked at again."""
        now, truths, before = self._today(row)
        after = [truth(condition, now.seen) for _, condition in mutant.touched if mutant.rules]
        values = {**truths, **dict(zip(mutant.rules, after, strict=True))}
        rules = mutant.tables.rules.rules
        undecided = tuple(rule for rule in rules if values[rule.id] is None and rule.stage.is_safety)
        fired = tuple(rule for rule in rules if values[rule.id])
        return replace(before, table=mutant.tables.rules, rules=fired, undecided=undecided)
