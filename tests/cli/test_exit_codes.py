"""Exit codes: what a calling program learns without reading the output."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.clients import EXAMPLES, example, written
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["emergency"], 10),
        (["doctor-first"], 11),
        (["later"], 12),
        (["talk-first"], 12),
        (["adapted-session"], 0),
        (["nmt"], 0),
        (["nmt", "later", "doctor-first"], 11),
    ],
)
def test_exit_code_tells_the_most_severe_result(names: list[str], code: int, run: Run) -> None:
    assert run("screen", "--exit-code", *(EXAMPLES / f"{name}.json" for name in names)).code == code


def test_without_the_flag_an_emergency_is_a_result_like_any_other(run: Run) -> None:
    assert run("screen", EXAMPLES / "emergency.json").code == 0


def test_missing_answers_exit_4_with_the_flag_and_without(run: Run, tmp_path: Path) -> None:
    part = written(tmp_path, "part.json", {"right_now": ["none"], "age": 44})
    assert run("screen", part).code == 4
    assert run("screen", "--exit-code", part, EXAMPLES / "later.json").code == 4


def test_an_emergency_does_not_hide_behind_the_open_question_of_another_client(run: Run, tmp_path: Path) -> None:
    part = written(tmp_path, "part.json", {"right_now": ["none"], "age": 44})
    assert run("screen", "--exit-code", part, EXAMPLES / "emergency.json").code == 10


def test_an_unfinished_interview_that_shows_an_emergency_is_an_emergency(run: Run, tmp_path: Path) -> None:
    answers = {**example("nmt"), "right_now.short_breath": "yes"}
    del answers["age"]
    assert run("screen", "--exit-code", written(tmp_path, "part.json", answers)).code == 10


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["screeen"], "No such command"),
        (["screen"], "Missing argument"),
        (["screen", "--jason", "x.json"], "No such option"),
        (["compare", "swedisch"], "Did you mean 'swedish'?"),
        (["schema", "answer"], "Did you mean 'answers'?"),
    ],
)
def test_words_that_the_command_does_not_know_exit_2(words: list[str], told: str, run: Run) -> None:
    done = run(*words)
    assert (done.code, done.out) == (2, "")
    assert told in done.err


def test_an_answers_file_that_is_not_there_exits_4(run: Run) -> None:
    done = run("screen", "nobody.json")
    assert (done.code, done.out) == (4, "")
    assert "nobody.json" in done.err


def test_a_draft_that_is_not_there_is_told(run: Run) -> None:
    done = run("intake", "--draft", "abcd1234")
    assert (done.code, done.out) == (1, "")
    assert "there is no draft 'abcd1234'" in done.err
