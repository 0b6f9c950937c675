"""What every store keeps, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nmtchoose.errors import Code, StoreError
from nmtchoose.model.disposition import Disposition
from nmtchoose.records.columns import Cost
from nmtchoose.records.entries import Record, Wanted, booked
from tests.records.examples import TELLING, amendment, intake, opened

PASSPHRASE = "five quiet words in a row"
CHEAP = Cost(2**10, 8, 1)


def codes(error: pytest.ExceptionInfo[StoreError]) -> list[Code]:
    return [one.code for one in error.value.faults]


def test_an_intake_comes_back_as_it_was_saved(address: str) -> None:
    saved = intake()
    with opened(address) as store:
        store.save(saved)
    with opened(address) as store:
        assert store.record(saved.id) == Record(saved)


def test_a_list_names_the_newest_first_and_what_was_recommended(address: str) -> None:
    older, newer = intake("A", day=3), intake("B", day=9, disposition="call_emergency", therapies=())
    with opened(address) as store:
        store.save(newer)
        store.save(older)
        lines = store.summaries(Wanted())
    assert [(one.client, one.disposition.value, one.therapies) for one in lines] == [
        ("B", "call_emergency", ()),
        ("A", "proceed", ("swedish",)),
    ]


@pytest.mark.parametrize(
    ("wanted", "days"),
    [
        (Wanted(client="a"), [2, 1]),
        (Wanted(since=datetime(2026, 11, 2, tzinfo=UTC)), [3, 2]),
        (Wanted(before=datetime(2026, 11, 2, tzinfo=UTC)), [1]),
        (Wanted(disposition=Disposition.CLEARANCE), [2]),
        (Wanted(therapy="nmt"), [3, 2]),
        (Wanted(client="A", therapy="nmt"), [2]),
        (Wanted(client="nobody"), []),
    ],
)
def test_a_list_can_be_narrowed(address: str, wanted: Wanted, days: list[int]) -> None:
    with opened(address) as store:
        store.save(intake("A", day=1))
        store.save(intake("A", day=2, disposition="clearance", therapies=("nmt", "swedish")))
        store.save(intake("B", day=3, therapies=("nmt",)))
        assert [one.taken_at.day for one in store.summaries(wanted)] == days


def test_an_amendment_counts_and_the_original_stays(address: str) -> None:
    saved, change = intake(), amendment()
    with opened(address) as store:
        store.save(saved)
        store.add_to(saved.id, change)
        record = store.record(saved.id)
        (line,) = store.summaries(Wanted())
    assert record.intake == saved
    assert record.amendments == (change,)
    assert record.answers["age"] == 54
    assert booked(record.assessment) == (Disposition.CLEARANCE, ("nmt",))
    assert (line.disposition, line.therapies, line.amended) == (Disposition.CLEARANCE, ("nmt",), 1)


def test_the_database_itself_refuses_to_change_what_was_stored(address: str) -> None:
    saved = intake()
    with opened(address) as store:
        store.save(saved)
        with pytest.raises(StoreError):
            store._connection.run("UPDATE intakes SET taken_at = '2020'")
        assert store.record(saved.id).intake == saved


def test_the_database_itself_refuses_an_intake_without_consent(address: str) -> None:
    with opened(address) as store, pytest.raises(StoreError):
        store._connection.run(
            "INSERT INTO intakes (id, taken_at, summary, contents) VALUES (?, ?, ?, ?)", ("x", "2026", "{}", "{}")
        )


def test_a_saved_intake_is_all_there_or_not_at_all(address: str) -> None:
    first = intake(record_id="abc")
    with opened(address) as store:
        store.save(first)
        with pytest.raises(StoreError):
            store.save(intake("other", record_id="abc"))
        assert [one.client for one in store.summaries(Wanted())] == [first.client]


def test_the_start_of_an_id_is_enough(address: str) -> None:
    with opened(address) as store:
        store.save(intake(record_id="abc123"))
        store.save(intake(record_id="abd456"))
        assert store.find("abc") == "abc123"
        with pytest.raises(StoreError) as ambiguous:
            store.find("ab")
        with pytest.raises(StoreError) as missing:
            store.find("%")
    assert (codes(ambiguous), codes(missing)) == ([Code.RECORD_AMBIGUOUS], [Code.RECORD_MISSING])


def test_deleting_removes_the_record_with_its_consent_and_amendments(address: str) -> None:
    doomed, kept = intake("A"), intake("B")
    with opened(address) as store:
        store.save(doomed)
        store.save(kept)
        store.add_to(doomed.id, amendment())
        store.delete([doomed.id])
        left = [store._connection.run(f"SELECT * FROM {table}") for table in ("consents", "intakes", "amendments")]
        assert [one.client for one in store.summaries(Wanted())] == ["B"]
    assert [len(rows) for rows in left] == [1, 1, 0]


def test_deleting_removes_all_or_none(address: str) -> None:
    saved = intake()
    with opened(address) as store:
        store.save(saved)
        with pytest.raises(StoreError) as missing:
            store.delete([saved.id, "nothere"])
        assert store.record(saved.id).intake == saved
    assert codes(missing) == [Code.RECORD_MISSING]


def test_an_import_adds_what_is_new_and_leaves_the_rest(address: str) -> None:
    here, new = Record(intake()), Record(intake("B"), (amendment(),))
    with opened(address) as store:
        store.save(here.intake)
        assert store.add([here, new]) == 1
        assert store.record(new.intake.id) == new


def test_an_import_that_disagrees_adds_nothing(address: str) -> None:
    with opened(address) as store:
        store.save(intake("A", record_id="abc"))
        with pytest.raises(StoreError) as differs:
            store.add([Record(intake("B")), Record(intake("C", record_id="abc"))])
        assert [one.client for one in store.summaries(Wanted())] == ["A"]
    assert codes(differs) == [Code.RECORD_DIFFERS]


def test_an_encrypted_store_opens_with_its_passphrase_only(address: str) -> None:
    from nmtchoose.records.store import open_store

    before, after = intake("A"), intake("A", day=2)
    with opened(address) as store:
        store.save(before)
        store.add_to(before.id, amendment())
        store.encrypt(PASSPHRASE, CHEAP)
        store.save(after)
    with open_store(address, lambda: PASSPHRASE) as store:
        assert [one.id for one in store.summaries(Wanted(client="a"))] == [after.id, before.id]
        assert store.record(before.id).intake == before
    with pytest.raises(StoreError) as wrong:
        open_store(address, lambda: "five other words in a row")
    assert codes(wrong) == [Code.KEY_WRONG]


def test_encrypting_again_changes_the_passphrase(address: str) -> None:
    from nmtchoose.records.store import open_store

    saved = intake()
    with opened(address) as store:
        store.save(saved)
        store.encrypt(PASSPHRASE, CHEAP)
        store.encrypt("another long passphrase", CHEAP)
    with open_store(address, lambda: "another long passphrase") as store:
        assert store.record(saved.id).intake == saved
    with pytest.raises(StoreError):
        open_store(address, lambda: PASSPHRASE)


def test_an_encrypted_record_cannot_be_put_in_the_place_of_another(address: str) -> None:
    with opened(address) as store:
        store.save(intake(record_id="one"))
        store.save(intake(record_id="two"))
        store.encrypt(PASSPHRASE, CHEAP)
        from nmtchoose.records.database import unguard

        unguard(store._connection)
        store._connection.run("UPDATE intakes SET contents = (SELECT contents FROM intakes WHERE id = 'one')")
        assert store.record("one").intake.id == "one"
        with pytest.raises(StoreError) as moved:
            store.record("two")
    assert codes(moved) == [Code.RECORD_DAMAGED]


def test_a_short_passphrase_is_refused_and_nothing_is_encrypted(address: str) -> None:
    with opened(address) as store:
        with pytest.raises(StoreError) as weak:
            store.encrypt("short")
        assert not store.encrypted
    assert codes(weak) == [Code.KEY_WEAK]


def test_a_newer_schema_is_refused_and_left_as_it_is(address: str) -> None:
    saved = intake()
    with opened(address) as store:
        store.save(saved)
        store._connection.run("UPDATE store_info SET value = '99' WHERE name = 'schema'")
    with pytest.raises(StoreError) as newer:
        opened(address)
    assert codes(newer) == [Code.STORE_NEWER]


def test_what_was_said_is_in_the_files_before_a_deletion_and_nowhere_after(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    with opened(str(path)) as store, opened(str(path)):
        store.save(intake("Client-Zebra"))
        doomed = intake("Client-Zebra", day=2)
        store.save(doomed)
        store.add_to(doomed.id, amendment(why=TELLING))
        assert found_in(tmp_path, TELLING, "Client-Zebra", "Typing") != []
        store.delete([one.id for one in store.summaries(Wanted())])
        assert found_in(tmp_path, TELLING, "Client-Zebra", "client-zebra") == []
    assert found_in(tmp_path, TELLING, "Client-Zebra", "client-zebra") == []


def test_encrypting_leaves_no_word_of_it_in_the_files(tmp_path: Path) -> None:
    with opened(str(tmp_path / "records.db")) as store:
        store.save(intake("Client-Zebra"))
        store.encrypt(PASSPHRASE, CHEAP)
        store.save(intake("Client-Zebra", day=2))
        assert found_in(tmp_path, TELLING, "Client-Zebra", "client-zebra", PASSPHRASE) == []


def found_in(folder: Path, *words: str) -> list[str]:
    return [
        f"{word} in {file.name}" for file in folder.iterdir() for word in words if word.encode() in file.read_bytes()
    ]
