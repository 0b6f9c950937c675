"""`nmtchoose test`: cases against the rules."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from tests.authoring.command import Done, run, write_pair

PASSING = """\
  - id: bruises
    describe: Somebody with a blood thinner.
    like: healthy
    answers: {health: [blood_thinner]}
    expect: {disposition: proceed_with_care, pressure_limit: 3, fires: [blood-thinner], not_fires: [fever]}
"""
FAILING = """\
  - id: fever-and-massage
    describe: Somebody with a fever who would like to come all the same.
    like: healthy
    answers: {health: [fever]}
    expect: {disposition: proceed, says: [see you soon]}
"""
HEAD = """\
format: nmtchoose/cases/1
profiles:
  healthy: {right_now: [none], age: 40, health: [none], pain_sites: [none], pressure: light}
cases:
"""
ANSWERS = {"right_now": ["none"], "age": 40, "health": ["fever"], "pain_sites": ["none"], "pressure": "light"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sound pair in a folder."""
    return write_pair(tmp_path / "mine")


def run_cases(folder: Path, cases: str, *words: str | Path) -> Done:
    """Run `cases` against the pair in `folder`."""
    file = folder / "cases.yaml"
    file.write_text(HEAD + cases, encoding="utf-8")
    return run("test", file, *words, "--questions", folder / "questions.yaml", "--rules", folder / "rules.yaml")


def test_cases_that_pass_are_counted(folder: Path) -> None:
    done = run_cases(folder, PASSING)
    assert done.code == 0
    assert done.out.endswith("1 case, 0 failed.\n")


def test_a_failure_shows_expected_against_got_and_the_rules_that_fired(folder: Path) -> None:
    done = run_cases(folder, FAILING)
    lines = done.out.splitlines()
    assert done.code == 3
    assert f"{folder / 'cases.yaml'}:5: fever-and-massage: Somebody with a fever" in lines[0]
    assert "  disposition: expected proceed, got defer" in lines
    assert "  the page: expected to say 'see you soon', got a page without it" in lines
    assert "    fired fever: health = A fever today" in lines


def test_coverage_names_what_no_case_reaches(folder: Path) -> None:
    out = run_cases(folder, PASSING).out
    assert "rules: 2 of 10 reached; not: heart-or-head, swollen-leg, fever-with-neck-pain, weight-loss" in out
    assert "dispositions: 1 of 8 reached" in out


def test_too_little_coverage_fails(folder: Path) -> None:
    assert run_cases(folder, PASSING, "--require-coverage", "5").code == 0
    done = run_cases(folder, PASSING, "--require-coverage", "90")
    assert (done.code, "less than the 90 % that are required" in done.out) == (3, True)


def test_build_servers_get_junit(folder: Path) -> None:
    run_cases(folder, PASSING + FAILING, "--junit", folder / "junit.xml")
    root = ElementTree.parse(folder / "junit.xml").getroot()
    assert (root.get("tests"), root.get("failures")) == ("2", "1")
    failure = root.find("testsuite/testcase[@name='fever-and-massage']/failure")
    assert failure is not None
    assert "disposition: expected proceed, got defer" in (failure.get("message") or "")
    assert "fired fever" in (failure.text or "")
    assert root.find("testsuite/testcase[@name='bruises']/failure") is None


def test_a_faulty_case_file_is_named(folder: Path) -> None:
    done = run_cases(folder, PASSING.replace("disposition: proceed_with_care", "dispositoin: proceed_with_care"))
    assert (done.code, "S003" in done.err) == (3, True)


def test_without_cases_there_is_nothing_to_do() -> None:
    done = run("test")
    assert (done.code, "U003" in done.err) == (2, True)


def recorded(folder: Path, answers: dict[str, object], *words: str | Path) -> Done:
    """Record `answers` as a case for the pair in `folder`."""
    file = folder / "a fever.json"
    file.write_text(json.dumps({"format": "nmtchoose/answers/1", "answers": answers}), encoding="utf-8")
    pair = ("--questions", folder / "questions.yaml", "--rules", folder / "rules.yaml")
    return run("test", "--record", file, *words, *pair)


def test_a_recorded_case_starts_from_todays_result(folder: Path) -> None:
    done = recorded(folder, ANSWERS)
    (case,) = yaml.safe_load(done.out)["cases"]
    assert (done.code, case["id"]) == (0, "a-fever")
    assert case["answers"] == ANSWERS
    assert case["expect"]["disposition"] == "defer"
    assert case["expect"]["fires"] == ["fever", "light-touch"]


def test_a_recorded_case_says_that_a_person_has_to_confirm_it(folder: Path) -> None:
    assert "# A person has to confirm every line" in recorded(folder, ANSWERS).out


def test_a_recorded_case_holds_no_free_text(folder: Path) -> None:
    assert "Ann Smith" not in recorded(folder, {**ANSWERS, "notes": "Ask for Ann Smith"}).out


def test_a_recorded_case_passes_as_it_stands(folder: Path) -> None:
    recorded(folder, {**ANSWERS, "guardian": "yes"}, "--output", folder / "case.yaml")
    pair = ("--questions", folder / "questions.yaml", "--rules", folder / "rules.yaml")
    assert run("test", folder / "case.yaml", *pair).out.endswith("1 case, 0 failed.\n")


def test_a_recorded_case_overwrites_nothing(folder: Path) -> None:
    (folder / "case.yaml").write_text("mine", encoding="utf-8")
    done = recorded(folder, ANSWERS, "--output", folder / "case.yaml")
    assert (done.code, "F015" in done.err) == (1, True)
    assert (folder / "case.yaml").read_text(encoding="utf-8") == "mine"


def test_parts_of_conditions_and_thresholds_are_counted(folder: Path) -> None:
    done = run_cases(folder, PASSING)
    told = next(line for line in done.out.splitlines() if line.startswith("parts of conditions told apart: "))
    assert told.startswith("parts of conditions told apart: 0 of 2; not: fever-with-neck-pain: health includes")


def test_a_case_in_which_one_part_is_missing_tells_it_apart(folder: Path) -> None:
    fever = "  - {id: f, describe: Hot., like: healthy, answers: {health: [fever]}, expect: {disposition: defer}}\n"
    assert "parts of conditions told apart: 1 of 2" in run_cases(folder, fever).out
