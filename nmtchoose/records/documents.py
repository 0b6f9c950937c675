"""Records as JSON, `nmtchoose/record/1`, in exports and imports, and as rows of the store, where the JSON is sealed.

No message repeats what stands there.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from msgspec import ValidationError, convert, to_builtins
from msgspec.structs import asdict

from nmtchoose.errors import Code, Fault, StoreError, fault
from nmtchoose.loading.nodes import DEEPEST, too_deep_at
from nmtchoose.records.connection import Connection
from nmtchoose.records.entries import Amendment, Document, Intake, Later, Outcome, Record, booked
from nmtchoose.records.seal import Seal
from nmtchoose.words.printable import OBEYED

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


@dataclass(frozen=True, slots=True)
class Columns:
    """What `seal` makes of documents. A column is named with its table, and a row by its id."""

    seal: Seal

    def close(self, document: object, column: str, row_id: str) -> str:
        """Return `document` as it is stored."""
        return self.seal.close(one_line(document), f"{column}.{row_id}")

    def text(self, stored: str | None, column: str, row_id: str | None, record_id: str | None = None) -> str:
        """Return the text again; raises StoreError that names the record `record_id`, or the row where it is one."""
        try:
            return self.seal.open(str(stored), f"{column}.{row_id}")
        except StoreError:
            raise damaged(record_id or row_id) from None

    def open(
        self, stored: str | None, column: str, row_id: str | None, record_id: str | None = None
    ) -> dict[str, object]:
        """Return the document again; raises as `text` does, also for what is no document."""
        try:
            document = json.loads(self.text(stored, column, row_id, record_id))
        except (ValueError, RecursionError):
            document = None
        if not isinstance(document, dict):
            raise damaged(record_id or row_id)
        return document


def damaged(record_id: str | None) -> StoreError:
    """Return the error that a record cannot be read."""
    return StoreError([fault(Code.RECORD_DAMAGED, name=record_id)])


def insert_intake(connection: Connection, columns: Columns, intake: Intake) -> None:
    """Add an intake with its consent."""
    consent = intake.consent
    _insert(
        connection,
        "consents",
        intake_id=intake.id,
        version=consent.version,
        given_at=written(consent.given_at),
        taken_by=consent.taken_by,
    )
    summary = {**_result(intake.assessment), "client": intake.client, "asked_by": intake.asked_by, "full": intake.full}
    _insert(
        connection,
        "intakes",
        id=intake.id,
        taken_at=written(intake.taken_at),
        client_key=columns.seal.client_key(intake.client) if intake.client else None,
        summary=columns.close(summary, "intakes.summary", intake.id),
        contents=columns.close(intake, "intakes.contents", intake.id),
    )


def insert_later(connection: Connection, columns: Columns, record_id: str, entry: Later) -> None:
    """Add to a record an amendment, or what happened after its intake."""
    table, told = "outcomes", dict[str, object](contents=entry)
    if isinstance(entry, Amendment):
        table, told["summary"] = "amendments", _result(entry.assessment) if entry.assessment else {}
    closed = {column: columns.close(one, f"{table}.{column}", entry.id) for column, one in told.items()}
    _insert(connection, table, id=entry.id, intake_id=record_id, made_at=written(entry.made_at), **closed)


def _insert(connection: Connection, table: str, **row: str | None) -> None:
    places = ", ".join("?" for _ in row)
    connection.run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", list(row.values()))  # noqa: S608 - names from above


def _result(assessment: Document) -> dict[str, object]:
    disposition, therapies = booked(assessment)
    return {"disposition": disposition.value, "therapies": list(therapies)}
