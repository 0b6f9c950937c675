"""`nmtchoose check`: which files it looks at, what it prints and with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nmtchoose.practice.current import trust
from tests.authoring.command import run, write_pair
from tests.authoring.pairs import QUESTIONS, RULES
from tests.cli.test_review import NOBODY

UNUSED_FACT = {"facts:\n": "facts:\n  firm: {pressure: deep}\n"}
LINE = RULES[: RULES.index("facts:\n")].count("\n") + 2
DEAD_RULE = {"when: {guardian: no}": "when: {all: [{guardian: no}, {guardian: yes}]}"}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder, so that only the built-in pair is in use."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NMTCHOOSE_HOME", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "configuration"))
    monkeypatch.setenv("HOME", str(tmp_path))


def test_nothing_to_say_is_said(tmp_path: Path) -> None:
    done = run("check", write_pair(tmp_path / "mine"), "--no-prove")
    assert done.code == 0
    assert "0 errors, 0 warnings." in done.out


def test_warnings_alone_are_no_failure(tmp_path: Path) -> None:
    done = run("check", write_pair(tmp_path / "mine", rules=UNUSED_FACT), "--no-prove")
    assert done.code == 0
    assert f"{tmp_path / 'mine' / 'rules.yaml'}:{LINE}:3: " in done.out and "[C003]" in done.out


def test_warnings_fail_where_that_is_wanted(tmp_path: Path) -> None:
    assert run("check", write_pair(tmp_path / "mine", rules=UNUSED_FACT), "--strict", "--no-prove").code == 3


def test_errors_come_first_and_fail(tmp_path: Path) -> None:
    folder = write_pair(tmp_path / "mine", rules={**UNUSED_FACT, **DEAD_RULE})
    done = run("check", folder, "--no-prove")
    assert done.code == 3
    assert done.out.index("[C009]") < done.out.index("[C003]")
    assert "1 error, 1 warning." in done.out


def test_a_file_that_does_not_load_is_named_with_all_its_faults(tmp_path: Path) -> None:
    purpose, points = {"purpose: emergency": "purpose: urgent"}, {"fit: {swedish: 2}": "fit: {sw: 2}"}
    folder = write_pair(tmp_path / "mine", purpose, points)
    done = run("check", folder)
    assert done.code == 3
    assert "[N005]" in done.out
    assert "[N011]" in done.out
    assert "Only the wording was looked at" in done.out


def test_editors_get_json(tmp_path: Path) -> None:
    done = run("check", write_pair(tmp_path / "mine", rules=UNUSED_FACT), "--json", "--no-prove")
    record = json.loads(done.out)
    assert (record["format"], record["errors"], record["warnings"]) == ("nmtchoose/check/1", 0, 1)
    assert record["findings"] == [
        {
            "code": "C003",
            "severity": "warning",
            "file": str(tmp_path / "mine" / "rules.yaml"),
            "line": LINE,
            "column": 3,
            "problem": "no rule uses the fact 'firm'",
            "mend": "Use it, or remove it.",
        }
    ]


def test_one_file_is_checked_with_the_one_beside_it(tmp_path: Path) -> None:
    folder = write_pair(tmp_path / "mine", rules=UNUSED_FACT)
    assert "[C003]" in run("check", folder / "rules.yaml", "--no-prove").out


def test_a_file_is_known_by_what_it_says(tmp_path: Path) -> None:
    folder = write_pair(tmp_path / "mine")
    (folder / "rules.yaml").rename(folder / "a.yaml")
    (folder / "questions.yaml").rename(folder / "b.yaml")
    done = run("check", folder / "a.yaml", folder / "b.yaml", "--no-prove")
    assert (done.code, "0 errors, 0 warnings." in done.out) == (0, True)


def test_two_files_of_one_kind_are_one_too_many(tmp_path: Path) -> None:
    folder = write_pair(tmp_path / "mine")
    done = run("check", folder, folder / "rules.yaml")
    assert (done.code, "U002" in done.err) == (2, True)


def test_a_folder_without_the_files_is_faulty(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run("check", tmp_path / "empty")
    assert done.code == 3
    assert done.err.count("F010") == 2


def test_without_a_name_the_pair_in_use_is_checked(tmp_path: Path) -> None:
    trust(write_pair(tmp_path / "nmtchoose.d", rules=UNUSED_FACT))
    assert "[C003]" in run("check", "--no-prove").out


def test_the_built_in_pair_has_no_errors_and_it_is_said_that_nobody_reviewed_it() -> None:
    done = run("check", "--no-prove")
    assert done.code == 0
    assert NOBODY in done.out


HOSTILE = {
    "not UTF-8": (QUESTIONS.encode("utf-16"), RULES.encode(), "Y002"),
    "ten megabytes": (QUESTIONS.encode(), b"safety_net: " + b"a" * 10_000_000, "Y005"),
    "a million rules": (QUESTIONS.encode(), b"rules:\n  fit:\n" + b"    a: {}\n" * 1_000_000, "Y005"),
    "a hundred thousand values": (QUESTIONS.encode(), b"rules: [" + b"a," * 100_000 + b"]", "Y007"),
    "deep brackets": (b"[" * 100_000, RULES.encode(), "Y006"),
    "an alias bomb": (b"a: &a [x, x]\nb: &b [*a, *a]\n", RULES.encode(), "Y009"),
    "an object": (b"title: !!python/object/apply:os.system [id]\n", RULES.encode(), "Y011"),
    "nothing": (b"", b"", "Y014"),
    "zeros": (b"\0" * 1000, RULES.encode(), "Y003"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_a_message(name: str, tmp_path: Path) -> None:
    questions, rules, code = HOSTILE[name]
    (tmp_path / "questions.yaml").write_bytes(questions)
    (tmp_path / "rules.yaml").write_bytes(rules)
    done = run("check", tmp_path)
    assert done.code == 3
    assert f"[{code}]" in done.out
    assert "Traceback" not in done.out + done.err


def test_no_progress_is_shown_where_stderr_is_no_terminal(tmp_path: Path) -> None:
    assert run("check", write_pair(tmp_path / "mine")).err == ""


def test_without_a_solver_it_is_said_what_was_not_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nmtchoose.authoring.check_pair.is_installed", lambda: False)
    done = run("check", write_pair(tmp_path / "mine", rules=DEAD_RULE), "--no-prove")
    assert done.code == 0
    assert "Not looked for: what no answers lead to." in done.out
    assert "[U010]" in done.out
