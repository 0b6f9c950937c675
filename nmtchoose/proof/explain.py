"""Why something is impossible: the few facts that rule it out together, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nmtchoose.meaning.circuit import Constraint, Ground, Why, Wire
from nmtchoose.meaning.solver import Solver
from nmtchoose.model.condition import AllOf, Condition, Fact
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.proof.encoded import Encoded
from nmtchoose.words.conditions import in_words


def impossible_because(encoded: Encoded, condition: Condition) -> tuple[str, ...]:
    """Return facts in words that cannot all be so, and without any one of which `condition` could be true.

    Empty when the condition can be true.
    """
    facts = {encoded.sheet.truth(part).true: in_words(part, encoded.questionnaire) for part in _parts(condition)}
    solver, grounds = _with_switches(encoded)
    facts |= {switch: _ground_words(ground, encoded.questionnaire) for ground, switch in grounds.items()}
    return tuple(facts[one] for one in _needed(solver, list(facts)))


def _parts(condition: Condition) -> Iterator[Condition]:
    match condition:
        case AllOf(parts) if parts:
            for part in parts:
                yield from _parts(part)
        case Fact(_, AllOf() as body):
            yield from _parts(body)
        case _:
            yield condition


def _with_switches(encoded: Encoded) -> tuple[Solver, dict[Ground, Wire]]:
    """Return a solver in which each ground can be switched on by itself, and the switches."""
    switches: dict[Ground, Wire] = {}
    switched: list[Constraint] = []
    for clause, ground in encoded.circuit.constraints:
        if ground not in switches:
            switches[ground] = encoded.circuit.input()
        switched.append(((-switches[ground], *clause), ground))
    return Solver(encoded.circuit, switched), switches


def _needed(solver: Solver, facts: Sequence[Wire]) -> list[Wire]:
    """Return a smallest part of `facts` that is impossible: without any one of it the rest is possible."""
    core = solver.conflict(facts)
    if core is None:
        return []
    for fact in reversed(facts):
        if fact in core:
            core = solver.conflict([one for one in facts if one in core and one != fact]) or core
    return [one for one in facts if one in core]


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
