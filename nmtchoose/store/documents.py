"""Records as JSON: `nmtchoose/record/1`, the same in the store, in an export and in an import."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from nmtchoose.store.entries import Amendment, Consent, Document, Intake, Record, booked

RECORD_FORMAT = "nmtchoose/record/1"


class NotARecord(ValueError):  # noqa: N818 - it says what a document is not
    """A document that is no record. Its message names a field and never its value."""


def record_document(record: Record) -> dict[str, object]:
    """Return `record` as JSON has it."""
    return {
        "format": RECORD_FORMAT,
        **intake_document(record.intake),
        "amendments": [amendment_document(one) for one in record.amendments],
    }


def intake_document(intake: Intake) -> dict[str, object]:
    """Return the original `intake` as JSON has it."""
    return {
        "id": intake.id,
        "taken_at": written(intake.taken_at),
        "client": intake.client,
        "asked_by": intake.asked_by,
        "voice": intake.voice,
        "seconds": intake.seconds,
        "full": intake.full,
        "offered": list(intake.offered),
        "help_status": intake.help_status,
        "consent": {
            "version": intake.consent.version,
            "given_at": written(intake.consent.given_at),
            "taken_by": intake.consent.taken_by,
        },
        "answers": dict(intake.answers),
        "told": [list(pair) for pair in intake.told],
        "assessment": dict(intake.assessment),
    }


def amendment_document(amendment: Amendment) -> dict[str, object]:
    """Return `amendment` as JSON has it."""
    return {
        "id": amendment.id,
        "made_at": written(amendment.made_at),
        "by": amendment.by,
        "why": amendment.why,
        "answers": dict(amendment.answers),
        "told": [list(pair) for pair in amendment.told],
        "assessment": dict(amendment.assessment),
    }


def record_of(document: object) -> Record:
    """Return the record in `document`; raises NotARecord, which names the field that is missing or wrong."""
    fields = _Fields(document)
    if fields.text("format") != RECORD_FORMAT:
        raise NotARecord(f"its 'format' is not {RECORD_FORMAT}")
    return Record(intake_of(document), tuple(amendment_of(one) for one in fields.items("amendments")))


def intake_of(document: object) -> Intake:
    """Return the intake in `document`; raises NotARecord."""
    fields = _Fields(document)
    consent = _Fields(fields.mapping("consent"))
    return Intake(
        id=fields.id(),
        taken_at=fields.time("taken_at"),
        consent=Consent(consent.text("version"), consent.time("given_at"), consent.text("taken_by")),
        answers=fields.mapping("answers"),
        assessment=fields.assessment(),
        told=fields.pairs("told"),
        client=fields.text("client"),
        asked_by=fields.text("asked_by"),
        voice=fields.text("voice"),
        seconds=fields.number("seconds"),
        full=fields.number("full") != 0,
        offered=tuple(map(str, fields.items("offered"))),
        help_status=fields.text("help_status"),
    )


def amendment_of(document: object) -> Amendment:
    """Return the amendment in `document`; raises NotARecord."""
    fields = _Fields(document)
    return Amendment(
        id=fields.id(),
        made_at=fields.time("made_at"),
        by=fields.text("by"),
        why=fields.text("why"),
        answers=fields.mapping("answers"),
        assessment=fields.assessment() if fields.mapping("assessment") else {},
        told=fields.pairs("told"),
    )


def one_line(document: object) -> str:
    """Return `document` as JSON on one line."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def written(moment: datetime) -> str:
    """Return a moment as text that sorts like time: UTC, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


class _Fields:
    """The fields of one document, each read as what it has to be."""

    def __init__(self, document: object) -> None:
        if not isinstance(document, Mapping):
            raise NotARecord("it is no mapping")
        self._document: Document = document

    def _get(self, name: str, kind: type | tuple[type, ...]) -> object:
        value = self._document.get(name)
        if not isinstance(value, kind):
            raise NotARecord(f"'{name}' is missing or of another kind")
        return value

    def text(self, name: str) -> str:
        return str(self._get(name, str))

    def id(self) -> str:
        text = self.text("id")
        if not (text.isascii() and text.isalnum() and len(text) <= 40):
            raise NotARecord("'id' is not of letters and digits")
        return text

    def number(self, name: str) -> int:
        value = self._get(name, int)
        return value if isinstance(value, int) else 0

    def time(self, name: str) -> datetime:
        try:
            moment = datetime.fromisoformat(self.text(name))
        except ValueError:
            raise NotARecord(f"'{name}' is no time") from None
        if moment.tzinfo is None:
            raise NotARecord(f"'{name}' has no time zone")
        return moment.astimezone(UTC)

    def mapping(self, name: str) -> Document:
        value = self._get(name, Mapping)
        return value if isinstance(value, Mapping) else {}

    def items(self, name: str) -> Sequence[object]:
        value = self._get(name, list)
        return value if isinstance(value, list) else []

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        pairs = self.items(name)
        if not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
            raise NotARecord(f"'{name}' holds something else than pairs")
        return tuple((str(pair[0]), str(pair[1])) for pair in pairs if isinstance(pair, list))

    def assessment(self) -> Document:
        assessment = self.mapping("assessment")
        try:
            booked(assessment)
        except (KeyError, TypeError, ValueError):
            raise NotARecord("'assessment' is no result") from None
        return assessment
