"""The rows that make up a record, added inside a transaction. Documents stand in columns as JSON, sealed."""

from __future__ import annotations

import json
from dataclasses import dataclass

from nmtchoose.errors import Code, StoreError, fault
from nmtchoose.records.connection import Connection
from nmtchoose.records.documents import one_line, written
from nmtchoose.records.entries import Amendment, Document, Intake, Later, booked
from nmtchoose.records.seal import Seal


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
    table, sealed = "outcomes", {"contents": entry}
    if isinstance(entry, Amendment):
        table, sealed = "amendments", {"summary": _result(entry.assessment) if entry.assessment else {}, **sealed}
    closed = {column: columns.close(told, f"{table}.{column}", entry.id) for column, told in sealed.items()}
    _insert(connection, table, id=entry.id, intake_id=record_id, made_at=written(entry.made_at), **closed)


def _insert(connection: Connection, table: str, **row: str | None) -> None:
    places = ", ".join("?" for _ in row)
    connection.run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", list(row.values()))  # noqa: S608 - names from above


def _result(assessment: Document) -> dict[str, object]:
    disposition, therapies = booked(assessment)
    return {"disposition": disposition.value, "therapies": list(therapies)}


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
