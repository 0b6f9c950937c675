"""After an emergency in an interview: whether help was called goes on record."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from nmtchoose.cli.app import app
from nmtchoose.desk.emergency import CHOICES, ask_about_help
from nmtchoose.model.disposition import Disposition
from nmtchoose.prompts import choosing
from nmtchoose.prompts.script import ScriptedPrompter
from tests.cli.clients import EXAMPLES
from tests.pages.clinic import US

NOON = datetime(2026, 11, 22, 12, 0, 30, 999, tzinfo=UTC)
CHEST: Mapping[str, tuple[str, ...]] = {"right_now": ("chest_pressure",)}


TITLE = "Call {emergency} now"


class Leaves(ScriptedPrompter):
    """Presses Ctrl-C at the first menu."""

    def choose(self, text: str, choices: tuple[tuple[str, str], ...]) -> str:
        raise KeyboardInterrupt


@dataclass(frozen=True, slots=True)
class Finished:
    """What an interview leaves behind: what was shown, and the answers record."""

    out: str
    saved: Mapping[str, Any]


Interview = Callable[..., Finished]


@pytest.fixture
def interview(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Interview:
    """Return a function that runs an intake with somebody who answers from a script."""
    monkeypatch.setenv("NMTCHOOSE_DRAFTS", str(tmp_path / "drafts"))
    saved = tmp_path / "answers.json"

    def run(prompter: ScriptedPrompter, *flags: str) -> Finished:
        monkeypatch.setattr(choosing, "choose_prompter", lambda **_: prompter)
        done = CliRunner().invoke(app, ["intake", "--save-answers", str(saved), *flags], catch_exceptions=False)
        assert done.exit_code == 0
        return Finished(done.stdout, json.loads(saved.read_text(encoding="utf-8")))

    return run


def asked(status: str, disposition: Disposition = Disposition.CALL_EMERGENCY) -> tuple[object, Sequence[str]]:
    """Return what is recorded for `status`, and what was said about it."""
    with ScriptedPrompter({}, [status]) as prompter:
        return ask_about_help(prompter, disposition, TITLE, US, lambda: NOON), prompter.said


@pytest.mark.parametrize("status", [status for status, _ in CHOICES])
def test_the_answer_is_recorded_with_the_second_it_was_given(status: str) -> None:
    assert asked(status)[0] == {"status": status, "at": "2026-11-22T12:00:30+00:00"}


def test_not_yet_repeats_the_number_once() -> None:
    assert asked("not_yet")[1] == ["Please call 911 now, and stay with the client."]
    assert "emergency department" in asked("not_yet", Disposition.EMERGENCY_TODAY)[1][0]


@pytest.mark.parametrize("status", ["called", "going", "declined"])
def test_otherwise_nothing_more_is_said(status: str) -> None:
    assert asked(status)[1] == []


def test_the_question_says_once_more_what_to_do() -> None:
    heard: list[str] = []

    class Listens(ScriptedPrompter):
        def choose(self, text: str, choices: tuple[tuple[str, str], ...]) -> str:
            heard.append(text)
            return super().choose(text, choices)

    ask_about_help(Listens({}, ["called"]), Disposition.CALL_EMERGENCY, TITLE, US, lambda: NOON)
    assert heard == ["Call 911 now. Has help been called?"]


def test_a_stray_enter_claims_nothing() -> None:
    assert CHOICES[0][0] == "not_yet"


def test_leaving_the_question_records_nothing() -> None:
    assert ask_about_help(Leaves({}), Disposition.CALL_EMERGENCY, TITLE, US, lambda: NOON) is None


def test_the_card_comes_first_and_the_answer_is_saved_with_the_answers(interview: Interview) -> None:
    with ScriptedPrompter(CHEST, ["called"]) as prompter:
        done = interview(prompter, "--plain")
    assert done.out.startswith("Call 911 now\n")
    assert prompter.said == []
    assert done.saved["answers"] == {"right_now": ["chest_pressure"]}
    assert done.saved["help"]["status"] == "called"
    assert datetime.fromisoformat(done.saved["help"]["at"]).utcoffset() is not None


def test_the_json_holds_it_too_and_the_card_is_said_instead_of_shown(interview: Interview) -> None:
    with ScriptedPrompter(CHEST, ["going"]) as prompter:
        done = interview(prompter, "--json")
    assert json.loads(done.out)["help"]["status"] == "going"
    assert prompter.said[0].startswith("Call 911 now.")


def test_leaving_keeps_the_result_and_the_answers(interview: Interview) -> None:
    done = interview(Leaves(CHEST), "--json")
    assert done.saved["answers"] == {"right_now": ["chest_pressure"]}
    assert "help" not in done.saved
    assert json.loads(done.out)["disposition"] == "call_emergency"


def test_nobody_is_asked_where_the_answers_came_from_a_file(interview: Interview) -> None:
    with ScriptedPrompter({}) as prompter:
        done = interview(prompter, "--answers", str(EXAMPLES / "emergency.json"))
    assert "help" not in done.saved
