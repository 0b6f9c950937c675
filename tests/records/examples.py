"""Small records to store."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from nmtchoose.records.entries import Amendment, Consent, Document, Intake, Outcome, new_id
from nmtchoose.records.store import Store, open_store

TELLING = "migraine-with-zigzag-lines"
"""Words of a client that must not be found anywhere after a deletion."""


def nobody_asks() -> str:
    """Fail: the store is not encrypted, so nobody may be asked for a passphrase."""
    raise AssertionError("asked for a passphrase")


def opened(address: str) -> Store:
    """Return the plain store at `address`."""
    return open_store(address, nobody_asks)


def result(disposition: str = "proceed", *therapies: str) -> Document:
    """Return what the store needs of an assessment."""
    return {"disposition": disposition, "recommendation": {"therapies": list(therapies)}}


def intake(
    client: str = "C-1",
    *,
    day: int = 1,
    disposition: str = "proceed",
    therapies: tuple[str, ...] = ("swedish",),
    notes: str = TELLING,
    record_id: str = "",
) -> Intake:
    """Return an intake of a day in November 2026."""
    taken = datetime(2026, 11, day, 9, 30, tzinfo=UTC)
    return Intake(
        id=record_id or new_id(),
        taken_at=taken,
        consent=Consent("2026-11", taken, "Sam"),
        answers={"age": 44, "pain_sites": ["neck"], "notes": notes},
        assessment=result(disposition, *therapies),
        told=(("How old are you?", "44 years"), ("Anything else?", notes)),
        client=client,
        asked_by="Sam",
        seconds=180,
    )


def amendment(why: str = "Typing error", day: int = 20, disposition: str = "clearance") -> Amendment:
    """Return an amendment with a corrected age."""
    return Amendment(
        id=new_id(),
        made_at=datetime(2026, 11, day, 10, 0, tzinfo=UTC),
        by="Alex",
        why=why,
        answers={"age": 54, "pain_sites": ["neck"]},
        assessment=result(disposition, "nmt"),
        told=(("How old are you?", "54 years"),),
    )


def outcome(day: int = 21, **told: Any) -> Outcome:
    """Return what was noted after an intake, by default that nothing was booked."""
    made = datetime(2026, 11, day, 10, 0, tzinfo=UTC)
    return Outcome(id=new_id(), made_at=made, by="Alex", **({"booked": ()} | told))
