"""A record in the place of an answers file, by the start of its id."""

from __future__ import annotations

from pathlib import Path

from nmtchoose.desk.desk import Opener
from nmtchoose.files.answers_file import STANDARD_INPUT
from nmtchoose.records.entries import Record

_SHORTEST_ID = 4


def record_named(source: str) -> Record | None:
    """Return the record whose id starts with `source`; None where that is a file, or can be no id.

    Raises StoreError when there is no such record.
    """
    looks_like_one = source.isascii() and source.isalnum() and len(source) >= _SHORTEST_ID
    if source == STANDARD_INPUT or not looks_like_one or Path(source).exists():
        return None
    opener = Opener()
    if not opener.there:
        return None
    with opener.open() as store:
        return store.record(store.find(source))
