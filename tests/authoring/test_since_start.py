"""`nmtchoose check` beside the pair that a practice started from: what became less strict, for whom, and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from nmtchoose.authoring.start_folder import BASE_FOLDER
from tests.authoring.command import Done, run, write_pair
from tests.authoring.pairs import RULES

EITHER = {"winner_lead: 2": "winner_lead: 3"}
"""So that every outcome can happen, and check has nothing else to say."""

ALONE = {"then: clearance": "then: proceed_with_care"}
ALONE_WITH_REASON = {"then: clearance": "then: proceed_with_care\n      because: The parents sign at the desk."}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)


def check(questions: Mapping[str, str] | None = None, rules: Mapping[str, str] | None = None, *words: str) -> Done:
    """Check the sound pair after these changes, beside the one that it started from."""
    write_pair(Path("mine"), questions, {**EITHER, **(rules or {})})
    write_pair(Path("mine") / BASE_FOLDER, rules=EITHER)
    return run("check", "mine", *words)


def test_nothing_changed_is_said_first() -> None:
    done = check()
    assert done.code == 0
    assert done.out.startswith("Since the pair it started from: no change in meaning.\n")


def test_a_milder_result_is_named_with_its_line_and_the_worst_client() -> None:
    done = check(rules=ALONE)
    line = RULES[: RULES.index("    no-guardian:")].count("\n") + 1
    assert done.code == 3
    assert done.out.startswith(
        "Since the pair it started from: less strict in 1 way, stricter in 0, other changes 0.\n"
    )
    step = "at worst disposition: clearance -> proceed_with_care"
    assert f"LESS STRICT: rule no-guardian (line {line}): {step}\n  for somebody with:\n    age: " in done.out
    assert f"rules.yaml:{line}: C030 in 1 way this is less strict" in done.out
    assert "1 error, 0 warnings." in done.out


def test_a_reason_beside_the_rule_is_enough() -> None:
    done = check(rules=ALONE_WITH_REASON)
    assert (done.code, "  because: The parents sign at the desk.\n" in done.out) == (0, True)


def test_a_reason_of_before_is_none_for_a_new_change() -> None:
    write_pair(Path("mine"), rules={"then: clearance": "then: proceed\n      because: The parents sign at the desk."})
    write_pair(Path("mine") / BASE_FOLDER, rules=ALONE_WITH_REASON)
    assert run("check", "mine").code == 3


def test_a_question_asked_of_fewer_people_is_less_strict() -> None:
    done = check({"ask_when: {age: {at_most: 17}}": "ask_when: {age: {at_most: 12}}"})
    assert (done.code, "LESS STRICT: question guardian" in done.out) == (3, True)


def test_a_rule_that_is_gone_wants_a_reason_too() -> None:
    fever = RULES[RULES.index("    fever:") : RULES.index("sources: [house-rule]\n", RULES.index("    fever:"))]
    fever += "sources: [house-rule]\n"
    other = "    other:\n      when: {health: fever}\n      tell_therapist: Ask.\n      sources: [house-rule]\n"
    assert check(rules={fever: other}).code == 3
    done = check(rules={fever: other, "guarantees:\n": "removed: {fever: They call us first.}\n\nguarantees:\n"})
    assert "LESS STRICT: rule fever: at worst disposition: defer" in done.out
    assert "  because: They call us first.\n" in done.out


def test_what_is_stricter_is_told_and_no_fault() -> None:
    done = check(rules={"then: clearance": "then: defer"})
    assert done.out.startswith(
        "Since the pair it started from: less strict in 0 ways, stricter in 1, other changes 0.\n"
    )
    assert done.code == 0


def test_other_words_are_named_and_nothing_happens_to_anybody() -> None:
    done = check({"deep: Deep": "deep: Very deep"})
    assert "Every possible set of answers leads to the same booking, therapies and pressure.\n" in done.out
    assert "also changed: question pressure (option deep)\n" in done.out
    assert done.code == 0


def test_cases_and_answers_that_change_are_counted() -> None:
    child = {"right_now": ["none"], "age": 17, "guardian": "no", "health": ["none"], "pain_sites": ["none"]}
    answers = {"answers": {**child, "pressure": "medium"}}
    Path("child.json").write_text(json.dumps(answers), encoding="utf-8")
    done = check({}, ALONE, "--answers", "child.json")
    assert "1 of 1 results change: 1 less strict, 0 stricter, 0 otherwise different.\n" in done.out


def test_without_proofs_the_changes_are_only_counted() -> None:
    done = check({}, ALONE, "--no-prove")
    assert (done.code, done.out.startswith("1 change since the pair it started from.\n")) == (0, True)


def test_init_records_what_it_starts_from_and_later_what_was_agreed() -> None:
    run("init", "practice")
    base = Path("practice") / BASE_FOLDER / "rules.yaml"
    rules = Path("practice/rules.yaml")
    assert base.read_bytes() == rules.read_bytes()
    rules.write_text(rules.read_text(encoding="utf-8").replace("winner_lead: 2", "winner_lead: 1"), encoding="utf-8")
    assert run("init", "practice", "--agreed").code == 0
    assert base.read_bytes() == rules.read_bytes()


def test_a_pair_that_does_not_load_is_not_recorded() -> None:
    write_pair(Path("mine"), rules={"winner_lead: 2": "winner_lead: two"})
    done = run("init", "mine", "--agreed")
    assert (done.code, (Path("mine") / BASE_FOLDER).exists()) == (3, False)
