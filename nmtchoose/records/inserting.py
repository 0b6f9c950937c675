"""The rows that make up a record, added inside a transaction. Documents stand in columns as JSON, sealed."""

from __future__ import annotations

import json
from dataclasses import dataclass

from nmtchoose.errors import Code, StoreError, fault
from nmtchoose.records.connection import Connection
from nmtchoose.records.documents import one_line, written
from nmtchoose.records.entries import Amendment, Document, Intake, Outcome, booked
from nmtchoose.records.seal import Seal


def insert_intake(connection: Connection, columns: Columns, intake: Intake) -> None:
    """Add an intake with its consent."""
    consent = intake.consent
    connection.run(
        "INSERT INTO consents (intake_id, version, given_at, taken_by) VALUES (?, ?, ?, ?)",
        (intake.id, consent.version, written(consent.given_at), consent.taken_by),
    )
    summary = {**_result(intake.assessment), "client": intake.client, "asked_by": intake.asked_by, "full": intake.full}
    connection.run(
        "INSERT INTO intakes (id, taken_at, client_key, summary, contents) VALUES (?, ?, ?, ?, ?)",
        (
            intake.id,
            written(intake.taken_at),
            columns.seal.client_key(intake.client) if intake.client else None,
            columns.close(summary, "intakes.summary", intake.id),
            columns.close(intake, "intakes.contents", intake.id),
        ),
    )


def insert_amendment(connection: Connection, columns: Columns, record_id: str, amendment: Amendment) -> None:
    """Add an amendment to a record."""
    summary = _result(amendment.assessment) if amendment.assessment else {}
    connection.run(
        "INSERT INTO amendments (id, intake_id, made_at, summary, contents) VALUES (?, ?, ?, ?, ?)",
        (
            amendment.id,
            record_id,
            written(amendment.made_at),
            columns.close(summary, "amendments.summary", amendment.id),
            columns.close(amendment, "amendments.contents", amendment.id),
        ),
    )


def insert_outcome(connection: Connection, columns: Columns, record_id: str, outcome: Outcome) -> None:
    """Add what happened after an intake to its record."""
    contents = columns.close(outcome, "outcomes.contents", outcome.id)
    connection.run(
        "INSERT INTO outcomes (id, intake_id, made_at, contents) VALUES (?, ?, ?, ?)",
        (outcome.id, record_id, written(outcome.made_at), contents),
    )


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
