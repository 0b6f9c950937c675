"""Which records the flags mean."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from nmtchoose.errors import Code, StoreError, UsageError, fault, unknown
from nmtchoose.model.disposition import Disposition
from nmtchoose.store.entries import Wanted, checked_reference


def wanted_records(
    client: str | None, since: str | None, until: str | None, disposition: str | None, therapy: str | None
) -> Wanted:
    """Return what the flags say. `since` and `until` are days, both included. Raises StoreError or UsageError."""
    return Wanted(
        client="" if client is None else checked_reference(client),
        since=None if since is None else start_of(since),
        before=None if until is None else start_of(until) + timedelta(days=1),
        disposition=None if disposition is None else _disposition(disposition),
        therapy="" if therapy is None else therapy.lower().replace("-", "_"),
    )


def start_of(day: str) -> datetime:
    """Return the first moment of a day here; raises StoreError when it is none."""
    try:
        return datetime.combine(date.fromisoformat(day), datetime.min.time()).astimezone()
    except (ValueError, OverflowError, OSError):
        raise StoreError([fault(Code.RECORD_TIME, name=day[:40])]) from None


def _disposition(word: str) -> Disposition:
    name = word.lower().replace("-", "_")
    known = list(Disposition)
    if name not in known:
        raise UsageError([unknown("disposition", name, known)])
    return Disposition(name)
