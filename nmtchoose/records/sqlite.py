"""The store in one SQLite file.

It is readable only by its owner, created whole or not at all, and never written over another file.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from nmtchoose.errors import Code, Fault, StoreError, fault
from nmtchoose.files.atomic import MARK, is_store
from nmtchoose.records.database import Migration, Row, migrated

WAIT_SECONDS = 30
_CODES = {
    sqlite3.SQLITE_FULL: Code.STORE_FULL,
    sqlite3.SQLITE_CONSTRAINT: Code.RECORD_PART_TWICE,
    sqlite3.SQLITE_BUSY: Code.STORE_BUSY,
    sqlite3.SQLITE_LOCKED: Code.STORE_BUSY,
    sqlite3.SQLITE_CORRUPT: Code.STORE_DAMAGED,
    sqlite3.SQLITE_NOTADB: Code.STORE_DAMAGED,
}
_NOT_WRITABLE = {
    sqlite3.SQLITE_READONLY: "it is read-only",
    sqlite3.SQLITE_CANTOPEN: "it or its folder is not open to you",
    sqlite3.SQLITE_PERM: "it is not open to you",
    sqlite3.SQLITE_IOERR: "the disk does not take it",
}


def open_sqlite(path: Path, migrations: Sequence[Migration] | None = None) -> SqliteConnection:
    """Return the store at `path`, created when not there; raises StoreError, also for another file, unopened."""
    try:
        if not path.exists():
            _create(path, migrations)
        if not is_store(path):
            raise StoreError([fault(Code.STORE_FOREIGN, file=str(path))])
        for file in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
            with contextlib.suppress(FileNotFoundError, PermissionError):
                if file.stat().st_mode & 0o077:
                    file.chmod(0o600)
    except OSError as error:
        detail = error.strerror or "unknown reason"
        raise StoreError([fault(Code.STORE_NOT_WRITABLE, file=str(path), detail=detail)]) from None
    return migrated(SqliteConnection(path), migrations)


def _create(path: Path, migrations: Sequence[Migration] | None) -> None:
    """Make the whole store beside its place, then put it there in one step unless somebody else was first."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".nmtchoose-", suffix=".new", dir=path.parent)
    os.close(handle)
    fresh = Path(name)
    try:
        connection = SqliteConnection(fresh, shown=path)
        try:
            connection.run(f"PRAGMA application_id = {MARK}")
            connection.run("PRAGMA journal_mode = WAL")
            migrated(connection, migrations)
        finally:
            connection.close()
        _place(fresh, path)
    finally:
        for left in (fresh, fresh.with_name(f"{fresh.name}-wal"), fresh.with_name(f"{fresh.name}-shm")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def _place(fresh: Path, path: Path) -> None:
    """Neither way replaces a file: on Windows a rename fails on one, elsewhere a second name for the file does."""
    try:
        if os.name == "nt":
            fresh.rename(path)
        else:
            path.hardlink_to(fresh)
    except FileExistsError:
        return
    except OSError:  # a disk without second names for files, such as a memory stick
        if not path.exists():
            fresh.rename(path)


class SqliteConnection:
    """One open file; see `nmtchoose.records.database`. `shown` is the path that errors name."""

    dialect = "sqlite"

    def __init__(self, path: Path, shown: Path | None = None) -> None:
        self._path = shown or path
        with self._named():
            self._database = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
            try:
                for setting in ("foreign_keys = ON", "secure_delete = ON", "synchronous = FULL", "temp_store = MEMORY"):
                    self._database.execute(f"PRAGMA {setting}")
            except BaseException:
                self._database.close()
                raise

    def run(self, statement: str, values: Sequence[str | None] = ()) -> list[Row]:
        """Run one statement and return its rows."""
        with self._named():
            return self._database.execute(statement, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make the statements inside happen together or not at all."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._database.rollback()
            raise

    alone = transaction

    def has_tables(self) -> bool:
        """Return whether the tables of the store are there."""
        return bool(self.run("SELECT name FROM sqlite_master WHERE name = 'store_info'"))

    def shrink(self) -> None:
        """Write the file anew without what was deleted, and empty the write-ahead log."""
        self.run("VACUUM")
        until = time.monotonic() + WAIT_SECONDS
        while True:
            with self._named():
                busy, _, _ = self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                return
            if time.monotonic() > until:
                raise StoreError([fault(Code.STORE_BUSY, file=str(self._path))])
            time.sleep(0.1)

    def faults(self) -> tuple[str, ...]:
        """Return what SQLite finds wrong with the file."""
        found = [str(row[0]) for row in self.run("PRAGMA integrity_check")]
        return tuple(one for one in found if one != "ok")

    def close(self) -> None:
        """Let go of the file."""
        with self._named():
            self._database.close()

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Turn what SQLite refuses into a fault with a code; its own words could hold a value and stay out."""
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError([self._fault(error)]) from None
        except UnicodeDecodeError:  # SQLite quotes a damaged schema as it stands there
            raise StoreError([fault(Code.STORE_DAMAGED, file=str(self._path))]) from None

    def _fault(self, error: sqlite3.Error) -> Fault:
        number = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if number in _NOT_WRITABLE:
            return fault(Code.STORE_NOT_WRITABLE, file=str(self._path), detail=_NOT_WRITABLE[number])
        if number in _CODES:
            return fault(_CODES[number], file=str(self._path))
        name = getattr(error, "sqlite_errorname", type(error).__name__)
        return fault(Code.STORE_REFUSES, file=str(self._path), detail=name)
