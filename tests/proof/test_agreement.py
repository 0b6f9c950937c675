"""The solver and the engine say the same about every set of answers."""

from __future__ import annotations

import random

import pytest
from hypothesis import strategies as st

from nmtchoose.engine.evaluate import view
from nmtchoose.model.answers import Answers
from nmtchoose.model.condition import InRange, Is
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Kind, Questionnaire
from nmtchoose.model.rules import RuleTable, Stage
from nmtchoose.model.tables import Tables
from nmtchoose.proof.encoded import Encoded, ProofError, answers_on, confirmed, encode, near
from tests.amounts import few_or_many, on_random_draws
from tests.engine.small import AGE, CLOT, SIGNS, THINNER, question, sign
from tests.proof.proving import wires_of
from tests.proof.random_tables import NUMBERS, questionnaires, tables
from tests.proof.tables import QUESTIONNAIRE, SOUND, all_answers, asking, over, possible_answers, rule, with_rules

AGES = (0, 15, 16, 20, 21, 49, 50, 89, 90, 120)


def compare(encoded: Encoded, answers: Answers) -> None:
    """Fix `answers` on the sheet, and compare all that the solver derives with the engine's result."""
    found = encoded.solver.find(*wires_of(encoded.sheet, answers))
    assert found is not None, "the solver takes these answers for impossible"
    kept = view(encoded.questionnaire, answers).answers
    assert answers_on(encoded.sheet, found, near(kept)).keys() == kept.keys()
    confirmed(encoded.result, found, kept)


@few_or_many(200, 1_500)
def test_they_agree_on_random_answers(times: int) -> None:
    encoded = encode(Tables(QUESTIONNAIRE, SOUND))
    choose = random.Random(20261122)
    for _ in range(times):
        answers = {
            one.id: choose.choice(list(possible_answers(one, AGES)))
            for one in QUESTIONNAIRE.questions
            if choose.random() < 0.85
        }
        compare(encoded, answers)


@few_or_many(4, 40)
def test_they_agree_on_all_answers_to_random_small_tables(times: int) -> None:
    def check(data: st.DataObject) -> None:
        questionnaire: Questionnaire = data.draw(questionnaires())
        table: RuleTable = data.draw(tables(questionnaire))
        encoded = encode(Tables(questionnaire, table))
        for answers in all_answers(questionnaire, NUMBERS):
            compare(encoded, answers)

    on_random_draws(times, check)


def test_they_agree_on_what_can_still_show_an_emergency() -> None:
    lump = question("lump", Kind.ONE, "yes", "no", specials=())
    worse = question("worse", Kind.ONE, "yes", "no", ask_when=Is("blood_thinner", ("yes",)))
    worst = question("worst", Kind.ONE, "yes", "no", ask_when=Is("worse", ("yes",)), specials=())
    questionnaire = asking(lump, SIGNS, THINNER, worse, worst)
    table = over(
        questionnaire,
        rule("lump", Stage.MEDICAL, Is("lump", ("yes",)), disposition=Disposition.MEDICAL_URGENT),
        rule("chest", Stage.EMERGENCY, sign("chest"), disposition=Disposition.CALL_EMERGENCY),
        rule("worst", Stage.EMERGENCY, Is("worst", ("yes",)), disposition=Disposition.EMERGENCY_TODAY),
    )
    encoded = encode(Tables(questionnaire, table))
    for answers in all_answers(questionnaire, ()):
        compare(encoded, answers)


def test_the_solver_knows_exactly_the_answers_that_can_count() -> None:
    questionnaire = asking(THINNER, CLOT, AGE)
    encoded = encode(Tables(questionnaire, over(questionnaire, rule("older", Stage.FIT, InRange("age", 50, None)))))
    counting = {frozenset(view(questionnaire, one).answers.items()) for one in all_answers(questionnaire, (0, 50))}
    found, others = encoded.solver.find(), []
    known = set()
    while found is not None:
        answers = answers_on(encoded.sheet, found)
        known.add(frozenset(answers.items()))
        others.append(-encoded.circuit.all_of(wires_of(encoded.sheet, answers)))
        found = encoded.solver.find(*others)
    assert known == counting
    assert len(others) == len(counting)


def test_a_disagreement_is_an_internal_error_that_names_no_answer() -> None:
    encoded = encode(Tables(QUESTIONNAIRE, SOUND))
    found = encoded.solver.find(encoded.result.outcome.fired["thinner"])
    assert found is not None
    answers = {**answers_on(encoded.sheet, found), "blood_thinner": "no"}
    with pytest.raises(ProofError, match="fired thinner") as error:
        confirmed(encoded.result, found, answers)
    assert "'no'" not in str(error.value)


def test_a_rule_over_an_option_that_is_not_offered_cannot_fire() -> None:
    young_temple = rule("young-temple", Stage.MEDICAL, Is("later_life", ("temple",)))
    encoded = encode(Tables(QUESTIONNAIRE, with_rules(young_temple)))
    age = encoded.sheet.asked["age"].answer
    fired = encoded.result.outcome.fired["young-temple"]
    assert encoded.solver.find(fired, age.real, -age.number_at_least(50)) is None
    assert encoded.solver.find(fired, age.real, age.number_at_least(50)) is not None
