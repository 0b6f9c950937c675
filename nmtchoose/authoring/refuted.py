"""What the proofs refuted, as errors with the line of the rule, question or guarantee that they are about."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair, Side, at_rule
from nmtchoose.errors import Code, Fault
from nmtchoose.loading.places import Path
from nmtchoose.proof.report_lines import problem_words
from nmtchoose.proof.results import CLAIMS, Counterexample, Problem, ProofReport, Property, Thing

_SUBJECTS = {
    Property.NO_THERAPY_IN_AN_EMERGENCY: Thing.RULE,
    Property.MORE_RISK_NEVER_MILDER: Thing.QUESTION,
}
"""What a counterexample to a property is about; to the guarantees, a guarantee."""


def refuted(report: ProofReport, pair: Pair) -> Iterator[Fault]:
    """Yield an error for each problem that a proof found."""
    for finding in report.findings:
        for problem in finding.problems:
            side, path = _about(finding.property, problem, pair)
            claim = CLAIMS[finding.property].rstrip(".")
            yield side.error(Code.REFUTED, *path, claim=claim, problem=problem_words(problem))


def _about(proved: Property, problem: Problem, pair: Pair) -> tuple[Side, Path]:
    """Return the file and the path of what `problem` is about."""
    if isinstance(problem, Counterexample):
        thing, name = _SUBJECTS.get(proved), problem.subject
    else:
        thing, name = problem.thing, problem.id
    if thing in (Thing.QUESTION, Thing.OPTION):
        question, _, option = name.partition("=")
        return pair.asked, ("questions", question.partition(".")[0], "options", option)
    if thing is Thing.RULE:
        rule = next(one for one in pair.table.rules if one.id == name)
        return pair.decided, at_rule(rule)
    heading = {Thing.THERAPY: "therapies", Thing.DISPOSITION: "dispositions", None: "guarantees"}
    return pair.decided, (heading.get(thing, "decision"), name)
