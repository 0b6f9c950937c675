"""Every set of answers that the solver finds is assessed by the real engine, and both have to agree on all of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from nmtchoose.engine.assess import assess
from nmtchoose.meaning.circuit import Values
from nmtchoose.meaning.result import Result
from nmtchoose.meaning.verdict import Verdict, verdict, verdict_in
from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import Assessment


class ProofError(Exception):
    """The solver and the engine disagree: a fault of the program, never of the two files."""


def confirmed(result: Result, found: Values, answers: Answers) -> Assessment:
    """Return the engine's assessment of `answers`, which `found` stands for.

    Raises ProofError, which names what differs and no answer, when the solver and the engine disagree.
    """
    assessment = assess(result.outcome.sheet.questionnaire, result.outcome.table, answers)
    wrong = list(_different(verdict(result, found), verdict_in(assessment)))
    if wrong:
        raise ProofError(f"solver and engine disagree on: {', '.join(wrong[:10])}")
    return assessment


def _different(one: Verdict, other: Verdict) -> Iterator[str]:
    """Yield the names of what the two say differently."""
    for field in fields(Verdict):
        first, second = getattr(one, field.name), getattr(other, field.name)
        if first == second:
            continue
        if isinstance(first, Mapping):
            first, second = tuple(first.items()), tuple(second.items())
        if isinstance(first, tuple):
            yield from (f"{field.name} {name}" for name in sorted({*map(str, first)} ^ {*map(str, second)}))
        else:
            yield field.name
