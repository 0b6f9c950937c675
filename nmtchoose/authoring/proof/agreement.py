"""Every set of answers that the solver finds is assessed by the real engine, and both have to agree on all of it."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.proof.encoded import Result
from nmtchoose.authoring.proof.gates import Literal
from nmtchoose.authoring.proof.prover import Found
from nmtchoose.authoring.proof.witness import ProofError
from nmtchoose.engine.assess import assess
from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import Assessment, Status, TherapyResult
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Kind
from nmtchoose.model.rules import MOST_PRESSURE


def confirmed(result: Result, found: Found, answers: Answers) -> Assessment:
    """Return the engine's assessment of `answers`, which `found` stands for.

    Raises ProofError, which names what differs and no answer, when the solver and the engine disagree.
    """
    outcome = result.outcome
    assessment = assess(outcome.sheet.questionnaire, outcome.table, answers)
    wrong = [what for what, literal, expected in _claims(result, assessment) if found.holds(literal) != expected]
    if wrong:
        raise ProofError(f"solver and engine disagree on: {', '.join(wrong[:10])}")
    return assessment


def _claims(result: Result, assessment: Assessment) -> Iterator[tuple[str, Literal, bool]]:
    """Yield what is claimed, the solver's literal for it, and what the engine says."""
    outcome, booking, interview = result.outcome, result.booking, result.interview
    fired = {one.rule for one in assessment.trace}
    for rule, literal in outcome.fired.items():
        yield f"fired {rule}", literal, rule in fired
    for disposition in Disposition:
        yield disposition, outcome.dispositions[disposition], assessment.disposition is disposition
    for limit in range(MOST_PRESSURE):
        yield f"pressure {limit}", outcome.pressure[limit], assessment.pressure_limit <= limit
    yield "complete", interview.complete, assessment.complete
    for kind, literal in booking.kinds.items():
        yield kind, literal, assessment.recommendation.kind is kind
    for kind, named in booking.named_by.items():
        for therapy, literal in named.items():
            recommended = assessment.recommendation
            yield f"{kind} {therapy}", literal, recommended.kind is kind and therapy in recommended.therapies
    yield from _asked(result, assessment)
    if not assessment.disposition.forbids_therapy:
        undecided = {one.rule for one in assessment.undecided}
        for rule, literal in outcome.undecided.items():
            yield f"undecided {rule}", literal, rule in undecided
        yield from _limits(result, assessment)
        for one in assessment.therapies:
            yield from _therapy(result, one, assessment.disposition)


def _asked(result: Result, assessment: Assessment) -> Iterator[tuple[str, Literal, bool]]:
    for question in result.outcome.sheet.questionnaire.questions:
        if question.kind is not Kind.TEXT:
            yield f"asked {question.id}", result.interview.still_asked[question.id], question.id in assessment.missing


def _limits(result: Result, assessment: Assessment) -> Iterator[tuple[str, Literal, bool]]:
    limits = {note.site: note.pressure_limit for note in assessment.site_notes}
    for site, literals in result.outcome.sites.items():
        for limit in range(MOST_PRESSURE):
            yield f"{site} {limit}", literals[limit], limits.get(site, MOST_PRESSURE) <= limit


def _therapy(result: Result, one: TherapyResult, disposition: Disposition) -> Iterator[tuple[str, Literal, bool]]:
    standing = result.standing[one.id]
    yield f"{one.id} ruled out", standing.ruled_out, one.status is Status.NOT_SUITABLE
    if disposition.severity < Disposition.CLEARANCE.severity:
        yield f"{one.id} open", standing.open, one.status not in (Status.NOT_SUITABLE, Status.NOT_NOW)
    for limit in range(MOST_PRESSURE):
        yield f"{one.id} {limit}", standing.limits[limit], one.pressure_limit <= limit
