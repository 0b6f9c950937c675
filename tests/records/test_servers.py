"""A server that another desk keeps busy, or that does not understand: told in words, with nothing half done."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from nmtchoose.errors import Code, StoreError
from nmtchoose.records import postgres
from nmtchoose.records.entries import Record, Wanted
from nmtchoose.records.store import Store, open_store
from tests.records.examples import amendment, intake, nobody_asks, opened, outcome
from tests.records.test_store import CHEAP, PASSPHRASE, codes

pytestmark = pytest.mark.parametrize("address", [pytest.param("postgres", marks=pytest.mark.slow)], indirect=True)

BLOCKED: Mapping[str, Callable[[Store, str], object]] = {
    "save": lambda store, record: store.save(intake()),
    "amend": lambda store, record: store.add_to(record, amendment()),
    "note": lambda store, record: store.add_to(record, outcome()),
    "delete": lambda store, record: store.delete([record]),
    "encrypt": lambda store, record: store.encrypt(PASSPHRASE, CHEAP),
}


@pytest.mark.parametrize("change", BLOCKED)
def test_a_transaction_that_somebody_left_open_is_not_waited_for_for_ever(
    address: str, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    monkeypatch.setattr(postgres, "_SECONDS_FOR_A_LOCK", 1)
    saved = intake()
    with opened(address) as store:
        store.save(saved)
        with psycopg.connect(address) as idle:
            idle.execute("LOCK TABLE nmtchoose.consents, nmtchoose.intakes, nmtchoose.amendments")
            with pytest.raises(StoreError) as refused:
                BLOCKED[change](store, saved.id)
        assert codes(refused) == [Code.STORE_BUSY]
        assert list(store.records(Wanted())) == [Record(saved)]


def test_a_deletion_whose_traces_cannot_be_wiped_says_that_the_record_is_gone(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    monkeypatch.setattr(postgres, "_SECONDS_FOR_A_LOCK", 1)
    saved = intake()
    with opened(address) as store:
        store.save(saved)
        with psycopg.connect(address) as idle:
            idle.execute("SELECT * FROM nmtchoose.store_info, nmtchoose.amendments")
            with pytest.raises(StoreError, match="the records are deleted, but traces") as refused:
                store.delete([saved.id])
        assert codes(refused) == [Code.STORE_TRACES]
        assert store.ids(Wanted()) == ()


@pytest.mark.parametrize("wrong", ["port=x", "nosuch=1", "port=70000"])
def test_an_address_that_the_driver_does_not_understand_keeps_its_password(address: str, wrong: str) -> None:
    with pytest.raises(StoreError) as refused:
        open_store(f"postgresql://desk:secret@127.0.0.1/records?{wrong}", nobody_asks)
    assert "secret" not in str(refused.value)
