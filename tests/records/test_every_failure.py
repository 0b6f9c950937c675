"""A disk that gives up at any step of saving, correcting, deleting or encrypting: what is said about it is true."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from nmtchoose.errors import Code, StoreError
from nmtchoose.records.entries import Record, Wanted
from nmtchoose.records.sqlite import SqliteConnection
from nmtchoose.records.store import Store, open_store
from tests.records.examples import amendment, intake, nobody_asks
from tests.records.test_store import CHEAP, PASSPHRASE

SAVED, NEW, CHANGE = intake("A", record_id="saved"), intake("B", record_id="new"), amendment()

CHANGES: Mapping[str, Callable[[Store], object]] = {
    "save": lambda store: store.save(NEW),
    "amend": lambda store: store.add_to("saved", CHANGE),
    "import": lambda store: store.add([Record(NEW, (CHANGE,))]),
    "delete": lambda store: store.delete(["saved"]),
    "encrypt": lambda store: store.encrypt(PASSPHRASE, CHEAP),
}
REFUSALS = (
    (sqlite3.SQLITE_FULL, Code.STORE_FULL),
    pytest.param(sqlite3.SQLITE_IOERR_WRITE, Code.STORE_NOT_WRITABLE, marks=pytest.mark.slow),
    pytest.param(sqlite3.SQLITE_IOERR_FSYNC, Code.STORE_NOT_WRITABLE, marks=pytest.mark.slow),
    pytest.param(sqlite3.SQLITE_READONLY, Code.STORE_NOT_WRITABLE, marks=pytest.mark.slow),
    pytest.param(sqlite3.SQLITE_BUSY, Code.STORE_BUSY, marks=pytest.mark.slow),
    pytest.param(sqlite3.SQLITE_NOMEM, Code.STORE_REFUSES, marks=pytest.mark.slow),
)


class Failing:
    """A database that refuses the statement that is due after `steps` others, and works again afterwards."""

    def __init__(self, database: sqlite3.Connection, steps: int, refusal: int) -> None:
        self.database, self.left, self.refusal = database, steps, refusal

    def execute(self, *statement: object) -> sqlite3.Cursor:
        self.left -= 1
        if self.left == -1:
            error = sqlite3.OperationalError("no")
            error.sqlite_errorcode, error.sqlite_errorname = self.refusal, "SQLITE_NO"
            raise error
        return self.database.execute(*statement)  # type: ignore[arg-type]

    def __getattr__(self, name: str) -> object:
        return getattr(self.database, name)


def kept(address: str) -> tuple[list[Record], bool]:
    """Return what is in the store, and whether it is encrypted."""
    with open_store(address, lambda: PASSPHRASE) as store:
        return list(store.records(Wanted())), store.encrypted


def failures(folder: Path, change: Callable[[Store], object], refusal: int) -> Iterator[tuple[StoreError, str]]:
    """Let `change` fail at its first step, its second and so on; yield each error, and the store that is left."""
    for steps in range(100):
        address = str(folder / f"{steps}.db")
        with open_store(address, nobody_asks) as store:
            store.save(SAVED)
            connection = store._connection
            assert isinstance(connection, SqliteConnection)
            failing = Failing(connection._database, steps, refusal)
            connection._database = failing  # type: ignore[assignment]
            try:
                change(store)
            except StoreError as error:
                yield error, address
        if failing.left >= 0:
            return


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(("refusal", "code"), REFUSALS)
def test_what_is_said_about_a_failure_is_true(change: str, refusal: int, code: Code, tmp_path: Path) -> None:
    done = str(tmp_path / "done.db")
    with open_store(done, nobody_asks) as store:
        store.save(SAVED)
        CHANGES[change](store)
    steps = 0
    for error, address in failures(tmp_path, CHANGES[change], refusal):
        steps += 1
        (one,) = error.faults
        if one.code is Code.STORE_TRACES:
            assert kept(address) == kept(done)
        else:
            assert one.code is code
            assert kept(address) == ([Record(SAVED)], False)
    assert steps > 3
