"""Which records the flags mean, and which one a word that may be a file or the start of an id."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from nmtchoose.cli.delivery import known_name
from nmtchoose.desk.desk import Opener
from nmtchoose.errors import Code, StoreError, fault
from nmtchoose.model.disposition import Disposition
from nmtchoose.records.entries import Record, Wanted, checked_reference
from nmtchoose.words.days import day_read

RecordId = Annotated[str, typer.Argument(metavar="ID", help="A record; the start of its id is enough.")]
Client = Annotated[str | None, typer.Option(metavar="REF", help="Only this client.")]
Since = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only from this day on: 2026-11-12, yesterday, 12 Nov.")
]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Only up to this day.")]
DispositionWord = Annotated[str | None, typer.Option(metavar="WORD", help="Only this disposition, such as clearance.")]
Therapy = Annotated[str | None, typer.Option(metavar="THERAPY", help="Only where this is suggested.")]
_ID = re.compile("[0-9a-f]{4,40}")  # as new ids are; a file that is not there must not be looked for among records


def wanted_records(
    client: str | None, since: str | None, until: str | None, disposition: str | None, therapy: str | None
) -> Wanted:
    """Return what the flags say. `since` and `until` are days, both included. Raises StoreError or UsageError."""
    word = (disposition or "").lower().replace("-", "_")
    return Wanted(
        client="" if client is None else checked_reference(client),
        since=None if since is None else start_of(since),
        before=None if until is None else start_of(until) + timedelta(days=1),
        disposition=None if disposition is None else Disposition(known_name("disposition", word, list(Disposition))),
        therapy="" if therapy is None else therapy.lower().replace("-", "_"),
    )


def start_of(day: str) -> datetime:
    """Return the first moment of a day here; raises StoreError when it is none."""
    try:
        return datetime.combine(day_read(day, date.today()), datetime.min.time()).astimezone()
    except (ValueError, OverflowError, OSError):
        raise StoreError([fault(Code.RECORD_TIME, name=day[:40])]) from None


def record_named(source: str) -> Record | None:
    """Return the record whose id starts with `source`, or raise StoreError; None for a file, or what can be no id."""
    if not _ID.fullmatch(source) or Path(source).exists():
        return None
    opener = Opener()
    if not opener.there:
        return None
    with opener.open() as store:
        return store.record(store.find(source))
