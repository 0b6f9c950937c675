"""`nmtchoose diff`: what a change means, in words, and which results it makes less strict."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.authoring.command import Done, run, write_pair

WELL: dict[str, object] = {
    "right_now": ["none"],
    "age": 40,
    "health": ["none"],
    "pain_sites": ["none"],
    "pressure": "medium",
}
PEOPLE: dict[str, dict[str, object]] = {
    "well": WELL,
    "leg": {"right_now": ["swollen_leg"]},
    "thinner": {**WELL, "health": ["blood_thinner"], "pain_sites": ["neck"], "pain_weeks": 20},
    "fever": {**WELL, "health": ["fever"]},
    "fever-neck": {**WELL, "health": ["fever"], "pain_sites": ["neck"], "pain_weeks": 1},
    "thin": {**WELL, "health": ["weight_loss"], "pain_sites": ["neck"], "pain_weeks": 20},
    "operated": {**WELL, "health": ["operation"]},
    "operated-at-18": {**WELL, "age": 18, "health": ["weight_loss", "operation"]},
    "child": {**WELL, "age": 17, "guardian": "no"},
}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder with the answers of some people."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people").mkdir()
    for name, answers in PEOPLE.items():
        (tmp_path / "people" / f"{name}.json").write_text(json.dumps({"answers": answers}), encoding="utf-8")
    write_pair(tmp_path / "old")


def diff(questions: Mapping[str, str] | None = None, rules: Mapping[str, str] | None = None, *words: str) -> Done:
    """Compare the sound pair with itself after these changes."""
    write_pair(Path("new"), questions, rules)
    return run("diff", "old", "new", "--no-prove", *words)


def changes(done: Done) -> list[str]:
    """Return the first line of each change."""
    return [line for line in done.out.splitlines() if line.startswith(("added", "removed", "changed"))]


def test_without_a_change_there_is_none_to_tell() -> None:
    assert diff().out == "0 changes from old to new.\n"


def test_a_changed_condition_is_told_in_words() -> None:
    out = diff(rules={"when: {guardian: no}": "when: {guardian: [no, unsure]}"}).out
    assert "changed rule no-guardian\n" in out
    assert '    was guardian is "No"\n' in out
    assert '    now guardian is "No" or "Not sure"\n' in out


def test_lines_that_move_or_comments_are_no_change() -> None:
    assert changes(diff(rules={"settings:\n": "# the practice\nsettings:\n\n"})) == []


def test_added_and_removed_rules_are_told() -> None:
    light = "    light-touch:\n"
    renamed = diff(rules={light: "    soft-touch:\n"})
    assert changes(renamed) == ["removed rule light-touch", "added rule soft-touch"]
    assert '  when: pressure is "Light" or "Medium"' in renamed.out


def test_a_changed_fact_names_the_rules_that_rest_on_it() -> None:
    done = diff(rules={"chronic_after_weeks: 12": "chronic_after_weeks: 6"})
    assert changes(done) == ["changed setting chronic_after_weeks", "changed fact long_lasting"]
    assert "  rules that rest on it: old-neck-pain" in done.out


def test_a_changed_option_is_told_under_its_question() -> None:
    done = diff({"deep: Deep": "deep: Very deep"})
    assert changes(done) == ["changed question pressure"]
    assert "  option deep:\n    was Deep\n    now Very deep\n" in done.out


def test_questions_in_another_order_are_told() -> None:
    first = "  age:\n"
    moved = "  phone: {section: now, kind: text, purpose: comfort, ask: {client: A, staff: B}, why: C}\n"
    write_pair(Path("old"), {first: moved + first})
    write_pair(Path("new"), {"  guardian:\n": moved + "  guardian:\n"})
    assert changes(run("diff", "old", "new", "--no-prove")) == ["changed order of question"]


def test_options_in_another_order_are_told_apart_from_new_ones() -> None:
    done = diff({"light: Light\n      medium: Medium": "medium: Medium\n      light: Light"})
    assert changes(done) == ["changed order of options of pressure"]
    assert "  moved: medium now first\n" in done.out


def test_a_group_that_lost_a_place_is_told_where_it_is_used_too() -> None:
    done = diff({"upper: [neck": "upper: [calf, neck"})
    assert "changed body group upper" in changes(done)


def test_single_files_are_compared_with_their_neighbours() -> None:
    write_pair(Path("new"), rules={"winner_lead: 2": "winner_lead: 3"})
    done = run("diff", "old/rules.yaml", "new/rules.yaml", "--no-prove")
    assert changes(done) == ["changed decision points"]


def test_a_pair_that_does_not_load_is_named() -> None:
    done = diff(rules={"winner_lead: 2": "winner_lead: two"})
    assert (done.code, "N014" in done.err) == (3, True)


class Mistake(NamedTuple):
    """A change that hurts, the person whose result becomes less strict, and how."""

    person: str
    step: str
    questions: Mapping[str, str] = {}
    rules: Mapping[str, str] = {}


REST = "    rest: {when: {health: [fever]}, then: {expect: Rest.}, sources: [house-rule]}\n"
FEVER = """\
    fever:
      when: {health: fever}
      then: {disposition: defer, until: the fever is gone for a day}
      tell_client: Rest until the fever is gone.
      sources: [house-rule]
"""
LESS_STRICT = {
    "a flipped not": Mistake(
        "child",
        "clearance -> proceed",
        rules={
            "when: {guardian: no}": "when: {not: {guardian: no}}",
        },
    ),
    "an age limit off by one": Mistake(
        "child",
        "clearance -> proceed",
        questions={
            "ask_when: {age: {at_most: 17}}": "ask_when: {age: {at_most: 16}}",
        },
    ),
    "an option offered a year later": Mistake(
        "operated-at-18",
        "swedish: not_now -> suggested",
        questions={
            "show_when: {age: {at_least: 18}}": "show_when: {age: {at_least: 19}}",
        },
    ),
    "an exclusion dropped": Mistake(
        "thinner",
        "nmt: not_suitable -> suggested",
        rules={
            "        exclude: [nmt]\n": "",
            "        therapy_limits: {nmt: 2}\n": "",
            "avoid: {named: [calf], marked_in: [pain_sites]}": "avoid: {named: [calf]}",
            "site_limits: [{sites: upper, limit: 2}]": "site_limits: [{sites: upper, limit: 3}]",
        },
    ),
    "a question made unreachable": Mistake(
        "child",
        "clearance -> proceed",
        questions={
            "ask_when: {age: {at_most: 17}}": "ask_when: {all: [{age: {at_most: 17}}, {age: {at_least: 18}}]}",
        },
    ),
    "an emergency made milder": Mistake(
        "leg",
        "emergency_today -> medical_urgent",
        rules={
            "then: emergency_today": "then: medical_urgent",
        },
    ),
    "a rule lost": Mistake(
        "fever",
        "defer -> proceed",
        rules={
            FEVER: REST,
        },
    ),
    "a pressure limit raised": Mistake(
        "thinner",
        "pressure limit: 3 -> 4",
        rules={
            "        pressure_limit: 3\n": "        pressure_limit: 4\n",
        },
    ),
    "a place no longer spared": Mistake(
        "thinner",
        "pressure on calf_left: 0 -> 5",
        rules={
            "avoid: {named: [calf], marked_in: [pain_sites]}": "avoid: {marked_in: [pain_sites]}",
        },
    ),
    "an or that became an and": Mistake(
        "operated",
        "swedish: not_now -> suggested",
        rules={
            "when: {health: operation}": "when: {health: {all_of: [operation, fever]}}",
        },
    ),
    "a hold that became a change": Mistake(
        "operated",
        "swedish: not_now -> suggested",
        rules={
            "then: {ask_first: [nmt, swedish],": "then: {adapt: [nmt, swedish],",
        },
    ),
    "a therapy offered beside a referral": Mistake(
        "thin",
        "nmt: not_now -> suggested",
        rules={
            "still_sensible: [swedish]": "still_sensible: [swedish, nmt]",
        },
    ),
    "a place left out of an urgent rule": Mistake(
        "fever-neck",
        "medical_urgent -> defer",
        rules={
            "when: {health: fever, pain_sites: neck}": "when: {health: fever, pain_sites: calf}",
        },
    ),
}


@pytest.mark.parametrize("mistake", LESS_STRICT)
def test_a_mistake_that_hurts_is_told_as_less_strict(mistake: str) -> None:
    person, step, questions, rules = LESS_STRICT[mistake]
    told = shifts(diff(questions, rules, "--answers", "people"))
    heading = f"LESS STRICT: {Path('people') / person}.json"
    assert any(line.startswith("  less strict: ") and step in line for line in told[heading])


def shifts(done: Done) -> dict[str, list[str]]:
    """Return the lines under the heading of each result that changed, in the order they are told."""
    told: dict[str, list[str]] = {}
    for line in done.out[done.out.index("results change") :].splitlines()[1:]:
        if not line.startswith(" "):
            told[line] = []
        elif told:
            told[list(told)[-1]].append(line)
    return told


def test_what_is_less_strict_comes_before_what_is_stricter() -> None:
    done = diff({}, {"when: {guardian: no}": "when: {not: {guardian: no}}"}, "--answers", "people")
    kinds = [heading.partition(":")[0] for heading in shifts(done)]
    assert kinds == ["LESS STRICT", *["stricter"] * (len(kinds) - 1)]
    assert len(kinds) > 1


def test_how_many_results_change_is_counted() -> None:
    done = diff({}, {"then: clearance": "then: defer"}, "--answers", "people")
    assert f"1 of {len(PEOPLE)} results change: 0 less strict, 1 stricter, 0 otherwise different." in done.out
    assert "  1 x disposition: clearance -> defer" in done.out


def test_another_suggestion_is_different_without_being_milder() -> None:
    done = diff({}, {"then: {fit: {swedish: 2}}": "then: {fit: {nmt: 2}}"}, "--answers", "people/well.json")
    (told,) = shifts(done).values()
    assert [line for line in told if line.startswith("  different: recommendation: ")] != []


def test_cases_can_be_compared_over_too() -> None:
    text = "format: nmtchoose/cases/1\ncases:\n  - {id: a, describe: Hot., answers: {health: [fever]}}\n"
    Path("cases.yaml").write_text(text, encoding="utf-8")
    done = diff(
        {}, {"then: {disposition: defer, until": "then: {disposition: medical_urgent, caution"}, "--cases", "cases.yaml"
    )
    assert list(shifts(done)) == ["stricter: cases.yaml: a"]


def test_answers_that_only_one_of_the_pairs_knows_are_left_out_there() -> None:
    Path("people/later.json").write_text(json.dumps({"answers": {**WELL, "pressure": "feather"}}), encoding="utf-8")
    feather = {
        "gentle: [light, medium]": "gentle: [feather, light, medium]",
        "light: Light": "light: Light\n      feather: Feather-light",
    }
    done = diff(feather, {}, "--answers", "people/later.json")
    assert (done.code, "1 of 1 results change" in done.out) == (0, True)


def test_a_file_without_answers_is_named() -> None:
    Path("broken.json").write_text("{", encoding="utf-8")
    done = diff({}, {}, "--answers", "broken.json")
    assert (done.code, "A022" in done.err) == (4, True)
