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
from nmtchoose.desk.emergency import CHOICES, WRONG_KEY, ask_about_help
from nmtchoose.desk.prompter import Alarm
from nmtchoose.files.drafts import list_drafts
from nmtchoose.model.disposition import Disposition
from nmtchoose.prompts import choosing
from tests.cli.clients import as_given, lists_example
from tests.pages.clinic import US
from tests.prompts.script import ScriptedPrompter
from tests.shipped import LISTS

NOON = datetime(2026, 11, 22, 12, 0, 30, 999, tzinfo=UTC)
CHEST: Mapping[str, tuple[str, ...]] = {"right_now": ("chest_pressure",)}


ALARM = Alarm("911", "Call 911 now", ("Please sit down.",), ("Chest pain",))
CALM: Mapping[str, Any] = as_given(lists_example("nmt"))


class Leaves(ScriptedPrompter):
    """Presses Ctrl-C at the first menu."""

    def choose(self, text: str, choices: tuple[tuple[str, str], ...], keys: str = "") -> str:
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
    monkeypatch.setenv("NMTCHOOSE_HOME", str(LISTS))
    monkeypatch.setenv("NMTCHOOSE_DRAFTS", str(tmp_path / "drafts"))
    saved = tmp_path / "answers.json"

    def run(prompter: ScriptedPrompter, *flags: str, code: int = 0) -> Finished:
        monkeypatch.setattr(choosing, "choose_prompter", lambda **_: prompter)
        done = CliRunner().invoke(app, ["intake", "--save-answers", str(saved), *flags], catch_exceptions=False)
        assert done.exit_code == code
        return Finished(done.stdout, json.loads(saved.read_text(encoding="utf-8")))

    return run


def asked(status: str, disposition: Disposition = Disposition.CALL_EMERGENCY) -> tuple[object, Sequence[str]]:
    """Return what is recorded for `status`, and what was said about it."""
    with ScriptedPrompter({}, [status]) as prompter:
        return ask_about_help(prompter, ALARM, disposition, US, lambda: NOON), prompter.said


@pytest.mark.parametrize("status", [status for status, _ in CHOICES if status != WRONG_KEY])
def test_the_answer_is_recorded_with_the_second_it_was_given(status: str) -> None:
    assert asked(status)[0] == {"status": status, "at": "2026-11-22T12:00:30+00:00"}


def test_not_yet_repeats_the_number_once() -> None:
    assert asked("not_yet")[1] == ["Please call 911 now, and stay with the client."]
    assert "emergency department" in asked("not_yet", Disposition.EMERGENCY_TODAY)[1][0]


@pytest.mark.parametrize("status", ["called", "going", "declined"])
def test_otherwise_nothing_more_is_said(status: str) -> None:
    assert asked(status)[1] == []


def test_a_wrong_key_is_no_answer_about_help() -> None:
    assert asked(WRONG_KEY) == (None, [])


def test_the_card_comes_first_and_the_answer_is_saved_with_the_answers(interview: Interview) -> None:
    with ScriptedPrompter(CHEST, ["called"]) as prompter:
        done = interview(prompter, "--plain")
    assert done.out.startswith("Call 911 now\n")
    assert [alarm.title for alarm in prompter.alarms] == ["Call 911 now"]
    assert done.saved["answers"] == {"right_now": ["chest_pressure"]}
    assert done.saved["help"]["status"] == "called"
    assert datetime.fromisoformat(done.saved["help"]["at"]).utcoffset() is not None


def test_the_json_holds_it_too(interview: Interview) -> None:
    with ScriptedPrompter(CHEST, ["going"]) as prompter:
        done = interview(prompter, "--json")
    assert json.loads(done.out)["help"]["status"] == "going"


def test_leaving_keeps_the_result_the_answers_and_the_draft(interview: Interview, tmp_path: Path) -> None:
    done = interview(Leaves(CHEST), "--json", code=130)
    assert done.saved["answers"] == {"right_now": ["chest_pressure"]}
    assert "help" not in done.saved
    assert json.loads(done.out)["disposition"] == "call_emergency"
    (draft,) = list_drafts(tmp_path / "drafts")
    assert draft.raw == {"right_now": ["chest_pressure"]}


def test_an_alarm_that_was_left_comes_back_with_the_draft(interview: Interview, tmp_path: Path) -> None:
    interview(Leaves(CHEST), code=130)
    with ScriptedPrompter({}, ["called"]) as prompter:
        assert interview(prompter, "--resume").saved["help"]["status"] == "called"
    assert len(prompter.alarms) == 1
    assert list_drafts(tmp_path / "drafts") == ()


def test_after_a_wrong_key_the_question_comes_back_and_the_record_says_so(interview: Interview) -> None:
    first = [CHEST["right_now"], CALM["right_now"]]
    with ScriptedPrompter({**CALM, "right_now": first}, [WRONG_KEY, "right"]) as prompter:
        done = interview(prompter)
    assert prompter.asked[:3] == ["right_now", "right_now", "age"]
    assert "help" not in done.saved
    (taken_back,) = done.saved["corrected"]
    assert (taken_back["question"], taken_back["answer"]) == ("right_now", ["chest_pressure"])
    assert datetime.fromisoformat(taken_back["at"]).utcoffset() is not None


def test_nobody_is_asked_where_the_answers_came_from_a_file(interview: Interview) -> None:
    with ScriptedPrompter({}) as prompter:
        done = interview(prompter, "--answers", str(LISTS / "examples" / "emergency.json"))
    assert "help" not in done.saved
