"""Addresses of stores: a file, or a PostgreSQL server; and how they may be shown."""

from __future__ import annotations

import re

from nmtchoose.errors import Code, StoreError, fault

_SERVERS = ("postgresql", "postgres")
_MEAN_SOMETHING = re.compile(r"[@/?#\[\]\s]|%(?![0-9A-Fa-f]{2})")
"""What has to be written as %40 and the like before the @ of an address; whoever reads it would cut it there."""


def is_server(address: str) -> bool:
    """Return whether `address` names a database server.

    Raises StoreError for another kind of URL, and for a name or password in which a sign would be misread.
    """
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
