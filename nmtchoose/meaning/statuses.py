"""What may happen with each therapy: `nmtchoose.engine.assess.status_of` as wires."""

from __future__ import annotations

from collections.abc import Mapping

from nmtchoose.meaning.booking import Booking
from nmtchoose.meaning.circuit import TRUE, Wire
from nmtchoose.meaning.outcome import Outcome
from nmtchoose.meaning.standing import Standing
from nmtchoose.model.assessment import Status
from nmtchoose.model.disposition import Disposition


def statuses(therapy_id: str, stands: Standing, outcome: Outcome, booking: Booking) -> Mapping[Status, Wire]:
    """Return which status a therapy has; none where no therapy may be named at all."""
    circuit = outcome.circuit
    booked = circuit.any_of(booking.named(therapy_id))
    soon = circuit.all_of((outcome.dispositions[Disposition.MEDICAL_SOON], -booked))
    later = (outcome.dispositions[one] for one in (Disposition.DEFER, Disposition.CLEARANCE))
    chances = (
        (Status.NOT_SUITABLE, stands.ruled_out),
        (Status.NOT_NOW, circuit.any_of((stands.held, soon, *later))),
        (Status.SUGGESTED, circuit.any_of(booking.suggested(therapy_id))),
        (Status.ADAPT, stands.adapted),
        (Status.SUITABLE, TRUE),
    )
    found, left = {}, -outcome.forbids_therapy
    for status, chance in chances:
        found[status] = circuit.all_of((left, chance))
        left = circuit.all_of((left, -chance))
    return found
