"""`nmtchoose last`: a finished interview can be looked at again, and saved, until the next one begins."""

from __future__ import annotations

import json
import stat
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner, Result

from nmtchoose.cli.app import app
from nmtchoose.files.drafts import last_finished, save_draft
from nmtchoose.prompts import choosing
from nmtchoose.records.entries import Record, Wanted
from nmtchoose.records.store import open_store
from tests.cli.clients import as_given, example
from tests.prompts.script import ScriptedPrompter
from tests.records.examples import nobody_asks

Nmtchoose = Callable[..., Result]


@pytest.fixture
def folder(desk_home: Path) -> Path:
    """A folder of drafts in a home of its own."""
    return desk_home / "drafts"


@pytest.fixture
def nmtchoose(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Nmtchoose:
    """Return a function that runs a command with somebody who answers as `name` and chooses from a script."""

    def run(*words: str, name: str = "", choices: Sequence[str] = ()) -> Result:
        answers = as_given(example(name)) if name else {}
        monkeypatch.setattr(choosing, "choose_prompter", lambda **_: ScriptedPrompter(answers, choices))
        return CliRunner().invoke(app, words)

    return run


def records(folder: Path) -> tuple[Record, ...]:
    with open_store(str(folder.parent / "records.db"), nobody_asks) as opened:
        return tuple(opened.records(Wanted()))


def test_the_result_can_be_looked_at_again(nmtchoose: Nmtchoose) -> None:
    first = nmtchoose("intake", "--plain", name="swedish")
    again = nmtchoose("last", "--plain")
    assert again.exit_code == 0
    assert first.stdout == again.stdout
    assert "no name: 16 questions answered, just now" in again.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are kept in another way there")
def test_only_the_owner_can_look_into_the_file(nmtchoose: Nmtchoose, folder: Path) -> None:
    nmtchoose("intake", name="swedish")
    (path,) = folder.glob("*.json")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_emergency_is_shown_again_with_what_was_done(nmtchoose: Nmtchoose) -> None:
    nmtchoose("intake", name="emergency", choices=["called"])
    again = json.loads(nmtchoose("last", "--json").stdout)
    assert again["disposition"] == "call_emergency"
    assert again["help"]["status"] == "called"


def test_the_next_interview_takes_its_place_when_it_begins(nmtchoose: Nmtchoose) -> None:
    nmtchoose("intake", "--client", "A-1", name="swedish")
    assert nmtchoose("intake", "--client", "B-2").exit_code != 0, "it stops at the first question"
    assert "F009" in nmtchoose("last").stderr


def test_it_is_gone_when_its_time_is_over(nmtchoose: Nmtchoose, folder: Path) -> None:
    nmtchoose("intake", name="swedish")
    kept = last_finished(folder)
    assert kept is not None
    save_draft(folder, replace(kept, saved=kept.saved - timedelta(days=8)))
    assert "there is no finished interview" in nmtchoose("last").stderr
    assert last_finished(folder) is None


@pytest.mark.parametrize("way", ["no days", "no consent"])
def test_where_nothing_may_be_kept_nothing_is(
    nmtchoose: Nmtchoose, folder: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    if way == "no days":
        monkeypatch.setenv("NMTCHOOSE_DRAFT_DAYS", "0")
        nmtchoose("intake", name="swedish")
    else:
        nmtchoose("intake", "--save", name="swedish", choices=["decline"])
    assert last_finished(folder) is None


def test_another_clients_is_refused_by_name(nmtchoose: Nmtchoose) -> None:
    nmtchoose("intake", "--client", "A-1", name="swedish")
    refused = nmtchoose("last", "--client", "B-2")
    assert refused.exit_code == 1
    assert "of 'A-1' is not one of 'B-2'" in refused.stderr


def test_saving_afterwards_asks_for_consent(nmtchoose: Nmtchoose, folder: Path) -> None:
    nmtchoose("intake", "--client", "A-1", "--by", "Sam", "--staff", name="swedish")
    assert nmtchoose("last", "--save", choices=["decline"]).exit_code == 0
    assert records(folder) == ()
    nmtchoose("last", "--save", choices=["agree"])
    (record,) = records(folder)
    assert record.answers == example("swedish")
    assert (record.intake.client, record.intake.asked_by, record.intake.voice) == ("A-1", "Sam", "staff")


def test_what_is_saved_already_is_not_saved_twice(nmtchoose: Nmtchoose, folder: Path) -> None:
    nmtchoose("intake", "--save", name="swedish", choices=["agree"])
    (record,) = records(folder)
    assert f"Saved as {record.intake.id}." in nmtchoose("last", "--save").stderr
    assert len(records(folder)) == 1


def test_it_is_listed_and_deleted_with_the_drafts(nmtchoose: Nmtchoose, folder: Path) -> None:
    nmtchoose("intake", "--client", "A-1", name="swedish")
    assert nmtchoose("drafts").stdout.splitlines() == [
        "A-1: 16 questions answered, just now, finished",
        "  nmtchoose last",
    ]
    nmtchoose("drafts", "--delete-all", "--yes")
    assert last_finished(folder) is None
