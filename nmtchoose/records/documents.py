"""Records as JSON: `nmtchoose/record/1`, the same in the store, in an export and in an import; see `entries`.

No message repeats what stands there.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import BinaryIO, TypeVar

from msgspec import ValidationError, convert, to_builtins
from msgspec.structs import asdict

from nmtchoose.errors import Code, Fault, StoreError, fault
from nmtchoose.loading.nodes import DEEPEST, too_deep_at
from nmtchoose.records.entries import Amendment, Document, Intake, Outcome, Record, booked
from nmtchoose.words.printable import OBEYED

RECORD_FORMAT = "nmtchoose/record/1"
LONGEST_LINE = 4_000_000

_Entry = TypeVar("_Entry")


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


def intake_of(document: object) -> Intake:
    """Return the intake in `document`; raises NotARecord."""
    intake = _converted(document, Intake)
    _require_result(intake.assessment)
    return intake


def amendment_of(document: object) -> Amendment:
    """Return the amendment in `document`; raises NotARecord."""
    amendment = _converted(document, Amendment)
    if amendment.assessment:
        _require_result(amendment.assessment)
    return amendment


def outcome_of(document: object) -> Outcome:
    """Return the outcome in `document`; raises NotARecord."""
    return _converted(document, Outcome)


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
    amendments = tuple(map(amendment_of, document["amendments"]))
    return Record(intake_of(document), amendments, tuple(map(outcome_of, document.get("outcomes", ()))))


def _converted(document: object, kind: type[_Entry]) -> _Entry:
    try:
        return convert(document, kind)
    except ValidationError as error:
        raise NotARecord(str(error)) from None


def _require_result(assessment: Document) -> None:
    try:
        booked(assessment)
    except (KeyError, TypeError, ValueError):
        raise NotARecord("'assessment' is no result") from None
