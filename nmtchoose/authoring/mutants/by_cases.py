"""Which mutants the cases notice: every condition for all cases at once, as bits, and the engine for the rest.

Needs NumPy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np

from nmtchoose.authoring.cases import Case
from nmtchoose.authoring.mutants.mutants import Mutant
from nmtchoose.authoring.run_cases import differences
from nmtchoose.engine.assess import assess, conclusion
from nmtchoose.engine.evaluate import Truth, truth
from nmtchoose.engine.fired import Fired, disposition_of, fire
from nmtchoose.engine.interview import State, state
from nmtchoose.meaning.block import Bits, Block, Plan, bits_of
from nmtchoose.meaning.circuit import Wire
from nmtchoose.meaning.result import Meaning, meaning_of
from nmtchoose.model.condition import Condition
from nmtchoose.model.tables import Tables


class ByCases:
    """What some cases say of `found`, mutants of one pair."""

    def __init__(self, tables: Tables, found: Sequence[Mutant], cases: Sequence[Case]) -> None:
        conditions = [part for mutant in found for pair in mutant.touched for part in pair]
        meaning = meaning_of(tables, conditions)
        self._changed = {
            id(one): meaning.circuit.any_of(_differ(meaning, *pair) for pair in one.touched) for one in found
        }
        self._fired = {id(one): [_truth(meaning, after) for _, after in one.touched] for one in found}
        plan = Plan(meaning.circuit, [*self._changed.values(), *chain.from_iterable(self._fired.values())])
        self._block = plan.block(len(cases), _given(meaning, cases, plan))
        self._cases = cases
        self._today = _Today(tables, cases)
        self._mutants = found  # kept alive, since they are told apart by identity

    def noticed(self, mutant: Mutant) -> str | None:
        """Return the id of a case that fails with `mutant`, or None."""
        differing = np.flatnonzero(self._block.spread(self._changed[id(mutant)])).tolist() if self._cases else []
        fired = self._fired[id(mutant)]
        return _by_firing(mutant, fired, self._block, self._cases) or self._today.noticed_by(mutant, differing)


def _truth(meaning: Meaning, condition: Condition) -> Wire:
    return meaning.result.outcome.sheet.truth(condition).true


def _differ(meaning: Meaning, before: Condition, after: Condition) -> Wire:
    truth, circuit = meaning.result.outcome.sheet.truth, meaning.circuit
    was, now = truth(before), truth(after)
    return circuit.any_of((circuit.differ(was.true, now.true), circuit.differ(was.false, now.false)))


def _given(meaning: Meaning, cases: Sequence[Case], plan: Plan) -> Mapping[Wire, Bits]:
    true: dict[Wire, list[int]] = {wire: [] for wire in plan.inputs}
    for row, case in enumerate(cases):
        for question, answer in case.answers.items():
            for wire in meaning.given[question].true_with(answer):
                if wire in true:
                    true[wire].append(row)
    given = {}
    for wire, rows in true.items():
        clients = np.zeros(len(cases), np.bool_)
        clients[rows] = True
        given[wire] = bits_of(clients)
    return given


def _by_firing(mutant: Mutant, wires: Sequence[Wire], block: Block, cases: Sequence[Case]) -> str | None:
    """Return a case that says whether a rule fires, where it is wrong about the mutant."""
    for rule, wire in zip(mutant.rules, wires, strict=bool(mutant.rules)):
        fires = block.spread(wire)
        for row, case in enumerate(cases):
            expected = case.expected
            if rule in (expected.not_fires if fires[row] else expected.fires):
                return case.id
    return None


class _Today:
    """What the engine makes of each case as the pair stands, and, from there, what it makes of it with a mutant."""

    def __init__(self, tables: Tables, cases: Sequence[Case]) -> None:
        self._tables = tables
        self._cases = cases
        self._known: dict[int, tuple[State, Mapping[str, Truth], Fired]] = {}

    def noticed_by(self, mutant: Mutant, rows: Sequence[int]) -> str | None:
        """Return the first of the cases `rows` that fails with `mutant`."""
        return next((self._cases[row].id for row in rows if self._fails(mutant, row)), None)

    def _fails(self, mutant: Mutant, row: int) -> bool:
        case, tables = self._cases[row], mutant.tables
        if tables.questionnaire is not self._tables.questionnaire:
            got = assess(tables.questionnaire, tables.rules, case.answers)
            return any(differences(case, got, tables))
        now, _, before = self._today(row)
        fired = self._fired(mutant, row)
        disposition = disposition_of(fired)
        if case.expected.disposition not in (None, disposition):
            return True
        if not case.expected.looks_closer:
            return False
        if disposition.forbids_therapy or disposition_of(before).forbids_therapy:
            # What still has to be asked may be something else.
            now = state(tables.questionnaire, tables.rules, case.answers)
        return any(differences(case, conclusion(tables.rules, now, fired), tables))

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
        return Fired(
            tuple(rule for rule in rules if values[rule.id]),
            tuple(rule for rule in rules if values[rule.id] is None and rule.stage.is_safety),
            before.sign_left_open,
        )
