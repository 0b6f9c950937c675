"""What the store asks of a database, which `sqlite` and `postgres` give it; and addresses, as they may be shown."""

import re
from typing import TYPE_CHECKING, TypeAlias

from nmtchoose.errors import Code, StoreError, fault

if TYPE_CHECKING:
    from nmtchoose.records.postgres import PostgresConnection
    from nmtchoose.records.sqlite import SqliteConnection

Row = tuple[str | None, ...]
"""Every column of the store is text."""

Connection: TypeAlias = "SqliteConnection | PostgresConnection"
"""One open database. Every method raises StoreError with a code for what the engine refuses.

Statements are written with `?` for values and hold no other `?` and no `%`; `dialect` is for the few that differ.
"""

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
