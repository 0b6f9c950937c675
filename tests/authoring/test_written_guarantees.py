"""`nmtchoose init DIR --guarantees`, and guarantees about asking."""

from __future__ import annotations

from pathlib import Path

import pytest

from nmtchoose.authoring.written_guarantees import FIRST_LINE
from nmtchoose.loading.load import load_pair
from tests.authoring.command import Done, run, write_pair

EITHER = {"winner_lead: 2": "winner_lead: 3"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sound pair in a folder, in which everything can happen."""
    return write_pair(tmp_path / "mine", rules=EITHER)


def edited(folder: Path, name: str, old: str, new: str) -> Done:
    """Change one thing in a file of `folder`, and check."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return run("check", folder)


def test_what_the_safety_rules_do_is_promised_and_holds(folder: Path) -> None:
    done = run("init", folder, "--guarantees")
    assert "kept-emergency-today\n" in done.out
    promised = {one.id: one for one in load_pair(folder / "questions.yaml", folder / "rules.yaml")[1].guarantees}
    assert promised["kept-emergency-today"].disposition_at_least == "emergency_today"
    assert promised["never-nmt"].never_suggest == ("nmt",)
    assert promised["at-most-medium"].pressure_at_most == 3
    assert run("check", folder).code == 0


def test_rules_of_one_level_are_told_together(folder: Path) -> None:
    run("init", folder, "--guarantees")
    text = (folder / "rules.yaml").read_text(encoding="utf-8")
    assert "    when: {right_now: swollen_leg}\n" in text
    assert "asked-for-safety:" in text


def test_written_again_they_take_the_place_of_the_old_ones(folder: Path) -> None:
    run("init", folder, "--guarantees")
    once = (folder / "rules.yaml").read_text(encoding="utf-8")
    run("init", folder, "--guarantees")
    assert (folder / "rules.yaml").read_text(encoding="utf-8") == once
    assert once.count(FIRST_LINE) == 1


def test_the_guarantees_of_the_author_stay(folder: Path) -> None:
    before = {one.id for one in load_pair(folder / "questions.yaml", folder / "rules.yaml")[1].guarantees}
    run("init", folder, "--guarantees")
    after = {one.id for one in load_pair(folder / "questions.yaml", folder / "rules.yaml")[1].guarantees}
    assert before < after


def test_a_weaker_rule_breaks_its_promise(folder: Path) -> None:
    run("init", folder, "--guarantees")
    done = edited(folder, "rules.yaml", "then: clearance\n", "then: proceed_with_care\n")
    assert (done.code, "kept-clearance: the disposition is proceed_with_care" in done.out) == (3, True)


def test_a_question_asked_of_fewer_breaks_its_promise(folder: Path) -> None:
    run("init", folder, "--guarantees")
    done = edited(folder, "questions.yaml", "{age: {at_most: 17}}", "{age: {at_most: 16}}")
    assert (done.code, "asked-for-safety: guardian is not asked" in done.out) == (3, True)


def test_an_option_offered_to_fewer_breaks_its_promise(folder: Path) -> None:
    run("init", folder, "--guarantees")
    done = edited(folder, "questions.yaml", "show_when: {age: {at_least: 18}}", "show_when: {age: {at_least: 30}}")
    assert (done.code, "health does not offer operation" in done.out) == (3, True)


def test_therapies_that_no_safety_rule_names_can_be_promised_away(tmp_path: Path) -> None:
    promise = "new-ones: {when: {health: blood_thinner}, say: Never., never_suggest: not_named_for_safety}"
    folder = write_pair(tmp_path / "mine", rules={**EITHER, "guarantees:\n": f"guarantees:\n  {promise}\n"})
    table = load_pair(folder / "questions.yaml", folder / "rules.yaml")[1]
    assert table.guarantees[0].never_suggest == ("chair",)
    done = run("check", folder)
    assert (done.code, "new-ones: this is offered: chair" in done.out) == (3, True)


def test_a_fact_can_be_promised_its_meaning(tmp_path: Path) -> None:
    facts = "facts:\n  old_enough: {age: {at_least: 50}}\n"
    promise = "  x: {when: always, say: X., means: {old_enough: {age: {at_least: 51}}}}\n"
    folder = write_pair(
        tmp_path / "mine", rules={**EITHER, "facts:\n": facts, "guarantees:\n": f"guarantees:\n{promise}"}
    )
    done = run("check", folder)
    assert (done.code, "x: old_enough is true where it has to be false" in done.out) == (3, True)


def test_each_question_is_promised_its_own_condition(tmp_path: Path) -> None:
    promise = "  x: {when: always, say: X., always_asked: {guardian: {age: {at_most: 18}}, right_now: always}}\n"
    folder = write_pair(tmp_path / "mine", rules={**EITHER, "guarantees:\n": f"guarantees:\n{promise}"})
    done = run("check", folder)
    assert (done.code, "x: guardian is not asked" in done.out, "right_now is" in done.out) == (3, True, False)


def test_an_unknown_option_is_named(tmp_path: Path) -> None:
    promise = "  x: {when: always, say: X., always_offered: {health: [fevr]}}\n"
    done = run("check", write_pair(tmp_path / "mine", rules={"guarantees:\n": f"guarantees:\n{promise}"}), "--no-prove")
    assert (done.code, "N007" in done.out) == (3, True)


def test_a_pair_that_does_not_load_is_left_as_it_is(tmp_path: Path) -> None:
    folder = write_pair(tmp_path / "mine", rules={"winner_lead: 2": "winner_lead: two"})
    before = (folder / "rules.yaml").read_bytes()
    assert run("init", folder, "--guarantees").code == 3
    assert (folder / "rules.yaml").read_bytes() == before
