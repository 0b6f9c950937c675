"""`nmtchoose intake` where nobody can be asked: the answers are there, or it says what would help."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.clients import EXAMPLES, example, written
from tests.cli.conftest import Run


def test_without_a_terminal_nothing_is_asked_and_the_flag_that_helps_is_named(run: Run) -> None:
    done = run("intake")
    assert (done.code, done.out) == (5, "")
    assert "--answers FILE" in done.err


def test_complete_answers_need_no_terminal(run: Run) -> None:
    done = run("intake", "--answers", EXAMPLES / "swedish.json", "--plain")
    assert done.code == 0
    assert "Swedish massage" in done.out
    assert done.err == ""


def test_complete_answers_may_come_from_standard_input(run: Run) -> None:
    done = run("intake", "--answers", "-", "--json", stdin=(EXAMPLES / "emergency.json").read_bytes())
    assert done.code == 0
    assert json.loads(done.out)["disposition"] == "call_emergency"


def test_open_questions_are_named_when_nobody_can_be_asked(run: Run, tmp_path: Path) -> None:
    answers = example("swedish")
    del answers["ill.fever"], answers["comfort"]
    done = run("intake", "--answers", written(tmp_path, "part.json", answers))
    assert (done.code, done.out) == (4, "")
    assert "not answered: ill.fever, comfort" in done.err


def test_the_answers_that_counted_are_saved_on_request(run: Run, tmp_path: Path) -> None:
    answers = {**example("swedish"), "nerve_signs": ["none"]}
    given = written(tmp_path, "given.json", answers)
    done = run("intake", "--answers", given, "--save-answers", "kept.json", "-o", "result.txt")
    assert (done.code, done.out) == (0, "")
    assert done.err == f"Wrote {tmp_path / 'kept.json'}.\nWrote {tmp_path / 'result.txt'}.\n"
    assert "Swedish massage" in (tmp_path / "result.txt").read_text(encoding="utf-8")
    kept = json.loads((tmp_path / "kept.json").read_text(encoding="utf-8"))
    assert kept["format"] == "nmtchoose/answers/1"
    assert kept["answers"] == example("swedish")
    again = run("screen", "kept.json", "-o", "again.txt")
    assert again.code == 0
    assert (tmp_path / "again.txt").read_bytes() == (tmp_path / "result.txt").read_bytes()


def test_an_intake_with_complete_answers_leaves_no_draft(run: Run, home: Path) -> None:
    run("intake", "--answers", EXAMPLES / "swedish.json")
    assert [path for path in home.rglob("*") if path.is_file()] == []
