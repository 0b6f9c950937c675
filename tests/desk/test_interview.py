"""The interview as a value: what a web page does that keeps answers between two requests, and no prompter."""

from __future__ import annotations

from msgspec.structs import replace

from nmtchoose.desk.interview import answered, back, begun, changing, due
from nmtchoose.desk.prompter import Voice
from nmtchoose.model.answers import Answers
from tests.desk.test_conduct import CALM
from tests.prompts.clinic import TABLES

START = begun(TABLES, {}, Voice.CLIENT)
DONE = begun(TABLES, CALM, Voice.CLIENT)


def asked_at(answers: Answers) -> str:
    """Return the id of the question that is due for somebody who gave `answers`, or nothing."""
    screen = due(begun(TABLES, answers, Voice.CLIENT))
    return screen.question.id if screen else ""


def test_answers_alone_lead_through_the_interview() -> None:
    given: Answers = {}
    order = []
    while screen := due(begun(TABLES, given, Voice.CLIENT)):
        order.append(screen.question.id)
        given = answered(begun(TABLES, given, Voice.CLIENT), screen, CALM[screen.question.id])[0].answers
    assert given == CALM
    assert order == list(CALM)


def test_nothing_is_due_when_all_is_answered() -> None:
    assert due(DONE) is None


def test_nothing_is_due_after_an_emergency() -> None:
    assert asked_at({"signs": ("chest",)}) == ""


def test_back_shows_the_question_before_with_its_answer() -> None:
    interview = begun(TABLES, {"signs": ("none",)}, Voice.CLIENT)
    screen = due(interview)
    assert screen is not None
    shown = due(back(interview, screen))
    assert shown is not None
    assert (shown.question.id, shown.current) == ("signs", ("none",))


def test_an_answer_can_be_changed_when_all_are_given() -> None:
    interview = changing(DONE, "age")
    screen = due(interview)
    assert screen is not None
    changed, asked_again = answered(interview, screen, 45)
    assert changed.answers == {**CALM, "age": 45}
    assert asked_again == ()
    assert due(changed) is None


def test_an_answer_leaves_the_interview_before_it_as_it_was() -> None:
    screen = due(START)
    assert screen is not None
    answered(START, screen, ("none",))
    assert START.answers == {}


def test_an_answer_of_last_time_is_the_default_and_no_answer() -> None:
    interview = replace(begun(TABLES, {}, Voice.CLIENT), last_time={"signs": ("chest",)})
    screen = due(interview)
    assert screen is not None
    assert screen.current == ("chest",)
    assert interview.answers == {}
