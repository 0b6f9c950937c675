"""What somebody typed is taken as they mean it, and comes back as they typed it."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from nmtchoose.desk.conduct import conduct, sheet_for
from nmtchoose.desk.interview import Interview, answered, begun, changing, due
from nmtchoose.desk.prompter import Turn, Typed, Voice, typed_answer
from nmtchoose.errors import AnswerError
from nmtchoose.model.questionnaire import Kind
from tests.desk.test_conduct import CALM
from tests.prompts.clinic import AGE, TABLES, WEEKS, screen
from tests.prompts.script import ScriptedPrompter
from tests.shipped import shipped_pair

QUESTIONS = shipped_pair()[0]
TODAY = date(2026, 11, 26)


def half_a_year() -> Interview:
    with ScriptedPrompter({**CALM, "weeks": "half a year"}) as prompter:
        return conduct(begun(TABLES, {}, Voice.CLIENT), prompter)


def told(interview: Interview) -> str:
    return next(one.answer for one in sheet_for(interview).told if one.question_id == "weeks")


def test_a_length_of_time_is_kept_in_weeks_and_as_it_was_typed() -> None:
    assert typed_answer(screen(WEEKS), "since March", TODAY) == Typed(38, "since March")


@pytest.mark.parametrize(("typed", "asked"), [("6", "6 weeks, 6 months"), ("2-3 weeks", "2 weeks or 3 weeks?")])
def test_where_it_is_open_it_is_asked_which(typed: str, asked: str) -> None:
    with pytest.raises(AnswerError, match=asked):
        typed_answer(screen(WEEKS), typed, TODAY)


@pytest.mark.parametrize(
    ("question", "typed", "number"),
    [
        ("age", "44 years", 44),
        ("age", "44 years old", 44),
        ("age", "44y", 44),
        ("pain_now", "7/10", 7),
        ("pain_now", "7 of 10", 7),
        ("pain_now", "7 out of 10", 7),
        ("pregnancy_weeks", "20 weeks", 20),
    ],
)
def test_a_number_may_be_typed_with_its_unit(question: str, typed: str, number: int) -> None:
    assert typed_answer(replace(screen(AGE), question=QUESTIONS[question]), typed) == number


@pytest.mark.parametrize("typed", ["44 weeks", "4 4", "44 of 10", "about 44"])
def test_a_number_with_another_unit_is_refused(typed: str) -> None:
    assert QUESTIONS["age"].kind is Kind.NUMBER
    with pytest.raises(AnswerError, match="A009"):
        typed_answer(screen(AGE), typed)


def test_the_review_says_it_as_it_was_typed() -> None:
    assert told(half_a_year()) == "half a year"


def test_going_back_offers_what_was_typed() -> None:
    again = due(changing(half_a_year(), "weeks"))
    assert again is not None
    assert (again.current, again.typed) == (26, "half a year")


def test_an_answer_that_is_left_as_it_is_keeps_its_words() -> None:
    interview = half_a_year()
    again = due(changing(interview, "weeks"))
    assert again is not None
    assert told(answered(interview, again, 26)[0]) == "half a year"
    assert told(answered(interview, again, 27)[0]) == "27 weeks (about 6 months)"


def test_weeks_from_a_file_are_offered_in_a_form_that_can_be_typed() -> None:
    again = due(changing(begun(TABLES, CALM, Voice.CLIENT), "weeks"))
    assert again is not None
    assert again.typed == "6 weeks"
    assert typed_answer(again, again.typed) == Typed(6, "6 weeks")


def test_back_keeps_what_was_typed_until_it_is_answered_anew() -> None:
    script = ScriptedPrompter({**CALM, "weeks": ["6 months", "7 months"], "pressure": [Turn.BACK, "firm"]})
    interview = conduct(begun(TABLES, {}, Voice.CLIENT), script)
    assert told(interview) == "7 months"
