"""On the telephone: nothing is handed over, private questions are asked by voice, some wait for the visit."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from nmtchoose.desk.conduct import conduct, sheet_for
from nmtchoose.desk.intake import noted
from nmtchoose.desk.interview import begun, result_of
from nmtchoose.desk.prompter import Screen, Voice
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Voices
from nmtchoose.model.tables import Tables
from nmtchoose.pages.intake import Intake
from nmtchoose.pages.staff import staff_page
from nmtchoose.prompts.wording import notes
from tests.cli.clients import as_given, example
from tests.desk.test_conduct import CALM
from tests.prompts.clinic import PREGNANT, TABLES, screen
from tests.prompts.script import ScriptedPrompter
from tests.shipped import shipped_pair

SHIPPED = Tables(*shipped_pair())
QUESTIONS = SHIPPED.questionnaire
STAFFED = [question for question in QUESTIONS.questions if any(option.staff for option in question.options)]
GROWING: Answers = {"age": 16, **dict.fromkeys(QUESTIONS.lines["young_signs"], "no")}
"""Somebody of 16 is also asked about limping and bones."""


def screens(name: str, voice: Voice) -> dict[str, Screen]:
    """Return what is shown to `voice` of the questions that an example client is asked."""
    prompter = ScriptedPrompter(as_given(example(name)))
    conduct(begun(SHIPPED, {}, voice), prompter)
    return {one.question.id: one for one in prompter.screens}


@pytest.mark.parametrize("name", ["nmt", "low-back", "swedish"])
def test_nobody_is_told_to_turn_a_screen(name: str) -> None:
    for shown in screens(name, Voice.PHONE).values():
        said = " ".join((shown.text, *notes(shown))).lower()
        assert "screen" not in said


def test_private_questions_are_put_to_the_client_who_need_not_answer() -> None:
    shown = replace(screen(PREGNANT), voice=Voice.PHONE)
    assert shown.text == PREGNANT.ask.client
    assert "You may say you would rather not." in " ".join(notes(shown))


def test_every_private_question_may_be_declined() -> None:
    assert [
        question.id for question in QUESTIONS.questions if question.private and "declined" not in question.specials
    ] == []


def test_other_questions_are_about_the_client() -> None:
    assert screens("nmt", Voice.PHONE)["age"].text == QUESTIONS["age"].ask.staff


def test_options_are_in_words_that_staff_read_out() -> None:
    shown = screens("low-back", Voice.PHONE)["pressure"]
    assert [option.label for option in shown.options][-1] == "Not known yet"
    assert shown.question.label("no_preference") == "Not known yet"


@pytest.mark.parametrize("voice", [Voice.STAFF, Voice.PHONE])
def test_the_review_says_them_in_the_same_words(voice: Voice) -> None:
    answers = {**as_given(example("nmt")), "pressure": "no_preference"}
    told = {one.question_id: one.answer for one in sheet_for(begun(SHIPPED, answers, voice)).told}
    assert told["pressure"] == "Not known yet"


@pytest.mark.parametrize("question", STAFFED, ids=lambda one: one.id)
def test_no_words_for_staff_speak_as_the_client(question: object) -> None:
    for one in QUESTIONS.questions:
        labels = {option.staff or option.label for option in one.options} if one == question else set()
        assert not {word for label in labels for word in label.split() if word in ("I", "my", "My", "me")}


def test_what_cannot_be_asked_is_left_for_the_visit_and_named_at_the_desk() -> None:
    asking = screens("nmt", Voice.PHONE)
    young = {**as_given(example("nmt")), **GROWING}
    prompter = ScriptedPrompter(young)
    answers = conduct(begun(SHIPPED, {}, Voice.PHONE), prompter).answers
    assert "guardian" not in prompter.asked
    assert "guardian" not in asking
    result = result_of(SHIPPED, answers)
    assert result.assessment.missing == ("guardian",)
    assert QUESTIONS["guardian"].ask.staff in str(staff_page(Intake(result.answers, result.assessment), SHIPPED))


def test_in_person_it_is_asked() -> None:
    young = {**as_given(example("nmt")), **GROWING, "guardian": "yes"}
    prompter = ScriptedPrompter(young)
    conduct(begun(SHIPPED, {}, Voice.STAFF), prompter)
    assert "guardian" in prompter.asked


def test_back_leads_over_what_is_left_for_the_visit() -> None:
    asked_in_person = replace(TABLES.questionnaire.questions[1], at_visit=True, ask=Voices("Here?", "Here?"))
    first, _, *rest = TABLES.questionnaire.questions
    tables = Tables(replace(TABLES.questionnaire, questions=(first, asked_in_person, *rest)), TABLES.rules)
    script = {one: answer for one, answer in CALM.items() if one != "fever"}
    with ScriptedPrompter(script) as prompter:
        conduct(begun(tables, {}, Voice.PHONE), prompter)
    assert [shown.number for shown in prompter.screens] == list(range(1, len(script) + 1))


def test_every_flag_is_noted_in_words() -> None:
    assert all(len(noted(rule)) > len("Noted: ") for rule in SHIPPED.rules.rules if rule.stage.is_safety)
