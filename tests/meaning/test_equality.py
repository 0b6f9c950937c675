"""The circuit and the walker say the same about every client."""

from __future__ import annotations

import random
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nmtchoose.content.load import load_pair
from nmtchoose.engine.assess import assess
from nmtchoose.meaning import Meaning, Values, Verdict, meaning_of, verdict
from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables
from tests.engine.any_answers import any_answers, random_answers
from tests.engine.small import QUESTIONNAIRE, TABLE
from tests.proof.random_tables import NUMBERS, questionnaires, tables
from tests.proof.tables import all_answers

ROOT = Path(__file__).parents[2]
SMALL = meaning_of(Tables(QUESTIONNAIRE, TABLE))


def read(meaning: Meaning, answers: Answers) -> Verdict:
    true = {wire for question, wires in meaning.given.items() for wire in wires.true_with(answers.get(question))}
    return verdict(meaning.result, Values(meaning.circuit, true).holds)


def told(assessment: Assessment) -> Verdict:
    return Verdict(
        complete=assessment.complete,
        missing=assessment.missing,
        fired=tuple(one.rule for one in assessment.trace),
        disposition=assessment.disposition,
        recommendation=assessment.recommendation,
        pressure_limit=assessment.pressure_limit,
        undecided=tuple(one.rule for one in assessment.undecided),
        site_limits={note.site: note.pressure_limit for note in assessment.site_notes},
        statuses={one.id: one.status for one in assessment.therapies},
        pressure_limits={one.id: one.pressure_limit for one in assessment.therapies},
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_on_all_answers_to_random_small_tables(data: st.DataObject) -> None:
    questionnaire: Questionnaire = data.draw(questionnaires())
    table: RuleTable = data.draw(tables(questionnaire))
    meaning = meaning_of(Tables(questionnaire, table))
    for answers in all_answers(questionnaire, NUMBERS):
        assert read(meaning, answers) == told(assess(questionnaire, table, answers))


@settings(max_examples=100, deadline=None)
@given(any_answers(QUESTIONNAIRE))
def test_on_odd_answers_to_a_small_table(answers: Answers) -> None:
    assert read(SMALL, answers) == told(assess(QUESTIONNAIRE, TABLE, answers))


def test_on_random_clients_of_the_shipped_files() -> None:
    questionnaire, table = load_pair(ROOT / "questions.yaml", ROOT / "rules.yaml")
    meaning = meaning_of(Tables(questionnaire, table))
    choose = random.Random(20261126)
    for _ in range(200):
        answers = random_answers(questionnaire, choose)
        assert read(meaning, answers) == told(assess(questionnaire, table, answers))
