"""What the store keeps: an intake with its consent, and what was added to it later; and the same as lines of JSON.

The JSON is `nmtchoose/record/1`, in exports and imports. No message repeats what stands there.
"""

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from typing import Annotated, BinaryIO

from msgspec import Meta, Struct, ValidationError, convert, field, to_builtins
from msgspec.structs import asdict

from nmtchoose.errors import Code, Fault, StoreError, fault
from nmtchoose.loading.nodes import DEEPEST, too_deep_at
from nmtchoose.model.disposition import Disposition
from nmtchoose.words.printable import OBEYED

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
        return self.disposition in (None, summary.disposition) and self.therapy in ("", *summary.therapies)


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


RECORD_FORMAT = "nmtchoose/record/1"
LONGEST_LINE = 4_000_000


class NotARecord(ValueError):  # noqa: N818 - it says what a document is not
    """A document that is no record. Its message names a field and never its value."""


def to_lines(records: Iterable[Record]) -> Iterator[str]:
    """Return one line of JSON for each record, with everything that the store holds of it and its line end."""
    for record in records:
        outcomes = {"outcomes": record.outcomes} if record.outcomes else {}
        document = {"format": RECORD_FORMAT, **asdict(record.intake), "amendments": record.amendments, **outcomes}
        yield f"{one_line(document)}\n"


def from_lines(stream: BinaryIO, name: str) -> tuple[Record, ...]:
    """Return the records in `stream`, a file called `name`; raises StoreError with every line that holds none."""
    records: list[Record] = []
    faults: list[Fault] = []
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        try:
            if line.strip():
                records.append(_record_in(line))
        except NotARecord as error:
            faults.append(fault(Code.RECORD_LINE, name, number, detail=str(error)))
    if faults:
        raise StoreError(faults)
    return tuple(records)


def record_of(intake: object, amendments: Iterable[object], outcomes: Iterable[object]) -> Record:
    """Return the record in the documents of its parts; raises NotARecord."""
    try:
        added = tuple(convert(one, Amendment) for one in amendments)
        record = Record(convert(intake, Intake), added, tuple(convert(one, Outcome) for one in outcomes))
    except ValidationError as error:
        raise NotARecord(str(error)) from None
    try:
        for result in (record.intake.assessment, *(one.assessment for one in added if one.assessment)):
            booked(result)
    except (KeyError, TypeError, ValueError):
        raise NotARecord("'assessment' is no result") from None
    return record


def one_line(value: object) -> str:
    """Return `value` as JSON on one line, with what a terminal would obey written as JSON writes its number."""
    plain = to_builtins(value, builtin_types=(datetime,))
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), default=written)
    return text if text.isprintable() else OBEYED.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def written(moment: datetime) -> str:
    """Return a moment as text that sorts like time: UTC, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _record_in(line: bytes) -> Record:
    if len(line) > LONGEST_LINE:
        raise NotARecord("it is too long")
    if too_deep_at(line.decode("utf-8", "replace")) is not None:
        raise NotARecord(f"values are nested more than {DEEPEST} deep")
    try:
        document = json.loads(line)
    except ValueError:
        raise NotARecord("it is no JSON") from None
    if not isinstance(document, Mapping) or document.get("format") != RECORD_FORMAT:
        raise NotARecord(f"its 'format' is not {RECORD_FORMAT}")
    if not isinstance(document.get("amendments"), list):
        raise NotARecord("'amendments' is no list")
    if not isinstance(document.get("outcomes", []), list):
        raise NotARecord("'outcomes' is no list")
    return record_of(document, document["amendments"], document.get("outcomes", ()))
