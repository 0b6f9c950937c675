"""A record in the place of an answers file, by the start of its id."""

from __future__ import annotations

import re
from pathlib import Path

from nmtchoose.desk.desk import Opener
from nmtchoose.records.entries import Record

_ID = re.compile("[0-9a-f]{4,40}")
"""As new ids are; a file that is not there must not be looked for among records."""


def record_named(source: str) -> Record | None:
    """Return the record whose id starts with `source`; None where that is a file, or can be no id.

    Raises StoreError when there is no such record.
    """
    if not _ID.fullmatch(source) or Path(source).exists():
        return None
    opener = Opener()
    if not opener.there:
        return None
    with opener.open() as store:
        return store.record(store.find(source))
