"""Before the first question: how long it takes, who reads the answers, and what is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nmtchoose.desk.desk import Desk, Opener, SavingWanted
from nmtchoose.desk.intake import greet
from nmtchoose.desk.prompter import Prompter, Voice
from nmtchoose.desk.starting import Wanted, start
from nmtchoose.model.tables import Tables
from nmtchoose.practice.current import current_values
from tests.prompts.script import ScriptedPrompter
from tests.records.examples import opened
from tests.records.test_store import CHEAP, PASSPHRASE
from tests.shipped import shipped_pair

TABLES = Tables(*shipped_pair())
Welcomed = Callable[..., tuple[str, ...]]


def nobody() -> Prompter:
    raise AssertionError("nobody should be asked")


@pytest.fixture
def welcomed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Welcomed:
    """Return a function that says what is said to whom."""
    monkeypatch.setenv("NMTCHOOSE_DRAFTS", str(tmp_path))
    monkeypatch.setenv("NMTCHOOSE_STORE", str(tmp_path / "records.db"))

    def said(wanted: Wanted, *, save: bool = False) -> tuple[str, ...]:
        desk = Desk(TABLES, TABLES.rules.regions["us"], Opener())
        prompter = ScriptedPrompter({})
        greet(start(desk, wanted, SavingWanted(save=save), nobody), prompter)
        return tuple(prompter.said)

    return said


@pytest.mark.parametrize("voice", Voice)
def test_it_takes_three_lines(welcomed: Welcomed, voice: Voice) -> None:
    how_long, who_reads, what_is_kept = welcomed(Wanted(voice=voice))
    assert "minutes" in how_long
    assert "therapist" in who_reads
    assert "7 days" in what_is_kept


def test_it_says_that_a_record_is_kept(welcomed: Welcomed) -> None:
    assert welcomed(Wanted(), save=True)[-1].startswith("A record is kept, as agreed")


def test_it_says_that_nothing_is_kept(welcomed: Welcomed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NMTCHOOSE_DRAFT_DAYS", "0")
    current_values.cache_clear()
    what_is_kept = welcomed(Wanted())[-1]
    current_values.cache_clear()
    assert what_is_kept == "Nothing is kept."


@pytest.mark.parametrize("save", [False, True])
def test_where_records_are_encrypted_no_draft_is_kept_and_that_is_said(
    welcomed: Welcomed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, save: bool
) -> None:
    with opened(str(tmp_path / "records.db")) as store:
        store.encrypt(PASSPHRASE, CHEAP)
    key = tmp_path / "key"
    key.write_text(PASSPHRASE)
    key.chmod(0o600)
    monkeypatch.setenv("NMTCHOOSE_KEY_FILE", str(key))
    current_values.cache_clear()
    how_long, _, what_is_kept = welcomed(Wanted(), save=save)
    current_values.cache_clear()
    assert "your answers are lost" in how_long
    assert what_is_kept.endswith("an unfinished interview is not, as records are encrypted.")


def test_who_goes_on_is_not_welcomed_again(welcomed: Welcomed) -> None:
    assert welcomed(Wanted(given={"right_now.chest_pressure": "no"})) == ()
