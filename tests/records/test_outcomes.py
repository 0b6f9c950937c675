"""What happened after an intake, in every kind of store."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from nmtchoose.errors import Code, StoreError
from nmtchoose.records.database import MIGRATIONS
from nmtchoose.records.entries import Record, Wanted, from_lines, to_lines
from nmtchoose.records.sqlite import open_sqlite
from nmtchoose.records.store import Store, open_store
from tests.records.examples import TELLING, intake, nobody_asks, opened, outcome
from tests.records.test_store import CHEAP, PASSPHRASE


def test_the_last_of_each_kind_counts_and_the_earlier_ones_stay(address: str) -> None:
    saved = intake()
    notes = (
        outcome(booked=("nmt",)),
        outcome(22, booked=("swedish",)),
        outcome(23, booked=None, problem=3, change="better"),
    )
    with opened(address) as store:
        store.save(saved)
        for one in notes:
            store.add_to(saved.id, one)
        record = store.record(saved.id)
    assert record.outcomes == notes
    assert (record.booking, record.followed_up) == (notes[1], notes[2])


def test_nothing_is_noted_for_a_record_that_is_not_there(address: str) -> None:
    with opened(address) as store, pytest.raises(StoreError):
        store.add_to("nothere", outcome())


def test_the_database_itself_refuses_to_change_an_outcome(address: str) -> None:
    saved = intake()
    with opened(address) as store:
        store.save(saved)
        store.add_to(saved.id, outcome())
        with pytest.raises(StoreError):
            store._connection.run("UPDATE outcomes SET made_at = '2020'")


def test_outcomes_are_deleted_with_their_record(address: str) -> None:
    saved = intake()
    with opened(address) as store:
        store.save(saved)
        store.add_to(saved.id, outcome())
        store.delete([saved.id])
        assert store._connection.run("SELECT id FROM outcomes") == []


def test_outcomes_are_encrypted_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    saved, noted = intake(notes=""), outcome(doctor=TELLING)
    with opened(str(path)) as store:
        store.save(saved)
        store.add_to(saved.id, noted)
        store.encrypt(PASSPHRASE, CHEAP)
    assert TELLING.encode() not in path.read_bytes()
    with Store(open_sqlite(path), lambda: PASSPHRASE) as store:
        assert store.record(saved.id).outcomes == (noted,)


def test_a_note_that_belongs_to_another_record_is_no_fault_of_the_server(address: str) -> None:
    noted = outcome()
    with opened(address) as store:
        store.add([Record(intake("A"), outcomes=(noted,))])
        with pytest.raises(StoreError) as caught:
            store.add([Record(intake("B"), outcomes=(noted,))])
        assert caught.value.faults[0].code is Code.RECORD_PART_TWICE
        assert len(store.ids(Wanted())) == 1


def test_outcomes_are_exported_and_imported(address: str) -> None:
    whole = Record(intake(), outcomes=(outcome(booked=("nmt",), why="other", words="She asked for it."),))
    lines = "".join(to_lines([whole])).encode()
    with opened(address) as store:
        assert store.add(from_lines(io.BytesIO(lines), "records.jsonl")) == 1
        assert tuple(store.records(Wanted())) == (whole,)


@pytest.mark.slow
@pytest.mark.parametrize("address", ["postgres"], indirect=True)
def test_a_server_from_before_there_were_outcomes_takes_them_and_encrypts_them(address: str) -> None:
    from nmtchoose.records.postgres import open_postgres

    saved, noted = intake(), outcome(doctor=TELLING)
    with Store(open_postgres(address, MIGRATIONS["postgres"][:1]), nobody_asks) as store:
        store.save(saved)
    with opened(address) as store:
        store.add_to(saved.id, noted)
        store.encrypt(PASSPHRASE, CHEAP)
        assert TELLING not in str(store._connection.run("SELECT * FROM outcomes"))
    with open_store(address, lambda: PASSPHRASE) as store:
        assert store.record(saved.id).outcomes == (noted,)


def test_a_store_from_before_there_were_outcomes_takes_them(tmp_path: Path) -> None:
    path, saved = tmp_path / "records.db", intake()
    older = MIGRATIONS["sqlite"][:1]
    with Store(open_sqlite(path, older), nobody_asks) as store:
        store.save(saved)
    with opened(str(path)) as store:
        store.add_to(saved.id, outcome())
        assert len(store.record(saved.id).outcomes) == 1
