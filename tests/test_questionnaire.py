"""How the built-in questions are made: short lines, and nothing ticked that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from nmtchoose.engine.assess import assess
from nmtchoose.engine.evaluate import offered_options, view
from nmtchoose.files.answers_file import read_answers
from nmtchoose.model.answers import Answers
from nmtchoose.model.condition import questions_of
from nmtchoose.model.questionnaire import Option, Question
from nmtchoose.model.rules import Stage
from tests.shipped import ROOT, shipped_pair

QUESTIONS, RULES = shipped_pair()
WELL = read_answers(str(ROOT / "examples" / "swedish.json"), QUESTIONS)
MOST_WORDS = 8
LISTS = ("heart_blood", "bones_nerves", "other_health")
SIGNS_READ = sorted(
    {one for rule in RULES.rules if rule.stage in (Stage.EMERGENCY, Stage.MEDICAL) for one in questions_of(rule.when)}
)
SAFETY = (Stage.EMERGENCY, Stage.MEDICAL, Stage.DEFER, Stage.CONTRAINDICATION)


def lines() -> Iterator[Question]:
    """The lines that everybody answers, whatever they came for."""
    for question in QUESTIONS.questions:
        if question.is_line and question.ask_when is None:
            yield question


def option_of(area: str) -> Option:
    return next(option for option in QUESTIONS["trouble_area"].options if option.id == area)


def leads_to(question: str) -> set[str]:
    """Return `question` and all that are read to decide whether it is asked."""
    found, waiting = set[str](), [question]
    while waiting:
        one = waiting.pop()
        when = QUESTIONS[one].ask_when
        if one not in found and when is not None:
            waiting += questions_of(when)
        found.add(one)
    return found


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


def test_there_are_lines_for_everybody_on_eight_screens_of_at_most_six() -> None:
    screens = [line.id.partition(".")[0] for line in lines()]
    assert len(set(screens)) == 8
    assert max(screens.count(one) for one in screens) <= 6


@pytest.mark.parametrize("listed", LISTS)
def test_every_option_of_a_list_has_a_line_that_everybody_reads(listed: str) -> None:
    """The `was` of a line says for which options it stands; these, and no others, are on the list that it opens."""
    opening = [line for line in lines() if listed in asked({**WELL, line.id: "yes"})]
    assert {option.id for option in QUESTIONS[listed].options} == {one for line in opening for one in line.was[listed]}


@pytest.mark.parametrize("answer", ["yes", "unsure"])
@pytest.mark.parametrize("line", [line.id for line in lines() if line.id.startswith("health.")])
def test_a_line_opens_its_list_unless_it_is_a_no(line: str, answer: str) -> None:
    opened = asked({**WELL, line: answer}) - asked(WELL)
    assert opened & set(LISTS)
    assert not asked(WELL) & set(LISTS)


def test_a_blood_thinner_is_found_by_somebody_without_heart_trouble() -> None:
    answers = {**WELL, "health.heart": "no", "health.vessels": "no", "today.medicine": "yes"}
    assert "heart_blood" not in asked(answers)
    assert "medicines" in asked(answers)
    thinner = {**answers, "medicines": ("blood_thinner",), "medicine_today": ("none",), "thinner_signs.test_high": "no"}
    assert safety_rules(thinner) - safety_rules(WELL) == {"blood-thinner"}


@pytest.mark.parametrize("question", SIGNS_READ)
def test_every_sign_that_a_rule_for_a_doctor_reads_can_be_told_by_everybody(question: str) -> None:
    """Each question that such a rule reads is asked of everybody, or because of answers to one that is."""
    assert leads_to(question) & {one.id for one in QUESTIONS.questions if one.ask_when is None}


@pytest.mark.parametrize("area", [option.id for option in QUESTIONS["trouble_area"].options])
def test_an_area_shows_its_places(area: str) -> None:
    shown = offered_options(QUESTIONS["pain_sites"], view(QUESTIONS, {"trouble_area": (area,)}))
    assert {one.id for one in shown} == set(option_of(area).was["pain_sites"])


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
