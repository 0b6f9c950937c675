"""How conditions are written, and which tree each becomes."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from nmtchoose.loading.conditions import read_condition
from nmtchoose.loading.nodes import FaultLog
from nmtchoose.loading.scope import Scope
from nmtchoose.loading.yaml_nodes import read_nodes
from nmtchoose.model.condition import (
    ALWAYS,
    NEVER,
    AllOf,
    Answered,
    AnyOf,
    AtLeastOf,
    Condition,
    CountAtLeast,
    Fact,
    InRange,
    Is,
    Not,
)
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable

Pair = tuple[Questionnaire, RuleTable]
SHOULDERS = ("shoulder_left", "shoulder_right")
LIGHT, MEDIUM = Is("pressure", ("light",)), Is("pressure", ("medium",))
ADULT = InRange("age", 18, None)


def condition(text: str, pair: Pair) -> Condition:
    """Return the condition `text`, as it would be read in the minimal rules.yaml."""
    questionnaire, table = pair
    log = FaultLog("rules.yaml")
    node = read_nodes(text.encode(), log)
    assert node is not None
    facts = {name: Fact(name, body) for name, body in table.facts.items()}
    found = read_condition(node, Scope(log, questionnaire.by_id, facts=facts, settings=table.settings))
    assert not log.faults
    return found


def cases(*examples: tuple[str, Condition]) -> Iterable[object]:
    return [pytest.param(text, wanted, id=text) for text, wanted in examples]


@pytest.mark.parametrize(
    ("text", "wanted"),
    cases(
        ("{pressure: light}", LIGHT),
        ("{pressure: [medium, light, medium]}", Is("pressure", ("light", "medium"))),
        ("{pressure: gentle}", Is("pressure", ("light", "medium"))),
        ("{pain_sites: neck}", Is("pain_sites", ("neck",))),
        ("{pain_sites: shoulder}", Is("pain_sites", SHOULDERS)),
        ("{pain_sites: [none, upper]}", Is("pain_sites", ("neck", *SHOULDERS, "none"))),
        ("{blood_thinner: no}", Is("blood_thinner", ("no",))),
        ("{blood_thinner: [declined, unsure]}", Is("blood_thinner", ("unsure", "declined"))),
        ("{pain_sites: {all_of: [neck, shoulder]}}", AllOf((Is("pain_sites", ("neck",)), Is("pain_sites", SHOULDERS)))),
        ("{pressure: {none_of: [light, medium]}}", Not(Is("pressure", ("light", "medium")))),
        ("{pain_sites: {count_at_least: 2}}", CountAtLeast("pain_sites", 2)),
        ("{notes: {answered: true}}", Answered("notes")),
        ("{notes: {answered: false}}", Not(Answered("notes"))),
    ),
)
def test_a_question_with_its_answer(text: str, wanted: Condition, minimal_pair: Pair) -> None:
    assert condition(text, minimal_pair) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    cases(
        ("{age: 44}", InRange("age", 44, 44)),
        ("{age: [44, 50]}", AnyOf((InRange("age", 44, 44), InRange("age", 50, 50)))),
        ("{age: {at_least: 18}}", ADULT),
        ("{age: {at_most: 49}}", InRange("age", None, 49)),
        ("{age: {between: [18, 64]}}", InRange("age", 18, 64)),
        ("{age: {at_least: 18, at_most: 64}}", InRange("age", 18, 64)),
        ("{age: {at_most: 64, at_least: 18}}", InRange("age", 18, 64)),
        ("{age: unsure}", Is("age", ("unsure",))),
        ("{pain_weeks: {at_least: chronic_after_weeks}}", InRange("pain_weeks", 12, None)),
        ("{pain_weeks: {between: [0, chronic_after_weeks]}}", InRange("pain_weeks", 0, 12)),
    ),
)
def test_a_number_with_its_bounds(text: str, wanted: Condition, minimal_pair: Pair) -> None:
    assert condition(text, minimal_pair) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    cases(
        ("{pressure: light, age: {at_least: 18}}", AllOf((LIGHT, ADULT))),
        ("[{pressure: light}, {age: {at_least: 18}}]", AnyOf((LIGHT, ADULT))),
        ("{all: [{pressure: light}, {pressure: medium}]}", AllOf((LIGHT, MEDIUM))),
        ("{any: [{pressure: light}, {pressure: medium}]}", AnyOf((LIGHT, MEDIUM))),
        ("{not: {pressure: light}}", Not(LIGHT)),
        ("{not: [{pressure: light}, {pressure: medium}]}", Not(AnyOf((LIGHT, MEDIUM)))),
        ("{at_least: {count: 1, of: [{pressure: light}, {age: {at_least: 18}}]}}", AtLeastOf(1, (LIGHT, ADULT))),
        ("always", ALWAYS),
        ("long_lasting", Fact("long_lasting", InRange("pain_weeks", 12, None))),
        ("{fact: long_lasting}", Fact("long_lasting", InRange("pain_weeks", 12, None))),
        ("{setting: ask_a_doctor_first}", ALWAYS),
        ("{not: {setting: ask_a_doctor_first}}", Not(ALWAYS)),
    ),
)
def test_conditions_are_combined(text: str, wanted: Condition, minimal_pair: Pair) -> None:
    assert condition(text, minimal_pair) == wanted


def test_a_setting_that_is_off_is_never_true(minimal_pair: Pair) -> None:
    questionnaire, _ = minimal_pair
    log = FaultLog("rules.yaml")
    node = read_nodes(b"{setting: wait}", log)
    assert node is not None
    assert read_condition(node, Scope(log, questionnaire.by_id, facts={}, settings={"wait": False})) == NEVER
    assert not log.faults


@pytest.mark.parametrize(
    ("text", "wanted"),
    cases(
        ("{blood_thinner: yes}", Is("blood_thinner", ("yes", "unsure"))),
        ("{blood_thinner: {none_of: [yes]}}", Not(Is("blood_thinner", ("yes", "unsure")))),
    ),
)
def test_not_sure_counts_as_the_option_that_its_question_names(
    text: str, wanted: Condition, minimal_pair: Pair
) -> None:
    assert condition(text, minimal_pair) == wanted
