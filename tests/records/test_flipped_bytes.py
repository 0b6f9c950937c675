"""Stores in which a bit of a disk has changed: told in words, with nothing else going wrong."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from nmtchoose.errors import StoreError
from nmtchoose.records.entries import Wanted
from nmtchoose.records.store import open_store
from tests.amounts import few_or_many
from tests.records.examples import amendment, intake, opened
from tests.records.test_store import CHEAP, PASSPHRASE


@pytest.fixture(params=["plain", "encrypted"])
def content(request: pytest.FixtureRequest, tmp_path: Path) -> bytes:
    """The bytes of a store with some records."""
    path = tmp_path / "whole.db"
    with opened(str(path)) as store:
        for number in range(4):
            store.save(intake(f"C-{number}", day=number + 1, record_id=f"r{number}"))
        store.add_to("r0", amendment())
        if request.param == "encrypted":
            store.encrypt(PASSPHRASE, CHEAP)
    return path.read_bytes()


@few_or_many(30, 1000)
def test_a_byte_that_has_changed_never_ends_in_anything_but_words(content: bytes, tmp_path: Path, times: int) -> None:
    for number in range(times):
        chance = random.Random(number)
        changed = bytearray(content)
        for _ in range(chance.choice((1, 1, 8))):
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        path = tmp_path / f"{number}.db"
        path.write_bytes(changed)
        try:
            with open_store(str(path), lambda: PASSPHRASE) as store:
                found = [one.intake.id for one in store.records(Wanted())]
                known = set(store.ids(Wanted()))
                assert len(found) + len(store.unreadable) >= len(known) or store.faults()
                store.save(intake())
                store.delete(sorted(known)[:1])
        except StoreError:
            pass
        path.unlink()
