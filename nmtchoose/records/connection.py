"""What the store asks of a database, which `sqlite` and `postgres` give it; and addresses, as they may be shown."""

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from nmtchoose.errors import Code, StoreError, fault

Row = tuple[str | None, ...]
"""Every column of the store is text."""


class Connection(Protocol):
    """One open database. Every method raises StoreError with a code for what the engine refuses.

    Statements are written with `?` for values and hold no other `?` and no `%`.
    """

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgres`, for the few statements that differ."""

    def run(self, statement: str, values: Sequence[str | None] = ()) -> list[Row]:
        """Run one statement and return its rows."""

    def transaction(self) -> AbstractContextManager[None]:
        """Make the statements inside happen together or not at all; they are on the disk when this ends."""

    def alone(self) -> AbstractContextManager[None]:
        """A transaction while nobody else changes the schema."""

    def has_tables(self) -> bool:
        """Return whether the tables of the store are there."""

    def shrink(self) -> None:
        """Wipe what deleted rows left behind."""

    def faults(self) -> tuple[str, ...]:
        """Return what the engine finds wrong with its own files."""

    def close(self) -> None:
        """Let go of the database."""


_SERVERS = ("postgresql", "postgres")
_MEAN_SOMETHING = re.compile(r"[@/?#\[\]\s]|%(?![0-9A-Fa-f]{2})")
"""What has to be written as %40 and the like before the @ of an address; whoever reads it would cut it there."""


def is_server(address: str) -> bool:
    """Return whether `address` names a database server; raises StoreError for another kind of URL or a misread sign."""
    scheme, mark, rest = address.partition("://")
    if mark and (scheme not in _SERVERS or _MEAN_SOMETHING.search(rest.rpartition("@")[0])):
        raise StoreError([fault(Code.STORE_ADDRESS, name=without_password(address))])
    return bool(mark)


def without_password(address: str) -> str:
    """Return `address` as it may be shown, whatever signs its password holds."""
    scheme, mark, rest = address.partition("://")
    if not mark:
        return address
    login, at, place = rest.rpartition("@")
    user, colon, _ = login.partition(":")
    place = re.sub(r"(?i)(password=)[^&]*", r"\1***", place)
    return f"{scheme}://{user}{colon}{'***' if colon else ''}{at}{place}"
