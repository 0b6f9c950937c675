"""Correcting, deleting and encrypting, killed at any moment: each is done or not done, and nothing else is touched."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from nmtchoose.records.entries import Wanted
from nmtchoose.records.store import Store, open_store
from tests.amounts import few_or_many
from tests.records.children import Child
from tests.records.examples import amendment, intake, nobody_asks
from tests.records.test_store import CHEAP, PASSPHRASE

Report = Callable[[str], None]
CHANGE = amendment()
LONGEST_LIFE = 0.03
"""Seconds: opening the store and one change take a few milliseconds."""

CHANGES: Mapping[str, Callable[[Store], object]] = {
    "amend": lambda store: store.add_to("r0", CHANGE),
    "delete": lambda store: store.delete(["r0"]),
    "encrypt": lambda store: store.encrypt(PASSPHRASE, CHEAP),
}


def changer(address: str, change: Callable[[Store], object]) -> Callable[[Report], None]:
    """Return work that says when it begins a change and when that is done."""

    def work(report: Report) -> None:
        with open_store(address, nobody_asks) as store:
            report("begun")
            change(store)
            report("done")

    return work


def kept(address: str) -> dict[str, int]:
    """Return how many corrections each record has."""
    with open_store(address, lambda: PASSPHRASE) as store:
        assert store.faults() == ()
        found = {one.intake.id: len(one.amendments) for one in store.records(Wanted())}
        assert store.unreadable == ()
        return found


@pytest.mark.parametrize("change", CHANGES)
@few_or_many(5, 35)
def test_a_kill_leaves_a_change_done_or_not_done(change: str, times: int, tmp_path: Path) -> None:
    whole = tmp_path / "whole.db"
    with open_store(str(whole), nobody_asks) as store:
        for number in range(8):
            store.save(intake(f"C-{number}", record_id=f"r{number}", notes="x" * 20_000))
    before = kept(str(whole))
    done = tmp_path / "done.db"
    done.write_bytes(whole.read_bytes())
    with open_store(str(done), nobody_asks) as store:
        CHANGES[change](store)
    after = kept(str(done))
    for number in range(times):
        path = tmp_path / f"{number}.db"
        path.write_bytes(whole.read_bytes())
        said = Child(changer(str(path), CHANGES[change])).kill_after(
            random.uniform(0, LONGEST_LIFE), reports=number % 2
        )
        found = kept(str(path))
        assert found in ([after] if "done" in said else [before, after])
        for file in tmp_path.glob(f"{number}.db*"):
            file.unlink()
