"""What came of a proof, and how it is told: proved, or refuted by examples that the real engine has confirmed."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from nmtchoose.model.answers import Answers


class Property(StrEnum):
    """What is proved, in the order in which it is told."""

    NO_THERAPY_IN_AN_EMERGENCY = "no_therapy_in_an_emergency"
    MORE_RISK_NEVER_MILDER = "more_risk_never_milder"
    ONE_RESULT = "one_result"
    EVERY_RULE_CAN_FIRE = "every_rule_can_fire"
    EVERY_QUESTION_CAN_BE_ASKED = "every_question_can_be_asked"
    EVERY_OUTCOME_CAN_HAPPEN = "every_outcome_can_happen"
    GUARANTEES_HOLD = "guarantees_hold"


CLAIMS = {
    Property.NO_THERAPY_IN_AN_EMERGENCY: (
        "Whatever is answered, no therapy is offered while a rule for an emergency or an urgent doctor's visit fires."
    ),
    Property.MORE_RISK_NEVER_MILDER: (
        'One more red flag, contraindication or "not sure" never leads to a milder result, a higher pressure limit, '
        "or a therapy that was ruled out or on hold before."
    ),
    Property.ONE_RESULT: "Every complete set of answers has exactly one disposition and one kind of recommendation.",
    Property.EVERY_RULE_CAN_FIRE: "Every rule can fire.",
    Property.EVERY_QUESTION_CAN_BE_ASKED: "Every question can be asked, and every option can be offered.",
    Property.EVERY_OUTCOME_CAN_HAPPEN: (
        "Every disposition and every kind of recommendation can happen, and every therapy can be recommended."
    ),
    Property.GUARANTEES_HOLD: "Every guarantee of rules.yaml holds.",
}
"""Each property in one sentence."""


class Thing(StrEnum):
    """What can be reached, or not."""

    RULE = "rule"
    QUESTION = "question"
    OPTION = "option"
    NUMBER = "number"
    DISPOSITION = "disposition"
    RECOMMENDATION = "recommendation"
    THERAPY = "therapy"


@dataclass(frozen=True, slots=True)
class Counterexample:
    """Answers that break a property, as few of them standing out as possible; the engine has confirmed it.

    `subject` is the id of the rule, question or guarantee it is about. `problem` says what goes wrong, `words` are
    the answers that stand out. `after` are the answers after a change, for a property that speaks of one.
    """

    subject: str
    problem: str
    words: tuple[str, ...]
    answers: Answers
    after: Answers | None = None


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Something that no complete answers lead to.

    `reasons` say in words which conditions rule each other out. `when_incomplete` is True when it does happen as long
    as a question is left unanswered.
    """

    thing: Thing
    id: str
    reasons: tuple[str, ...]
    when_incomplete: bool = False


Problem = Counterexample | Unreachable


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one property: it holds for all possible sets of answers, unless there are `problems`.

    `checks` counts the single proofs; `remarks` say what limits them.
    """

    property: Property
    checks: int
    seconds: float
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProofReport:
    """All findings, with the size of the circuit, what the solver was told of it, and the time they took together."""

    findings: tuple[Finding, ...]
    gates: int
    clauses: int
    solver_calls: int
    seconds: float


_IN_WORDS = {
    Thing.RULE: "The rule {id} can never fire",
    Thing.QUESTION: "The question {id} can never be asked",
    Thing.OPTION: "The option {id} can never be offered",
    Thing.NUMBER: "The number {id} can never be answered",
    Thing.DISPOSITION: "The disposition {id} can never happen",
    Thing.RECOMMENDATION: "A recommendation of the kind {id} can never happen",
    Thing.THERAPY: "The therapy {id} can never be recommended",
}


def report_lines(report: ProofReport) -> tuple[str, ...]:
    """Return `report` as lines, indented by two spaces for each level."""
    size = (
        f"{report.gates:,} gates, {report.clauses:,} clauses, {report.solver_calls:,} questions to the solver, "
        f"{report.seconds:.1f} seconds."
    )
    return (*(line for finding in report.findings for line in _finding_lines(finding)), size)


def _finding_lines(finding: Finding) -> Iterator[str]:
    verdict = "DOES NOT HOLD" if finding.problems else "proved"
    checks = f"{finding.checks:,} {'check' if finding.checks == 1 else 'checks'}"
    yield f"{verdict}: {CLAIMS[finding.property]} ({checks}, {finding.seconds:.1f} s)"
    for problem in finding.problems:
        lines = _example(problem) if isinstance(problem, Counterexample) else _never(problem)
        yield from (f"  {line}" for line in lines)
    yield from (f"  Note: {remark}" for remark in finding.remarks)


def problem_words(problem: Problem) -> str:
    """Return what went wrong, without the answers."""
    if isinstance(problem, Counterexample):
        return f"{problem.subject}: {problem.problem}"
    return _IN_WORDS[problem.thing].format(id=problem.id)


def _example(example: Counterexample) -> Iterator[str]:
    yield f"{problem_words(example)}."
    yield from (f"  {line}" for line in example.words or ("with nothing but plain answers",))


def _never(unreachable: Unreachable) -> Iterator[str]:
    told = problem_words(unreachable)
    if unreachable.when_incomplete:
        yield f"{told} unless a question is left unanswered."
        return
    yield f"{told}{', because these cannot all be so:' if unreachable.reasons else '.'}"
    yield from (f"  {reason}" for reason in unreachable.reasons)
