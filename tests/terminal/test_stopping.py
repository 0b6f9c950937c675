"""However an interview is stopped, the terminal is in order, the answers are kept, and it is said how to go on."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path
from random import Random

import pytest

from nmtchoose.files.drafts import list_drafts
from tests.amounts import few_or_many
from tests.prompts.screen import Terminal
from tests.terminal.interviews import QUESTIONS, answer_by_keys, example, intake, wait_for_question

RIGHT_NOW, AGE = QUESTIONS["right_now"], QUESTIONS["age"]
looks = pytest.mark.parametrize("flags", [(), ("--plain",)], ids=["moving", "plain"])


def at_the_second_question(drafts: Path, *flags: str) -> Terminal:
    terminal = intake(drafts, *flags)
    wait_for_question(terminal, RIGHT_NOW)
    terminal.wait_for("for help:" if flags else "Esc stops")
    terminal.press("0", "enter")
    wait_for_question(terminal, AGE)
    terminal.wait_for("for help:" if flags else "Esc stops")
    return terminal


def is_kept(drafts: Path) -> bool:
    (draft,) = list_drafts(drafts)
    return dict(draft.raw) == {"right_now": ["none"]}


@looks
@pytest.mark.parametrize("key", ["ctrl-c", "ctrl-d"])
def test_by_key(drafts: Path, key: str, flags: tuple[str, ...]) -> None:
    with at_the_second_question(drafts, *flags) as terminal:
        terminal.press(key)
        assert terminal.wait_for_end() == 130
        assert terminal.is_in_order()
        assert terminal.text().endswith("Stopped. Your answers are kept.\nTo go on: nmtchoose intake --resume")
    assert is_kept(drafts)


@looks
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGHUP], ids=lambda one: one.name)
def test_from_outside(drafts: Path, stop: signal.Signals, flags: tuple[str, ...]) -> None:
    with at_the_second_question(drafts, *flags) as terminal:
        terminal.process.kill(stop)
        assert terminal.wait_for_end() == 128 + stop
        assert terminal.is_in_order()
        assert terminal.text().endswith("To go on: nmtchoose intake --resume")
    assert is_kept(drafts)


@few_or_many(3, 60)
def test_from_outside_at_any_moment_after_a_key(drafts: Path, times: int) -> None:
    random = Random(7)
    for number in range(times):
        folder, stop = drafts / str(number), random.choice((signal.SIGTERM, signal.SIGHUP, signal.SIGINT))
        with at_the_second_question(folder) as terminal:
            terminal.press("4", "4", "enter")
            time.sleep(random.choice((0, 0.001, 0.003, 0.01, 0.1)))
            terminal.process.kill(stop)
            assert terminal.wait_for_end() == 128 + stop
            assert terminal.is_in_order()
        (draft,) = list_drafts(folder)
        assert draft.raw["right_now"] == ["none"]


@looks
def test_by_closing_the_window(drafts: Path, flags: tuple[str, ...]) -> None:
    with at_the_second_question(drafts, *flags) as terminal:
        terminal.process.close(force=False)
        assert not terminal.process.isalive()
    assert is_kept(drafts)


def test_before_anything_was_answered_there_is_nothing_to_keep(drafts: Path) -> None:
    with intake(drafts) as terminal:
        wait_for_question(terminal, RIGHT_NOW)
        terminal.press("ctrl-c")
        assert terminal.wait_for_end() == 130
        assert "Nothing was answered, so nothing is kept." in terminal.text()
    assert list_drafts(drafts) == ()


def test_going_on_asks_the_next_question(drafts: Path) -> None:
    with at_the_second_question(drafts) as terminal:
        terminal.press("ctrl-c")
        terminal.wait_for_end()
    with intake(drafts, "--resume") as terminal:
        wait_for_question(terminal, AGE)
        assert RIGHT_NOW.ask.client not in terminal.text()


def test_a_kill_loses_no_answer_given_before(drafts: Path) -> None:
    """At any moment: see test_killed_at_any_moment.py."""
    with intake(drafts) as terminal:
        answer_by_keys(terminal, example("nmt"), until="pain_sites")
        terminal.process.kill(signal.SIGKILL)
        assert terminal.wait_for_end() == 128 + signal.SIGKILL
    with intake(drafts, "--resume") as terminal:
        wait_for_question(terminal, QUESTIONS["pain_sites"])


def test_two_interviews_at_once_have_a_draft_each(drafts: Path) -> None:
    with at_the_second_question(drafts), at_the_second_question(drafts):
        first, second = list_drafts(drafts)
        assert first.id != second.id


def test_a_draft_that_is_open_in_one_window_is_not_taken_up_in_another(drafts: Path) -> None:
    with at_the_second_question(drafts):
        (draft,) = list_drafts(drafts)
        with intake(drafts, "--resume") as second:
            assert second.wait_for_end() == 1
            assert "there is no unfinished interview" in second.text()
        with intake(drafts, "--draft", draft.id) as third:
            assert third.wait_for_end() == 1
            assert "open in another window" in third.text()


def test_a_draft_goes_on_in_the_voice_it_began_in(drafts: Path) -> None:
    with at_the_second_question_of_staff(drafts) as terminal:
        terminal.press("ctrl-c")
        terminal.wait_for_end()
    with intake(drafts, "--resume") as terminal:
        terminal.wait_for(AGE.ask.staff)


def at_the_second_question_of_staff(drafts: Path) -> Terminal:
    terminal = intake(drafts, "--staff")
    terminal.wait_for("u Not sure")
    terminal.press(*["pagedown"] * 3, "0", "enter")
    terminal.wait_for(AGE.ask.staff)
    return terminal


def test_answers_to_questions_that_changed_are_named_by_their_words_alone(drafts: Path) -> None:
    with at_the_second_question(drafts) as terminal:
        terminal.press("41", "enter")
        wait_for_question(terminal, QUESTIONS["pregnancy"])
        terminal.press("ctrl-c")
        terminal.wait_for_end()
    (path,) = drafts.glob("*.json")
    draft = json.loads(path.read_text(encoding="utf-8"))
    draft["answers"]["shoe_size"] = 97
    draft["asked"] |= {"shoe_size": "What is your shoe size?", "age": "How old is your dog?"}
    path.write_text(json.dumps(draft), encoding="utf-8")
    with intake(drafts, "--resume") as terminal:
        terminal.wait_for("These answers no longer fit: - How old is your dog? - What is your shoe size?")
        wait_for_question(terminal, AGE)
        assert "41" not in terminal.text()
        assert "97" not in terminal.text()


def test_a_folder_that_cannot_be_written_ends_nothing(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with at_the_second_question(file / "drafts") as terminal:
        assert terminal.text().count("Your answers cannot be kept on this disk.") == 1
        terminal.press("41", "enter")
        wait_for_question(terminal, QUESTIONS["pregnancy"])
        terminal.wait_without("Your answers cannot be kept on this disk.")
        terminal.press("ctrl-c")
        assert terminal.wait_for_end() == 130
        assert "Stopped. Nothing is kept." in terminal.text()
