"""The shipped files, as the solver sees them. `nmtchoose check` proves all properties of them in CI."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace

from nmtchoose.engine.evaluate import view
from nmtchoose.model.answers import Answer, Answers, chosen
from nmtchoose.model.condition import AllOf, Condition, InRange, Is, Not
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import NONE, Kind, Question, Questionnaire
from nmtchoose.model.rules import Stage
from nmtchoose.model.tables import Tables
from nmtchoose.proof import more_risk
from nmtchoose.proof.encoded import confirmed, encode
from nmtchoose.proof.more_risk import Step, steps_of, without_direction
from nmtchoose.proof.prove import broken_guarantees, therapies_in_emergencies, unclear_results
from nmtchoose.proof.results import Counterexample
from tests.amounts import few_or_many
from tests.engine.small import rule
from tests.proof.proving import wires_of
from tests.shipped import shipped_pair

QUESTIONNAIRE, TABLE = shipped_pair()


def some_answer(asked: Question, choose: random.Random, often: float) -> Answer:
    specials = [name for name in asked.specials if name != NONE]
    if specials and choose.random() < 0.05:
        name = choose.choice(specials)
        return (name,) if asked.kind is Kind.MANY else name
    if asked.kind is Kind.NUMBER:
        return choose.randint(asked.minimum or 0, min(asked.maximum or 0, 130))
    if asked.kind is Kind.TEXT:
        return "a few words"
    if asked.kind is Kind.ONE:
        return choose.choice(asked.options).id
    ticked = tuple(option.id for option in asked.options if choose.random() < often)
    return ticked or ((NONE,) if NONE in asked.specials else (asked.options[0].id,))


def some_answers(questionnaire: Questionnaire, choose: random.Random) -> Answers:
    often, left_out = choose.choice((0.02, 0.1, 0.3)), choose.choice((0, 0.05, 0.3))
    return {one.id: some_answer(one, choose, often) for one in questionnaire.questions if choose.random() >= left_out}


@few_or_many(30, 150)
def test_solver_and_engine_agree_on_random_interviews(times: int) -> None:
    encoded = encode(Tables(QUESTIONNAIRE, TABLE))
    choose = random.Random(20261122)
    for _ in range(times):
        kept = view(QUESTIONNAIRE, some_answers(QUESTIONNAIRE, choose)).answers
        found = encoded.solver.find(*wires_of(encoded.sheet, kept))
        assert found is not None
        confirmed(encoded.result, found, kept)


def test_no_answers_break_what_must_hold_for_every_single_client() -> None:
    encoded = encode(Tables(QUESTIONNAIRE, TABLE))
    for search in (therapies_in_emergencies, unclear_results, broken_guarantees):
        assert list(search(encoded, lambda: None)) == []


def test_every_safety_question_with_a_single_choice_says_which_answer_reassures() -> None:
    assert without_direction(QUESTIONNAIRE, TABLE) == ()
    assert len(list(steps_of(QUESTIONNAIRE, TABLE))) > 400


def has(question: str, *options: str) -> Condition:
    return Is(question, options)


@pytest.mark.parametrize(
    ("step", "needs"),
    [
        pytest.param(Step("heart_blood", "varicose"), has("heart_blood", "clot"), id="an option of a list"),
        pytest.param(Step("medicines", "statin"), has("medicines", "patch"), id="a medicine"),
        pytest.param(Step("head_signs.fainted", "yes"), has("head_signs.fainted", "no", "unsure"), id="a line"),
        pytest.param(Step("head_signs.fainted", "unsure"), has("head_signs.fainted", "no", "yes"), id="not sure"),
        pytest.param(
            Step("back_stiffness", "family"),
            AllOf((InRange("age", 40, 44), has("back_stiffness", "tendon"))),
            id="beside a number",
        ),
    ],
)
def test_a_rule_that_a_step_switches_off_is_found(
    monkeypatch: pytest.MonkeyPatch, step: Step, needs: Condition
) -> None:
    when = AllOf((needs, Not(has(step.question, step.option))))
    planted = rule("planted", Stage.EMERGENCY, when, disposition=Disposition.CALL_EMERGENCY)
    tables = Tables(QUESTIONNAIRE, replace(TABLE, rules=(*TABLE.rules, planted)))
    of_one = [one for one in steps_of(QUESTIONNAIRE, TABLE) if one.question == step.question]
    monkeypatch.setattr(more_risk, "steps_of", lambda *_: of_one)
    (example,) = more_risk.milder_steps(encode(tables), lambda: None)
    assert isinstance(example, Counterexample)
    assert example.after is not None
    assert example.after[step.question] == step.option or step.option in chosen(example.after[step.question])
    assert "call_emergency ->" in example.problem
