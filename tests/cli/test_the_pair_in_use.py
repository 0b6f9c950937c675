"""Which questions and rules a command uses, and that a faulty pair is never half used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.clients import EXAMPLES, MINIMAL, MINIMAL_PAIR, written
from tests.cli.conftest import Run

COMPLETE = {
    "right_now": ["none"],
    "age": 40,
    "blood_thinner": "no",
    "pain_sites": ["none"],
    "pressure": "light",
    "notes": "",
}


def _own_pair(folder: Path, version: str) -> Path:
    folder.mkdir()
    for name in ("questions.yaml", "rules.yaml"):
        text = (MINIMAL / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace('version: "2026.11"', f'version: "{version}"'), encoding="utf-8")
    return folder


def test_the_folder_of_the_practice_is_used_and_named_in_the_result(run: Run, tmp_path: Path) -> None:
    folder = _own_pair(tmp_path / "practice", "ours-7")
    done = run("screen", "--json", written(tmp_path, "client.json", COMPLETE), env={"NMTCHOOSE_HOME": str(folder)})
    assert done.code == 0
    stamp = json.loads(done.out)["stamp"]
    assert (stamp["questionnaire"]["version"], stamp["rules"]["version"]) == ("ours-7", "ours-7")


def test_named_files_come_before_the_folder_of_the_practice(run: Run, tmp_path: Path) -> None:
    folder = _own_pair(tmp_path / "practice", "ours-7")
    file = written(tmp_path, "client.json", COMPLETE)
    done = run("screen", "--json", *MINIMAL_PAIR, file, env={"NMTCHOOSE_HOME": str(folder)})
    assert json.loads(done.out)["stamp"]["rules"]["version"] == "2026.11"


def test_a_folder_of_the_practice_that_is_not_there_is_told_and_the_built_in_pair_is_not_used(
    run: Run, tmp_path: Path
) -> None:
    done = run("screen", EXAMPLES / "nmt.json", env={"NMTCHOOSE_HOME": str(tmp_path / "nowhere")})
    assert (done.code, done.out) == (3, "")
    assert "NMTCHOOSE_HOME" in done.err


def test_half_a_pair_is_refused(run: Run, tmp_path: Path) -> None:
    folder = _own_pair(tmp_path / "practice", "ours-7")
    (folder / "rules.yaml").unlink()
    done = run("screen", EXAMPLES / "nmt.json", env={"NMTCHOOSE_HOME": str(folder)})
    assert (done.code, done.out) == (3, "")
    assert "'rules.yaml' is missing" in done.err


def test_every_fault_of_both_files_is_told_in_one_go_with_its_place(run: Run, tmp_path: Path) -> None:
    folder = _own_pair(tmp_path / "practice", "ours-7")
    questions, rules = (folder / name for name in ("questions.yaml", "rules.yaml"))
    questions.write_text(questions.read_text(encoding="utf-8").replace("purpose: safety", "purpose: safty", 1))
    rules.write_text(rules.read_text(encoding="utf-8").replace("exclude: [nmt]", "exclude: [nmtt]", 1))
    done = run("screen", EXAMPLES / "nmt.json", env={"NMTCHOOSE_HOME": str(folder)})
    assert (done.code, done.out) == (3, "")
    line = next(number for number, text in enumerate(_lines(questions), 1) if "safty" in text)
    assert f"{questions}:{line}:" in done.err
    assert "Did you mean 'safety'?" in done.err
    line = next(number for number, text in enumerate(_lines(rules), 1) if "nmtt" in text)
    assert f"{rules}:{line}:" in done.err
    assert "Did you mean 'nmt'?" in done.err


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("command", [["compare"], ["explain", EXAMPLES / "nmt.json"], ["intake"], ["docs"]])
def test_no_command_runs_with_faulty_rules(command: list[object], run: Run, tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text("format: nmtchoose/rules/1\nrules: [\n", encoding="utf-8")
    done = run(*command, "--rules", "rules.yaml")
    assert (done.code, done.out) == (3, "")
    assert "rules.yaml:" in done.err


def test_rules_that_are_not_there_are_told(run: Run) -> None:
    done = run("compare", "--rules", "nowhere.yaml")
    assert (done.code, done.out) == (3, "")
    assert "nowhere.yaml" in done.err
