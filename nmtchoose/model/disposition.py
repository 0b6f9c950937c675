"""What may happen with a booking, from an ambulance call to an ordinary session."""

from collections.abc import Iterable
from enum import StrEnum


class Disposition(StrEnum):
    """The eight dispositions, most severe first; the order of definition is the order of severity."""

    CALL_EMERGENCY = "call_emergency"
    EMERGENCY_TODAY = "emergency_today"
    MEDICAL_URGENT = "medical_urgent"
    MEDICAL_SOON = "medical_soon"
    DEFER = "defer"
    CLEARANCE = "clearance"
    PROCEED_WITH_CARE = "proceed_with_care"
    PROCEED = "proceed"

    @property
    def severity(self) -> int:
        """7 for `call_emergency` down to 0 for `proceed`."""
        return _SEVERITY[self]

    @property
    def is_emergency(self) -> bool:
        """True where the interview ends at once and help is called or visited today."""
        return self in (Disposition.CALL_EMERGENCY, Disposition.EMERGENCY_TODAY)

    @property
    def forbids_therapy(self) -> bool:
        """True where no therapy may be named at all, not even for later."""
        return self.severity >= Disposition.MEDICAL_URGENT.severity


_SEVERITY = {disposition: rank for rank, disposition in enumerate(reversed(Disposition))}


def most_severe(dispositions: Iterable[Disposition]) -> Disposition:
    """Return the most severe of `dispositions`, or `proceed` when there are none."""
    return max(dispositions, key=lambda one: one.severity, default=Disposition.PROCEED)
