"""What the store asks of a database, which `sqlite` and `postgres` give it: its address, its tables, and older ones.

An intake without one of the `consents` cannot be stored, and removing that removes everything that hangs on it.
`summary` holds what a list shows, `contents` everything, both as JSON and both encrypted in an encrypted store.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias, TypeVar

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


Database = TypeVar("Database", bound=Connection)
Migration = Sequence[str]
"""The statements that lead from one schema to the next."""

_TABLES = (
    "CREATE TABLE store_info (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "INSERT INTO store_info (name, value) VALUES ('schema', '0')",
    """CREATE TABLE consents (
        intake_id TEXT PRIMARY KEY,
        version TEXT NOT NULL,
        given_at TEXT NOT NULL,
        taken_by TEXT NOT NULL
    )""",
    """CREATE TABLE intakes (
        id TEXT PRIMARY KEY REFERENCES consents (intake_id) ON DELETE CASCADE,
        taken_at TEXT NOT NULL,
        client_key TEXT,
        summary TEXT NOT NULL,
        contents TEXT NOT NULL
    )""",
    """CREATE TABLE amendments (
        id TEXT PRIMARY KEY,
        intake_id TEXT NOT NULL REFERENCES intakes (id) ON DELETE CASCADE,
        made_at TEXT NOT NULL,
        summary TEXT NOT NULL,
        contents TEXT NOT NULL
    )""",
    "CREATE INDEX intakes_by_client ON intakes (client_key, taken_at)",
    "CREATE INDEX intakes_by_time ON intakes (taken_at)",
    "CREATE INDEX amendments_by_intake ON amendments (intake_id, made_at)",
)

_FIRST_TABLES = ("consents", "intakes", "amendments")
KEPT_TABLES = (*_FIRST_TABLES, "outcomes")


def _guarding(tables: Sequence[str]) -> Mapping[str, Migration]:
    return {
        "sqlite": tuple(
            f"CREATE TRIGGER {table}_stay BEFORE UPDATE ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'records are only ever added to'); END"
            for table in tables
        ),
        "postgres": (
            "CREATE OR REPLACE FUNCTION stay() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN RAISE EXCEPTION ''records are only ever added to''; END'",
            *(
                f"CREATE TRIGGER {table}_stay BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION stay()"
                for table in tables
            ),
        ),
    }


_OUTCOMES = (
    """CREATE TABLE outcomes (
        id TEXT PRIMARY KEY,
        intake_id TEXT NOT NULL REFERENCES intakes (id) ON DELETE CASCADE,
        made_at TEXT NOT NULL,
        contents TEXT NOT NULL
    )""",
    "CREATE INDEX outcomes_by_intake ON outcomes (intake_id, made_at)",
)

MIGRATIONS: Mapping[str, Sequence[Migration]] = {
    dialect: ((*_TABLES, *_guarding(_FIRST_TABLES)[dialect]), (*_OUTCOMES, *_guarding(["outcomes"])[dialect]))
    for dialect in ("sqlite", "postgres")
}
"""By dialect, in order; a store of schema 1 has the first behind it. Old ones are never changed."""


def guard(connection: Connection) -> None:
    """Let the database itself refuse to change what was stored."""
    for statement in _guarding(KEPT_TABLES)[connection.dialect]:
        connection.run(statement)


def unguard(connection: Connection) -> None:
    """Allow changes, inside a transaction that guards again."""
    for table in KEPT_TABLES:
        connection.run(f"DROP TRIGGER {table}_stay" + (f" ON {table}" if connection.dialect == "postgres" else ""))


def migrated(connection: Database, migrations: Sequence[Migration] | None = None) -> Database:
    """Return the store brought to the present schema, all of it or nothing; raises StoreError for one that is newer.

    Lets go of the database where that fails.
    """
    steps = MIGRATIONS[connection.dialect] if migrations is None else migrations
    try:
        if _behind(connection, len(steps)):
            with connection.alone():
                for step in steps[len(steps) - _behind(connection, len(steps)) :]:
                    for statement in step:
                        connection.run(statement)
                connection.run("UPDATE store_info SET value = ? WHERE name = 'schema'", (str(len(steps)),))
    except BaseException:
        connection.close()
        raise
    return connection


def _behind(connection: Connection, known: int) -> int:
    found = 0
    if connection.has_tables():
        rows = connection.run("SELECT value FROM store_info WHERE name = 'schema'")
        version = str(rows[0][0]) if rows else ""
        if not (version.isascii() and version.isdigit() and len(version) < 10):
            raise StoreError([fault(Code.STORE_DAMAGED)])
        found = int(version)
    if found > known:
        raise StoreError([fault(Code.STORE_NEWER, found=found, known=known)])
    return known - found
