"""`nmtchoose drafts` says whose each is, and asks before it deletes one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from nmtchoose.cli.app import app
from nmtchoose.cli.drafts import DELETE, KEEP
from nmtchoose.files.drafts import Draft, list_drafts, save_draft
from nmtchoose.prompts import choosing
from tests.prompts.script import ScriptedPrompter


class Listening(ScriptedPrompter):
    """Remembers what it was asked."""

    def choose(self, text: str, choices: tuple[tuple[str, str], ...], keys: str = "") -> str:
        self.said.append(text)
        return super().choose(text, choices)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a draft of A-1, asked by Sam, and one of nobody that is known."""
    monkeypatch.setenv("NMTCHOOSE_DRAFTS", str(tmp_path))
    for one, client, by in (("a1", "A-1", "Sam"), ("b2", "", "")):
        save_draft(
            tmp_path, Draft(id=one, saved=datetime.now(UTC), voice="client", client=client, by=by, raw={"x": 97})
        )
    return tmp_path


def drafts(*flags: str) -> Result:
    return CliRunner().invoke(app, ["drafts", *flags])


def left(folder: Path) -> set[str]:
    return {one.id for one in list_drafts(folder)}


def answering(monkeypatch: pytest.MonkeyPatch, choice: str) -> Listening:
    prompter = Listening({}, [choice])
    monkeypatch.setattr(choosing, "choose_prompter", lambda **_: prompter)
    return prompter


def test_the_list_says_whose_each_is_and_nothing_that_was_said(folder: Path) -> None:
    lines = drafts().stdout.splitlines()
    assert "A-1, asked by Sam: 1 question answered, just now" in lines
    assert "no name: 1 question answered, just now" in lines
    assert "  nmtchoose intake --draft a1" in lines
    assert not any("97" in line for line in lines)


def test_the_way_to_go_on_fits_a_narrow_terminal(folder: Path) -> None:
    assert max(len(line) for line in drafts().stdout.splitlines() if "--draft" in line) < 40


def test_deleting_asks_by_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prompter = answering(monkeypatch, DELETE)
    assert drafts("--delete", "a1").stdout == "Deleted 1 draft.\n"
    assert prompter.said == ["Delete 1 draft for good? A-1, asked by Sam: 1 question answered, just now"]
    assert left(folder) == {"b2"}


def test_who_does_not_want_to_delete_deletes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, KEEP)
    assert drafts("--delete-all").stdout == "Nothing was deleted.\n"
    assert left(folder) == {"a1", "b2"}


def test_a_script_says_yes_by_a_flag(folder: Path) -> None:
    assert drafts("--delete-all", "--yes").stdout == "Deleted 2 drafts.\n"
    assert left(folder) == set()


def test_where_nobody_can_be_asked_nothing_is_deleted(folder: Path) -> None:
    assert drafts("--delete-all").exit_code == 5
    assert left(folder) == {"a1", "b2"}


def test_a_draft_that_is_not_there_is_said_before_any_is_deleted(folder: Path) -> None:
    assert drafts("--delete", "a1", "--delete", "zz", "--yes").exit_code == 1
    assert left(folder) == {"a1", "b2"}
