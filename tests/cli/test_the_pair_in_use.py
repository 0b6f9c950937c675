"""Which questions and rules a command uses, and that a faulty pair is never half used."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.clients import EXAMPLES, MINIMAL, MINIMAL_PAIR, written
from tests.cli.conftest import COMMAND, Run

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


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder of a project, such as an archive or a clone brings along."""
    return _own_pair(tmp_path / "nmtchoose.d", "theirs-1")


@pytest.mark.parametrize(
    "words",
    [("screen", EXAMPLES / "nmt.json"), ("intake", "--answers", EXAMPLES / "nmt.json"), ("compare",), ("docs",)],
)
def test_a_project_is_refused_until_it_is_trusted(words: tuple[str | Path, ...], project: Path, run: Run) -> None:
    done = run(*words)
    assert (done.code, done.out) == (3, "")
    assert "F016" in done.err
    assert f"nmtchoose trust {project}" in done.err


def test_a_trusted_project_is_used_and_named_and_a_change_asks_again(project: Path, run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, "client.json", COMPLETE)
    assert run("trust").code == 0
    done = run("screen", "--json", file)
    stamp = json.loads(done.out)["stamp"]["rules"]
    assert (done.code, stamp["version"]) == (0, "theirs-1")
    assert f"rules.yaml (theirs-1, {stamp['sha256'][:12]})" in done.err
    (project / "config.yaml").write_text("region: uk\n", encoding="utf-8")
    again = run("screen", "--json", file)
    assert (again.code, "F017" in again.err) == (3, True)


def test_whoever_trusts_a_faulty_pair_is_told(project: Path, run: Run) -> None:
    assert "0 errors," in run("trust").out
    with (project / "rules.yaml").open("a", encoding="utf-8") as rules:
        rules.write("colour: red\n")
    assert f"1 error, 0 warnings. All of them, and the proofs: nmtchoose check {project}" in run("trust", project).out


def test_trust_is_listed_and_taken_back(project: Path, run: Run) -> None:
    assert "trust no folder" in run("trust", "--list").out
    run("trust", project)
    assert run("trust", "--list").out == f"{project}\n"
    assert "no longer trusted" in run("trust", "--remove", project).out
    assert "F016" in run("screen", EXAMPLES / "nmt.json").err


def test_files_that_are_named_need_no_trust(project: Path, run: Run, tmp_path: Path) -> None:
    done = run("screen", *MINIMAL_PAIR, written(tmp_path, "client.json", COMPLETE))
    assert done.code == 0
    assert f"Questions: {MINIMAL / 'questions.yaml'} (2026.11, " in done.err


def test_what_init_writes_is_trusted_until_it_is_changed(run: Run, tmp_path: Path) -> None:
    run("init", "nmtchoose.d")
    assert run("screen", EXAMPLES / "nmt.json").code == 0
    with (tmp_path / "nmtchoose.d" / "rules.yaml").open("a", encoding="utf-8") as rules:
        rules.write("# mine\n")
    assert "F017" in run("screen", EXAMPLES / "nmt.json").err


def test_init_trusts_no_settings_that_stood_there_before(run: Run, tmp_path: Path) -> None:
    (tmp_path / "nmtchoose.d").mkdir()
    (tmp_path / "nmtchoose.d" / "config.yaml").write_text("region: uk\n", encoding="utf-8")
    run("init", "nmtchoose.d")
    assert "F016" in run("screen", EXAMPLES / "nmt.json").err


def test_the_built_in_pair_is_not_named(run: Run) -> None:
    assert run("screen", EXAMPLES / "nmt.json").err == ""


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="there are no such rights on this system")
def test_settings_and_records_are_for_their_owner_alone_whatever_the_umask(run: Run, home: Path) -> None:
    before = os.umask(0)
    try:
        anew = (*COMMAND,)  # the process that the others are forked from has a umask of its own
        run("config", "set", "region", "uk", command=anew)
        words = ("intake", "--answers", EXAMPLES / "nmt.json", "--save", "--consented", "--by", "Sam")
        run(*words, command=anew)
    finally:
        os.umask(before)
    made = {path.relative_to(home): path.stat().st_mode & 0o777 for path in home.rglob("*")}
    assert "records.db" in {path.name for path in made}
    assert {path: mode for path, mode in made.items() if mode not in (0o600, 0o700)} == {}
