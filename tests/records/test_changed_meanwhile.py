"""A key that changes while a desk is at work, and rows that are damaged: all others stay readable."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest

from nmtchoose.errors import Code, StoreError
from nmtchoose.records.database import unguard
from nmtchoose.records.entries import Record, Wanted
from nmtchoose.records.store import Store, open_store
from tests.records.examples import amendment, intake, opened
from tests.records.test_store import CHEAP, PASSPHRASE, codes

CHANGES: Mapping[str, Callable[[Store, str], object]] = {
    "save": lambda store, record: store.save(intake()),
    "amend": lambda store, record: store.add_to(record, amendment()),
    "import": lambda store, record: store.add([Record(intake())]),
    "delete": lambda store, record: store.delete([record]),
    "encrypt": lambda store, record: store.encrypt("yet another long passphrase", CHEAP),
    "read": lambda store, record: store.record(record),
    "list": lambda store, record: store.summaries(Wanted()),
}
ONLY_READING = ("read", "list")


@pytest.mark.parametrize("change", CHANGES)
def test_a_desk_with_the_old_passphrase_is_refused_and_everything_stays_readable(address: str, change: str) -> None:
    saved = intake()
    with opened(address) as first:
        first.save(saved)
        first.encrypt(PASSPHRASE, CHEAP)
    with open_store(address, lambda: PASSPHRASE) as late:
        with open_store(address, lambda: PASSPHRASE) as quick:
            quick.encrypt("another long passphrase", CHEAP)
        with pytest.raises(StoreError) as refused:
            CHANGES[change](late, saved.id)
    assert codes(refused) == [Code.KEY_CHANGED]
    with open_store(address, lambda: "another long passphrase") as store:
        assert list(store.records(Wanted())) == [Record(saved)]


@pytest.mark.parametrize("change", [one for one in CHANGES if one not in ONLY_READING])
def test_a_desk_that_opened_the_store_before_it_was_encrypted_stores_nothing_in_clear(
    address: str, change: str
) -> None:
    saved = intake()
    with opened(address) as late:
        late.save(saved)
        with opened(address) as quick:
            quick.encrypt(PASSPHRASE, CHEAP)
        with pytest.raises(StoreError) as refused:
            CHANGES[change](late, saved.id)
    assert codes(refused) == [Code.KEY_CHANGED]
    with open_store(address, lambda: PASSPHRASE) as store:
        assert list(store.records(Wanted())) == [Record(saved)]


def test_a_key_that_changes_while_a_record_is_written_is_noticed(address: str) -> None:
    """A server lets two desks begin at once: what counts is the key when the last row stands there."""
    saved = intake()
    with opened(address) as store:
        store.save(saved)

        def meanwhile() -> Iterator[Record]:
            store._connection.run("INSERT INTO store_info (name, value) VALUES ('lock', 'new')")
            yield Record(intake())

        with pytest.raises(StoreError) as refused:
            store.add(meanwhile())
        assert store.ids(Wanted()) == (saved.id,)
    assert codes(refused) == [Code.KEY_CHANGED]


DAMAGED = (
    "UPDATE intakes SET summary = 'x' WHERE id = 'bad'",
    "UPDATE intakes SET summary = '[1]' WHERE id = 'bad'",
    "UPDATE intakes SET summary = '{}' WHERE id = 'bad'",
    "UPDATE intakes SET taken_at = 'yesterday' WHERE id = 'bad'",
    "UPDATE intakes SET contents = '{}' WHERE id = 'bad'",
    "UPDATE intakes SET contents = (SELECT contents FROM intakes WHERE id = 'good'), summary = '' WHERE id = 'bad'",
    "UPDATE amendments SET summary = 'x' WHERE intake_id = 'bad'",
    "UPDATE amendments SET contents = 'x' WHERE intake_id = 'bad'",
)


@pytest.mark.parametrize("statement", DAMAGED)
@pytest.mark.parametrize("encrypted", [False, True])
def test_one_damaged_record_is_named_and_blocks_no_other(address: str, statement: str, *, encrypted: bool) -> None:
    good, bad = intake("A", record_id="good"), intake("B", record_id="bad")
    with opened(address) as store:
        store.save(good)
        store.save(bad)
        store.add_to("bad", amendment())
        if encrypted:
            store.encrypt(PASSPHRASE, CHEAP)
        unguard(store._connection)
        store._connection.run(statement)
        assert list(store.records(Wanted())) == [Record(good)]
        assert [(one.code.id, *one.problem.split()[:2]) for one in store.unreadable] == [("R035", "record", "'bad'")]
        assert set(store.ids(Wanted())) == {"good", "bad"}
        store.delete(["bad"])
        assert [one.id for one in store.summaries(Wanted())] == ["good"]


@pytest.mark.parametrize("lock", ["", "{}", "[]", '{"n": 1099511627776, "r": 8, "p": 1, "salt": "", "key": ""}'])
def test_a_damaged_lock_is_named(address: str, lock: str) -> None:
    with opened(address) as store:
        store._connection.run("INSERT INTO store_info (name, value) VALUES ('lock', ?)", (lock,))
    with pytest.raises(StoreError) as refused:
        open_store(address, lambda: PASSPHRASE)
    assert codes(refused) == [Code.STORE_DAMAGED]
