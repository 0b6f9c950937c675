"""Killed processes, several desks at once, full disks and files that are not ours: nothing is lost or overwritten."""

from __future__ import annotations

import random
import resource
import signal
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from nmtchoose.errors import StoreError
from nmtchoose.records.database import MIGRATIONS, Migration
from nmtchoose.records.entries import Wanted
from nmtchoose.records.sqlite import SqliteConnection, open_sqlite
from nmtchoose.records.store import Store
from tests.amounts import few_or_many
from tests.records.children import Child, without_rights
from tests.records.examples import intake, nobody_asks, opened

Report = Callable[[str], None]
LONGEST_LIFE = 0.06
"""Seconds: a child opens the store in a few milliseconds and saves an intake in a few more."""


def saver(address: str) -> Callable[[Report], None]:
    """Return work that opens the store and saves without end."""

    def save(report: Report) -> None:
        with opened(address) as store:
            while True:
                saved = intake(notes="x" * 3000)
                store.save(saved)
                report(saved.id)

    return save


def stored(address: str) -> set[str]:
    with opened(address) as store:
        assert store.faults() == ()
        ids = {one.id for one in store.summaries(Wanted())}
        assert all(store.record(one).intake.id == one for one in ids)
        return ids


@few_or_many(10, 100)
def test_killing_while_saving_loses_no_acknowledged_intake(address: str, times: int) -> None:
    acknowledged: set[str] = set()
    for number in range(times):
        child = Child(saver(address))
        acknowledged |= set(child.kill_after(random.uniform(0, LONGEST_LIFE), reports=number % 3))
    assert acknowledged
    assert acknowledged <= stored(address)


@few_or_many(5, 50)
def test_killing_while_creating_leaves_no_store_or_a_whole_one(tmp_path: Path, times: int) -> None:
    for number in range(times):
        address = str(tmp_path / str(number) / "records.db")
        acknowledged = Child(saver(address)).kill_after(random.uniform(0, 0.1))
        assert set(acknowledged) <= stored(address)


ADDED = (
    "ALTER TABLE store_info ADD COLUMN checked TEXT",
    "CREATE TABLE copies (id TEXT PRIMARY KEY, contents TEXT NOT NULL)",
    "INSERT INTO copies (id, contents) SELECT id, contents FROM intakes",
    "CREATE INDEX copies_by_contents ON copies (contents)",
)
"""A schema to come: a new column, and a table filled from the intakes."""


def migrator(path: Path, migrations: Sequence[Migration]) -> Callable[[Report], None]:
    """Return work that opens the store with more migrations than it has behind it."""
    return lambda report: open_sqlite(path, migrations).close()


@few_or_many(5, 50)
def test_killing_while_migrating_leaves_the_old_schema_or_the_new_one(tmp_path: Path, times: int) -> None:
    path = tmp_path / "records.db"
    with opened(str(path)) as store:
        intakes = [intake(notes="x" * 20_000) for _ in range(50)]
        for one in intakes:
            store.save(one)
    content = path.read_bytes()
    later = (*MIGRATIONS["sqlite"], ADDED)
    schemas = set()
    for number in range(times):
        copy = tmp_path / f"{number}.db"
        copy.write_bytes(content)
        Child(migrator(copy, later)).kill_after(random.uniform(0, 0.03))
        connection = SqliteConnection(copy)
        schemas.add(connection.run("SELECT value FROM store_info WHERE name = 'schema'")[0][0])
        connection.close()
        with Store(open_sqlite(copy, later), nobody_asks) as store:
            assert {one.id for one in store.summaries(Wanted())} == {one.id for one in intakes}
            assert len(store._connection.run("SELECT id FROM copies")) == len(intakes)
            assert store.faults() == ()
    assert schemas <= {str(len(later) - 1), str(len(later))}


@few_or_many(5, 25)
def test_eight_desks_saving_at_once_lose_nothing(address: str, times: int) -> None:
    def desk(report: Report) -> None:
        for _ in range(times):
            with opened(address) as store:
                for _ in range(10):
                    saved = intake()
                    store.save(saved)
                    report(saved.id)

    desks = [Child(desk) for _ in range(8)]
    acknowledged = [one for child in desks for one in child.lines()]
    assert len(acknowledged) == 8 * times * 10
    assert set(acknowledged) == stored(address)


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(StoreError) as refused:
        work()
    return refused.value.faults[0].code.id


def test_a_disk_that_takes_no_more_gives_an_error_and_keeps_what_was_stored(tmp_path: Path) -> None:
    address = str(tmp_path / "records.db")
    with opened(address):
        pass

    def fill(report: Report) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
        with opened(address) as store:
            try:
                while True:
                    saved = intake(notes="x" * 20_000)
                    store.save(saved)
                    report(saved.id)
            except StoreError as error:
                report(error.faults[0].code.id)

    *acknowledged, code = Child(fill).lines()
    assert code in ("R004", "R005")
    assert acknowledged
    assert set(acknowledged) == stored(address)


def test_a_full_database_says_that_the_disk_is_full(tmp_path: Path) -> None:
    with opened(str(tmp_path / "records.db")) as store:
        store.save(intake("A"))
        pages = store._connection.run("PRAGMA page_count")[0][0]
        store._connection.run(f"PRAGMA max_page_count = {pages}")
        assert refusal(lambda: store.save(intake("B", notes="x" * 50_000))) == "R004"
        assert [one.client for one in store.summaries(Wanted())] == ["A"]


def test_a_folder_that_cannot_be_written_gives_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "shut"
    folder.mkdir()
    folder.chmod(0o555)

    def try_to_open(report: Report) -> None:
        without_rights(folder)
        report(refusal(lambda: opened(str(folder / "records.db"))))

    assert Child(try_to_open).lines() == ["R005"]
    assert list(folder.iterdir()) == []


def foreign_database(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE store_info (name, value)")
    database.close()


FOREIGN: Mapping[str, Callable[[Path], object]] = {
    "a database of another program": foreign_database,
    "a text": lambda path: path.write_text("Shopping list\n" * 20),
    "an empty file": lambda path: path.write_bytes(b""),
    "a database cut off after its head": lambda path: path.write_bytes(b"SQLite format 3\x00"),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_file_of_another_kind_is_refused_and_left_as_it_is(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    FOREIGN[kind](path)
    before = path.read_bytes()
    assert refusal(lambda: opened(str(path))) == "R001"
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_damaged_store_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    with opened(str(path)) as store:
        for _ in range(20):
            store.save(intake(notes="x" * 5000))
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    path.write_bytes(content)

    def read() -> object:
        with opened(str(path)) as store:
            return store.summaries(Wanted())

    assert refusal(read) == "R002"
    assert path.read_bytes() == bytes(content)


def test_only_the_owner_can_read_the_files(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "records.db"
    with opened(str(path)) as store:
        store.save(intake())
        modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert modes == {"records.db": 0o600, "records.db-wal": 0o600, "records.db-shm": 0o600}


def test_a_store_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    with opened(str(path)):
        pass
    path.chmod(0o644)
    with opened(str(path)):
        assert path.stat().st_mode & 0o777 == 0o600
