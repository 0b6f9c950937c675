"""Health answers stay out of everything that people pass on: bug reports, messages, names of files."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from nmtchoose.cli import screen
from nmtchoose.cli.app import app
from tests.cli.clients import example, written
from tests.cli.conftest import Run

SECRET = "a clot in the left calf, 63 years old"


def _breaks(*_: object) -> None:
    answers = {"notes": SECRET}
    try:
        raise KeyError(SECRET)
    except KeyError as first:
        raise ValueError(f"cannot weigh {answers}") from first


def test_a_bug_report_says_where_and_never_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "result_of", _breaks)
    done = CliRunner().invoke(app, ["screen", str(written(tmp_path, "client.json", example("talk-first")))])
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "this is a bug" in done.stderr
    assert "ValueError" in done.stderr
    assert "test_nothing_leaks.py" in done.stderr
    for said in (SECRET, "clot", "63", "cannot weigh", "client.json"):
        assert said not in done.stderr


def test_ctrl_c_while_something_is_computed_exits_130(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(screen, "result_of", interrupted)
    done = CliRunner().invoke(app, ["screen", str(written(tmp_path, "client.json", example("nmt")))])
    assert (done.exit_code, done.output) == (130, "")


def test_a_message_about_an_answer_names_the_question_and_never_what_was_said(run: Run, tmp_path: Path) -> None:
    answers = {**example("talk-first"), "pressure": "clotted firm", "age": 444}
    done = run("screen", written(tmp_path, "client.json", answers))
    assert done.code == 4
    assert "pressure" in done.err
    assert "age" in done.err
    assert "clot" not in done.err
    assert "444" not in done.err


def test_missing_questions_are_named_without_the_answers_given(run: Run, tmp_path: Path) -> None:
    answers = example("talk-first")
    del answers["today.skin"]
    done = run("intake", "--answers", written(tmp_path, "client.json", answers))
    assert done.code == 4
    assert done.err.count("nmtchoose:") == 1
    assert "today" in done.err
    assert "clot" not in done.err
