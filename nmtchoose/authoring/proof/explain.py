"""Why something is impossible: the few facts that rule it out together, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from nmtchoose.authoring.proof.encoded import Encoded
from nmtchoose.authoring.proof.gates import Ground, Literal, Why
from nmtchoose.authoring.proof.prover import new_solver
from nmtchoose.model.condition import AllOf, Condition, Fact
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.words.conditions import in_words


def impossible_because(encoded: Encoded, condition: Condition) -> tuple[str, ...]:
    """Return facts in words that cannot all be so, and without any one of which `condition` could be true.

    Empty when the condition can be true.
    """
    facts = {encoded.sheet.truth(part).true: in_words(part, encoded.questionnaire) for part in _parts(condition)}
    solver, grounds = _with_switches(encoded)
    facts |= {switch: _ground_words(ground, encoded.questionnaire) for ground, switch in grounds.items()}
    try:
        return tuple(facts[one] for one in _needed(solver, list(facts)))
    finally:
        solver.delete()


def _parts(condition: Condition) -> Iterator[Condition]:
    match condition:
        case AllOf(parts) if parts:
            for part in parts:
                yield from _parts(part)
        case Fact(_, AllOf() as body):
            yield from _parts(body)
        case _:
            yield condition


def _with_switches(encoded: Encoded) -> tuple[Any, dict[Ground, Literal]]:
    """Return a solver in which each ground can be switched on by itself, and the switches."""
    gates = encoded.gates
    solver = new_solver()
    solver.append_formula(gates.clauses)
    switches: dict[Ground, Literal] = {}
    last = gates.variables
    for clause, ground in gates.constraints:
        switch = switches.setdefault(ground, last + len(switches) + 1)
        solver.add_clause([*clause, -switch])
    return solver, switches


def _needed(solver: Any, facts: Iterable[Literal]) -> list[Literal]:
    """Return a smallest part of `facts` that is impossible: without any one of it the rest is possible."""
    order = list(facts)
    if solver.solve(assumptions=order):
        return []
    core = set(solver.get_core())
    for fact in reversed(order):
        if fact in core and not solver.solve(assumptions=[one for one in order if one in core and one != fact]):
            core = set(solver.get_core() or ())
    return [one for one in order if one in core]


def _ground_words(ground: Ground, questionnaire: Questionnaire) -> str:
    question = questionnaire[ground.question]
    option = question.option(ground.option)
    if ground.why is Why.OFFERED and option is not None and option.show_when is not None:
        shown = in_words(option.show_when, questionnaire)
        return f"at {question.id}, '{option.label}' is offered only when {shown}"
    if ground.why is Why.ASKED:
        asked = "one of its options is offered"
        if question.ask_when is not None:
            asked = in_words(question.ask_when, questionnaire)
        return f"{question.id} is asked only when {asked}"
    return f'{question.id} has one answer, and "none" or "not sure" stands alone'
