"""How the built-in questions are made: short lines, and nothing ticked that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from nmtchoose.engine.assess import assess
from nmtchoose.engine.evaluate import view
from nmtchoose.files.answers_file import read_answers
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Question
from nmtchoose.model.rules import Stage
from tests.shipped import ROOT, shipped_pair

QUESTIONS, RULES = shipped_pair()
WELL = read_answers(str(ROOT / "examples" / "swedish.json"), QUESTIONS)
MOST_WORDS = 8
SAFETY = (Stage.EMERGENCY, Stage.MEDICAL, Stage.DEFER, Stage.CONTRAINDICATION)


def lines() -> Iterator[Question]:
    """The lines that everybody answers, whatever they came for."""
    for question in QUESTIONS.questions:
        if question.is_line and question.ask_when is None:
            yield question


def asked(answers: Answers) -> set[str]:
    return {one for one, applies in view(QUESTIONS, answers).applies.items() if applies is True}


@cache
def asked_after(line: str) -> set[str]:
    """What is asked of somebody who is well but for one line."""
    return asked({**WELL, line: "yes"})


def safety_rules(answers: Answers) -> set[str]:
    stages = {rule.id: rule.stage for rule in RULES.rules}
    return {one.rule for one in assess(QUESTIONS, RULES, answers).trace if stages[one.rule] in SAFETY}


def test_no_label_is_longer_than_eight_words() -> None:
    labels = [option.label for question in QUESTIONS.questions for option in question.options]
    assert [label for label in labels if len(label.split()) > MOST_WORDS] == []


def test_there_are_lines_for_everybody_on_six_screens_of_at_most_six() -> None:
    screens = [line.id.partition(".")[0] for line in lines()]
    assert len(set(screens)) == 6
    assert max(screens.count(one) for one in screens) <= 6


@pytest.mark.parametrize("line", [line.id for line in lines()])
def test_a_line_that_is_ticked_leads_to_a_question_or_a_rule(line: str) -> None:
    ticked = {**WELL, line: "yes"}
    assert (asked_after(line) - asked(WELL)) | (safety_rules(ticked) - safety_rules(WELL))


@pytest.mark.parametrize("follow_up", [one.id for one in QUESTIONS.follow_ups])
def test_a_sign_that_is_not_followed_up_sends_to_a_doctor(follow_up: str) -> None:
    """An interview always asks; a file, a table or a form may leave it out, and no answer never means "no"."""
    for line in lines():
        if follow_up in asked_after(line.id):
            assert assess(QUESTIONS, RULES, {**WELL, line.id: "yes"}).disposition.forbids_therapy
