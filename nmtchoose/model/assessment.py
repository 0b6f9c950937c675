"""The result of an intake: what may happen, what is suggested, and why."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from nmtchoose.model.answers import Answer
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Stamp


class RecommendationKind(StrEnum):
    """How a recommendation can end."""

    THERAPY = "therapy"
    SEQUENCE = "sequence"
    EITHER = "either"
    NONE = "none"
    NOT_ENOUGH_INFORMATION = "not_enough_information"


class Strength(StrEnum):
    """How far the first choice is ahead.

    `what_is_left` when a better fit was ruled out for safety, `not_offered_here` when one is merely not offered.
    """

    CLEAR = "clear"
    SLIGHT = "slight"
    EVEN = "even"
    WHAT_IS_LEFT = "what_is_left"
    NOT_OFFERED_HERE = "not_offered_here"
    NONE = "none"


class Status(StrEnum):
    """What may happen with one therapy."""

    SUGGESTED = "suggested"
    SUITABLE = "suitable"
    ADAPT = "adapt"
    NOT_NOW = "not_now"
    NOT_SUITABLE = "not_suitable"

    @property
    def is_open(self) -> bool:
        """True when a session of it is possible now."""
        return self not in (Status.NOT_NOW, Status.NOT_SUITABLE)


class Reason(Struct, frozen=True):
    """Why, in words, and the rule that says so (`sole-form` and `not-offered` are the engine's own)."""

    rule: str
    text: str


class TherapyResult(Struct, frozen=True):
    """One therapy for this client. `reasons` speak for it, `against` say why it is held back or changed."""

    id: str
    status: Status
    fit: int
    pressure_limit: int
    reasons: tuple[Reason, ...]
    against: tuple[Reason, ...]


class Recommendation(Struct, frozen=True):
    """What to book. `therapies` are ids, in order for a sequence."""

    kind: RecommendationKind
    therapies: tuple[str, ...]
    strength: Strength
    text: str
    plan: str | None = None


class SiteNote(Struct, frozen=True):
    """A body site to leave alone, or to touch with at most `pressure_limit` (0 for leave alone)."""

    site: str
    pressure_limit: int
    reason: str
    rule: str


class Note(Struct, frozen=True):
    """A sentence with the rule and the sources it comes from."""

    rule: str
    text: str
    sources: tuple[str, ...] = ()


class Firing(Struct, frozen=True):
    """A rule that fired and the answers that made it true."""

    rule: str
    because: Mapping[str, Answer]


class Undecided(Struct, frozen=True):
    """A safety rule that could not be decided, and the questions that would decide it."""

    rule: str
    questions: tuple[str, ...]


class AssessmentStamp(Struct, frozen=True):
    """What made the result, and who reviewed that; `reviewed` is empty where no clinician signed all of it."""

    app: str
    questionnaire: Stamp
    rules: Stamp
    reviewed: str = ""


class Assessment(Struct, frozen=True):
    """The whole result. `complete` is False while a question that matters is unanswered; `missing` names those.

    `undecided` lists safety rules that a missing answer, "not sure" or "prefer not to say" left open: they keep the
    disposition from being better than `clearance`. It is empty where the disposition forbids any therapy anyway.
    """

    complete: bool
    disposition: Disposition
    recommendation: Recommendation
    therapies: tuple[TherapyResult, ...]
    pressure_limit: int
    site_notes: tuple[SiteNote, ...]
    cautions: tuple[Note, ...]
    tell_client: tuple[Note, ...]
    tell_therapist: tuple[Note, ...]
    next_steps: tuple[Note, ...]
    until: tuple[Note, ...]
    expect: tuple[Note, ...]
    aftercare: tuple[Note, ...]
    ask_therapist: tuple[Note, ...]
    missing: tuple[str, ...]
    undecided: tuple[Undecided, ...]
    trace: tuple[Firing, ...]
    stamp: AssessmentStamp
