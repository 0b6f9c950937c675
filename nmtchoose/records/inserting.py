"""The rows that make up a record. Who calls this is inside a transaction."""

from __future__ import annotations

from nmtchoose.records.columns import Columns
from nmtchoose.records.connection import Connection
from nmtchoose.records.documents import written
from nmtchoose.records.entries import Amendment, Document, Intake, Outcome, booked


def insert_intake(connection: Connection, columns: Columns, intake: Intake) -> None:
    """Add an intake with its consent."""
    consent = intake.consent
    connection.run(
        "INSERT INTO consents (intake_id, version, given_at, taken_by) VALUES (?, ?, ?, ?)",
        (intake.id, consent.version, written(consent.given_at), consent.taken_by),
    )
    summary = {
        **_result(intake.assessment),
        "client": intake.client,
        "asked_by": intake.asked_by,
        "full": intake.full,
    }
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
