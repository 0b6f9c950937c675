"""A proof report in plain words, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.proof.results import CLAIMS, Counterexample, Finding, Problem, ProofReport, Thing, Unreachable

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
    return (*(line for finding in report.findings for line in _finding_lines(finding)), _size(report))


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


def _size(report: ProofReport) -> str:
    return (
        f"{report.gates:,} gates, {report.clauses:,} clauses, {report.solver_calls:,} questions to the solver, "
        f"{report.seconds:.1f} seconds."
    )
