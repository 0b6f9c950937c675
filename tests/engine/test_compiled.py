"""The compiled form says what the walker says, for every set of answers."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from nmtchoose.engine.assess import assess
from nmtchoose.engine.compiled import CompiledPair, compile_pair
from nmtchoose.engine.offering import offering
from nmtchoose.loading.load import load_pair
from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.condition import (
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
from nmtchoose.records.answers_file import read_answers
from tests.engine.any_answers import any_answers
from tests.engine.small import HEALTHY, QUESTIONNAIRE, TABLE

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.json"))

a_few_hundred = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


@cache
def _shipped() -> tuple[Questionnaire, RuleTable, CompiledPair]:
    pair = load_pair(ROOT / "questions.yaml", ROOT / "rules.yaml")
    return *pair, compile_pair(*pair)


@cache
def _small(offered: tuple[str, ...]) -> tuple[RuleTable, CompiledPair]:
    table = offering(TABLE, offered)
    return table, compile_pair(QUESTIONNAIRE, table)


def decides_the_same(compiled: CompiledPair, answers: Answers, expected: Assessment) -> bool:
    decided = compiled.decide(answers)
    return (
        decided.complete == expected.complete
        and decided.disposition == expected.disposition
        and decided.recommendation == expected.recommendation
        and decided.pressure_limit == expected.pressure_limit
        and decided.pressure_limits == tuple(one.pressure_limit for one in expected.therapies)
        and decided.site_limits == tuple((one.site, one.pressure_limit) for one in expected.site_notes)
    )


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_client_gets_the_same_assessment(path: Path) -> None:
    questionnaire, table, compiled = _shipped()
    answers = read_answers(str(path), questionnaire)
    assert compiled.assess(answers) == assess(questionnaire, table, answers)


@a_few_hundred
@given(st.data())
def test_any_client_of_the_shipped_pair_gets_the_same_assessment(data: st.DataObject) -> None:
    questionnaire, table, compiled = _shipped()
    answers = data.draw(any_answers(questionnaire))
    expected = assess(questionnaire, table, answers)
    assert compiled.assess(answers) == expected
    assert decides_the_same(compiled, answers, expected)


@a_few_hundred
@given(any_answers(QUESTIONNAIRE), st.sampled_from([(), ("swedish",), ("nmt", "prenatal"), ("deep_tissue", "warm")]))
def test_any_client_of_a_practice_that_offers_less_gets_the_same_assessment(
    answers: Answers, offered: tuple[str, ...]
) -> None:
    table, compiled = _small(offered)
    expected = assess(QUESTIONNAIRE, table, answers)
    assert compiled.assess(answers) == expected
    assert decides_the_same(compiled, answers, expected)


def test_what_made_a_rule_fire_is_told_as_the_walker_tells_it() -> None:
    _, compiled = _small(())
    (point,) = (one for one in compiled.assess({**HEALTHY, "pain_sites": ("neck",)}).trace if one.rule == "point")
    assert point.because == {"pain_sites": ("neck",)}


def _any_condition() -> st.SearchStrategy[Condition]:
    """Conditions on the small questionnaire, the odd ones included."""
    asked = [one for one in QUESTIONNAIRE.questions if one.options]
    leaf: st.SearchStrategy[Condition] = st.one_of(
        st.sampled_from(asked).flatmap(
            lambda one: st.lists(
                st.sampled_from([option.id for option in one.options] + list(one.specials)), min_size=1, max_size=3
            ).map(lambda options: Is(one.id, tuple(options)))
        ),
        st.sampled_from([InRange("age", 50, None), InRange("age", 20, 60), Answered("notes"), Answered("clot")]),
        st.builds(CountAtLeast, st.sampled_from(["signs", "pain_sites"]), st.integers(1, 2)),
    )
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map(lambda parts: AllOf(tuple(parts))),
            st.lists(inner, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
            st.builds(AtLeastOf, st.integers(0, 2), st.lists(inner, min_size=1, max_size=3).map(tuple)),
            inner.map(Not),
            inner.map(lambda body: Fact("named", body)),
        ),
        max_leaves=8,
    )


@a_few_hundred
@given(
    st.lists(_any_condition(), min_size=len(TABLE.rules), max_size=len(TABLE.rules)),
    st.lists(any_answers(QUESTIONNAIRE), min_size=5, max_size=5),
)
def test_any_conditions_of_rules_mean_the_same(conditions: list[Condition], clients: list[Answers]) -> None:
    rules = tuple(replace(rule, when=when) for rule, when in zip(TABLE.rules, conditions, strict=True))
    table = replace(TABLE, rules=rules)
    compiled = compile_pair(QUESTIONNAIRE, table)
    for answers in clients:
        expected = assess(QUESTIONNAIRE, table, answers)
        assert compiled.assess(answers) == expected
        assert decides_the_same(compiled, answers, expected)


def test_an_open_rule_names_the_question_that_would_decide_it() -> None:
    _, compiled = _small(())
    answers = {one: answer for one, answer in HEALTHY.items() if one != "blood_thinner"}
    asked = {one.rule: one.questions for one in compiled.assess(answers).undecided}
    assert asked == {"thinner": ("blood_thinner",), "clot": ("blood_thinner",)}


def test_after_an_urgent_sign_only_what_could_still_show_an_emergency_is_missing() -> None:
    _, compiled = _small(())
    answers: Answers = {"signs": ("unsure",), "signs.face": "no", "age": 70, "later_life": ("temple",)}
    assert compiled.assess(answers).missing == ("signs.chest",)
    assert not compiled.decide(answers).complete


def test_no_word_of_the_two_files_is_in_the_generated_source() -> None:
    """Not even an id: the source is made of numbers and of names made here."""
    questionnaire, table, compiled = _shipped()
    source = compiled.source(explained=True)
    words = {question.id for question in questionnaire.questions} | {rule.id for rule in table.rules}
    assert '"' not in source
    assert "'" not in source
    assert [word for word in words if len(word) > 5 and word in source] == []
