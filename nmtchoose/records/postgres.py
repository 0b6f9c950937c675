"""The store in PostgreSQL, for several desks: its tables stand in a schema of their own, `nmtchoose`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from nmtchoose.errors import Code, Fault, StoreError, fault
from nmtchoose.records.database import KEPT_TABLES, Migration, Row, migrated, without_password

if TYPE_CHECKING:
    import psycopg

SCHEMA = "nmtchoose"
_MIGRATION_LOCK = "727011"  # any number, the same at every desk
_SECONDS_TO_CONNECT = 10
_SECONDS_FOR_A_LOCK = 10
_SECONDS_FOR_A_STATEMENT = 120
_FULL = "53100"
_THERE_ALREADY = "23505"
_TOOK_TOO_LONG = ("55P03", "57014", "40P01")
"""Waited in vain for another desk, too long for a statement, or each for the other."""


def open_postgres(address: str, migrations: Sequence[Migration] | None = None) -> PostgresConnection:
    """Return the store at `address`, created when it is not there; raises StoreError."""
    return migrated(PostgresConnection(address), migrations)


class PostgresConnection:
    """One open database on a server; see `nmtchoose.records.database`."""

    dialect = "postgres"

    def __init__(self, address: str) -> None:
        try:
            import psycopg
        except ImportError:
            raise StoreError([fault(Code.STORE_DRIVER)]) from None
        self._errors = psycopg.Error
        try:
            self._database = psycopg.connect(
                address,
                autocommit=True,
                connect_timeout=_SECONDS_TO_CONNECT,
                tcp_user_timeout=_SECONDS_FOR_A_STATEMENT * 1000,
                application_name="nmtchoose",
            )
        except psycopg.ProgrammingError:  # it names the part of the address that it does not understand
            raise StoreError([fault(Code.STORE_ADDRESS, name=without_password(address))]) from None
        except psycopg.Error as error:
            raise StoreError([_fault(error)]) from None
        self.run(f"SET search_path TO {SCHEMA}")
        self.run(f"SET lock_timeout TO '{_SECONDS_FOR_A_LOCK}s'")
        self.run(f"SET statement_timeout TO '{_SECONDS_FOR_A_STATEMENT}s'")

    def run(self, statement: str, values: Sequence[str | None] = ()) -> list[Row]:
        """Run one statement and return its rows."""
        with self._named():
            cursor = self._database.execute(statement.replace("?", "%s").encode(), values or None)
            return cast("list[Row]", cursor.fetchall()) if cursor.description else []

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make the statements inside happen together or not at all."""
        with self._named(), self._database.transaction():
            yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        """A transaction while no other desk changes the schema."""
        with self.transaction():
            self.run(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
            self.run(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            yield

    def has_tables(self) -> bool:
        """Return whether the tables of the store are there."""
        return bool(self.run("SELECT 'x' WHERE to_regclass('store_info') IS NOT NULL"))

    def shrink(self) -> None:
        """Write the tables anew without what was deleted. The server's own log and backups are the server's."""
        for table in KEPT_TABLES:
            self.run(f"VACUUM FULL {table}")

    def faults(self) -> tuple[str, ...]:
        """Return nothing: a server looks after its own files."""
        return ()

    def close(self) -> None:
        """Hang up."""
        self._database.close()

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except self._errors as error:
            raise StoreError([_fault(error)]) from None


def _fault(error: psycopg.Error) -> Fault:
    """Return a fault with the server's main sentence; its details could hold a value and stay out."""
    if error.sqlstate == _FULL:
        return fault(Code.STORE_FULL)
    if error.sqlstate in _TOOK_TOO_LONG:
        return fault(Code.STORE_BUSY)
    if error.sqlstate == _THERE_ALREADY:
        return fault(Code.RECORD_PART_TWICE)
    primary = error.diag.message_primary
    detail = primary or (str(error).strip().splitlines() or [type(error).__name__])[0]
    return fault(Code.STORE_REFUSES, detail=detail)
