"""What the store keeps: an intake with its consent, and the amendments made to it later."""

import secrets
from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from typing import Annotated

from msgspec import Meta, Struct, field

from nmtchoose.errors import Code, StoreError, fault
from nmtchoose.model.disposition import Disposition

Document = Mapping[str, object]
"""Values as JSON has them."""

Id = Annotated[str, Meta(pattern=r"\A[0-9A-Za-z]{1,40}\Z")]
Moment = Annotated[datetime, Meta(tz=True)]

LONGEST_REFERENCE = 64


def _require_a_day_everywhere(moment: datetime) -> None:
    """Raise ValueError for a moment that some part of the world has no date for: it could not be shown there."""
    if not MINYEAR < moment.year < MAXYEAR:
        raise ValueError("a time at the end of the calendar")


class Consent(Struct, frozen=True):
    """That the client agreed to be stored: which words, when, and who wrote it down."""

    version: str
    given_at: Moment
    taken_by: str


class Intake(Struct, frozen=True, kw_only=True):
    """One finished interview as it was.

    `answers` are by question id, and `told` the same in the words of that day. `assessment` is the whole result with
    the stamps of both files and of the program; `offered` the therapies that the practice offered, empty for all.
    `full` is False where answers were carried over from an earlier visit, `help_status` what was done in an emergency.
    """

    id: Id
    taken_at: Moment
    client: str = ""
    asked_by: str = ""
    voice: str = ""
    seconds: int = 0
    full: bool = True
    offered: tuple[str, ...] = ()
    help_status: str = ""
    consent: Consent
    answers: Document
    told: tuple[tuple[str, str], ...] = ()
    assessment: Document

    def __post_init__(self) -> None:
        _require_a_day_everywhere(self.taken_at)


class Later(Struct, frozen=True):
    """What is added to a record after its intake, when, and by whom."""

    id: Id
    made_at: Moment
    by: str

    def __post_init__(self) -> None:
        _require_a_day_everywhere(self.made_at)


class Amendment(Later, frozen=True):
    """A correction, or only a note, and why. With new answers it holds the new result too."""

    why: str
    answers: Document = field(default_factory=dict)
    told: tuple[tuple[str, str], ...] = ()
    assessment: Document = field(default_factory=dict)


class Outcome(Later, frozen=True, kw_only=True):
    """What happened after an intake: what was booked, or what the client said at the next visit.

    `booked` is None where this is not about booking. `why` is the id of a reason to depart from the suggestion, and
    `words` say more about it. `doctor` is what a doctor found, in the client's words. `problem` is how the problem is
    now (0 to 10), and `change` the id of one of seven steps.
    """

    booked: tuple[str, ...] | None = None
    why: str = ""
    words: str = ""
    doctor: str = ""
    problem: Annotated[int, Meta(ge=0, le=10)] | None = None
    change: str = ""


class Record(Struct, frozen=True):
    """An intake with its amendments and outcomes, the oldest first. What counts is the last of each."""

    intake: Intake
    amendments: tuple[Amendment, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    @property
    def booking(self) -> Outcome | None:
        """What was booked, where that was noted."""
        return next((one for one in reversed(self.outcomes) if one.booked is not None), None)

    @property
    def followed_up(self) -> Outcome | None:
        """What the client said at the next visit, where they came."""
        return next((one for one in reversed(self.outcomes) if one.problem is not None or one.change), None)

    @property
    def answers(self) -> Document:
        """The answers that count."""
        return next((one.answers for one in reversed(self.amendments) if one.answers), self.intake.answers)

    @property
    def assessment(self) -> Document:
        """The result that counts."""
        return next((one.assessment for one in reversed(self.amendments) if one.assessment), self.intake.assessment)

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        """The questions and answers that count, in words."""
        return next((one.told for one in reversed(self.amendments) if one.told), self.intake.told)


class Summary(Struct, frozen=True):
    """One line of a list of records."""

    id: str
    taken_at: datetime
    client: str
    disposition: Disposition
    therapies: tuple[str, ...]
    asked_by: str
    full: bool
    amended: int = 0

    def __post_init__(self) -> None:
        _require_a_day_everywhere(self.taken_at)


class Wanted(Struct, frozen=True):
    """Which records: everything that is not empty has to hold. `since` is included, `before` is not."""

    client: str = ""
    since: datetime | None = None
    before: datetime | None = None
    disposition: Disposition | None = None
    therapy: str = ""

    def matches(self, summary: Summary) -> bool:
        """Return whether the result of `summary` is among those wanted; client and dates are not looked at."""
        return (self.disposition in (None, summary.disposition)) and (
            not self.therapy or self.therapy in summary.therapies
        )


def new_id() -> str:
    """Return a fresh id that says nothing about anybody."""
    return secrets.token_hex(5)


def now() -> datetime:
    """Return the present moment in UTC, to the millisecond that the store keeps."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def checked_reference(text: str) -> str:
    """Return a client reference on one line; raises StoreError when it is empty, too long or not printable."""
    reference = " ".join(text.split())
    if not reference or len(reference) > LONGEST_REFERENCE or not reference.isprintable():
        raise StoreError([fault(Code.CLIENT_REFERENCE, limit=LONGEST_REFERENCE)])
    return reference


def booked(assessment: Document) -> tuple[Disposition, tuple[str, ...]]:
    """Return the disposition and the therapies named; raises KeyError, TypeError or ValueError for no assessment."""
    recommendation = assessment["recommendation"]
    if not isinstance(recommendation, Mapping):
        raise TypeError("no recommendation")
    return Disposition(str(assessment["disposition"])), tuple(str(one) for one in recommendation["therapies"])
