"""Whether a therapy is offered to the client: named by the recommendation, or listed as possible today.

A therapy that is only named for later, on hold or for after a deferral, is named all the same.
"""

from __future__ import annotations

from nmtchoose.meaning.circuit import Wire
from nmtchoose.meaning.result import Result
from nmtchoose.model.assessment import Assessment, Status
from nmtchoose.model.disposition import Disposition

_OPEN = (Status.SUGGESTED, Status.SUITABLE, Status.ADAPT)


def offers(result: Result, therapy_id: str) -> Wire:
    """Return whether that therapy is offered."""
    outcome = result.outcome
    later = [outcome.dispositions[one] for one in (Disposition.DEFER, Disposition.CLEARANCE, Disposition.MEDICAL_SOON)]
    listed = outcome.circuit.all_of(
        (result.standing[therapy_id].open, -outcome.forbids_therapy, *(-one for one in later))
    )
    return outcome.circuit.any_of((listed, *result.booking.named(therapy_id)))


def offered_by(assessment: Assessment) -> frozenset[str]:
    """Return the therapies that `assessment` offers."""
    listed = {one.id for one in assessment.therapies if one.status in _OPEN}
    return frozenset(listed | set(assessment.recommendation.therapies))
