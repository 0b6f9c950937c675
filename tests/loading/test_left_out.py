"""A question with `asked: false`: read for faults, and asked only where a practice wants it."""

from __future__ import annotations

from functools import cache

import pytest

from nmtchoose.engine.assess import assess
from nmtchoose.files.answers_file import read_answers
from nmtchoose.loading.load import load_pair
from nmtchoose.model.tables import Tables
from nmtchoose.pages.intake import Intake
from nmtchoose.pages.therapist import therapist_page
from tests.loading.examples import QUESTIONS, brief, changed, faults_of
from tests.pages.reading import whole
from tests.shipped import ROOT, shipped_pair

LEFT_OUT = ("at_ease", "may_be_worked_on")


@cache
def switched_on() -> Tables:
    text = (ROOT / "questions.yaml").read_text(encoding="utf-8").replace("asked: false", "asked: true")
    return Tables(*load_pair(text.encode(), ROOT / "rules.yaml"))


@pytest.mark.parametrize("question", LEFT_OUT)
def test_it_is_not_there_until_a_practice_wants_it(question: str) -> None:
    assert question not in shipped_pair()[0].by_id
    assert question in switched_on().questionnaire.by_id


@pytest.mark.parametrize("question", LEFT_OUT)
def test_it_comes_after_everything_that_is_about_safety(question: str) -> None:
    ids = [one.id for one in switched_on().questionnaire.questions]
    safety = [one.id for one in switched_on().questionnaire.questions if one.purpose.is_safety]
    assert ids.index(question) > max(ids.index(one) for one in safety)


def test_its_faults_are_named_while_it_is_left_out() -> None:
    broken = changed(QUESTIONS, "  age:\n    section: now\n", "  age:\n    asked: false\n    section: nowhere\n")
    assert any("N009" in fault for fault in brief(faults_of(broken)))


def test_the_therapist_reads_what_was_said_to_it() -> None:
    tables = switched_on()
    well = read_answers(str(ROOT / "examples" / "swedish.json"), tables.questionnaire)
    answers = {**well, "at_ease": ("woman", "oil")}
    page = therapist_page(Intake(answers, assess(tables.questionnaire, tables.rules, answers)), tables)
    assert "A woman as therapist; Oil" in whole(page)
