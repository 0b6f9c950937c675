"""Which mutants the cases notice: every condition for all cases at once, as bits, and the engine for the rest.

Needs NumPy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from nmtchoose.authoring.cases import Case
from nmtchoose.authoring.mutants.mutants import Mutant
from nmtchoose.authoring.run_cases import differences
from nmtchoose.engine.assess import assess
from nmtchoose.meaning.block import Bits, Block, Plan, bits_of
from nmtchoose.meaning.circuit import Wire
from nmtchoose.meaning.result import Meaning, meaning_of
from nmtchoose.model.condition import Condition
from nmtchoose.model.tables import Tables


def noticed_by_cases(found: Sequence[Mutant], cases: Sequence[Case], tables: Tables) -> Iterator[str | None]:
    """Yield for each mutant of `tables` the id of a case that fails with it, or None."""
    conditions = [part for mutant in found for pair in mutant.touched for part in pair]
    meaning = meaning_of(tables, conditions)
    changed = [meaning.circuit.any_of(_differ(meaning, *pair) for pair in mutant.touched) for mutant in found]
    fired = [[_truth(meaning, after) for _, after in mutant.touched] for mutant in found]
    plan = Plan(meaning.circuit, [*changed, *(wire for wires in fired for wire in wires)])
    block = plan.block(len(cases), _given(meaning, cases, plan))
    for mutant, wire, wires in zip(found, changed, fired, strict=True):
        differing = [cases[row] for row in np.flatnonzero(block.spread(wire)).tolist()] if cases else []
        yield _by_firing(mutant, wires, block, cases) or _by_result(mutant, differing)


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


def _by_result(mutant: Mutant, differing: Sequence[Case]) -> str | None:
    tables = mutant.tables
    for case in differing:
        got = assess(tables.questionnaire, tables.rules, case.answers)
        if next(differences(case, got, tables), None):
            return case.id
    return None
