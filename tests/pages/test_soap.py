from __future__ import annotations

from dataclasses import replace

import pytest

from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import NONE, UNSURE
from nmtchoose.pages.soap import subjective
from tests.formats.intakes import EXAMPLES, PRACTICE, SMALL, example
from tests.pages.clinic import PROCEED


def told(**answers: Answer) -> tuple[str, ...]:
    return subjective(replace(example("nmt"), answers=answers, assessment=PROCEED), SMALL.tables)


def test_what_the_client_reports_is_told_in_shorthand() -> None:
    assert told(age=44, pain_sites=("neck",), pain_weeks=6) == ("44 y; Neck; 6 wk.", "Red flags: none named.")


def test_how_bad_the_pain_is_stands_there_in_numbers() -> None:
    answers: dict[str, Answer] = {"pain_sites": ("neck",), "pain_now": 3, "pain_worst": 5, "pain_limits": 4}
    first, *_ = subjective(replace(example("nmt"), answers=answers), PRACTICE.tables)
    assert first == "Neck; NRS 3 now; NRS 5 worst; limits 4/10."


def test_a_no_and_none_of_these_are_told_apart_from_what_is_open() -> None:
    assert told(right_now=(NONE,), blood_thinner="no", age=UNSURE) == (
        "Red flags: none named.",
        "Denies: right now; blood thinner.",
        "Left open: age (not sure).",
    )


def test_a_sign_for_a_doctor_is_named() -> None:
    doctor = example("doctor-first")
    assert not any("none named" in text for text in subjective(doctor, PRACTICE.tables))


def test_a_question_without_an_answer_is_not_mentioned() -> None:
    assert told() == ("Red flags: none named.",)


def test_free_text_is_told_in_the_words_of_the_client() -> None:
    assert told(notes="It began on a Monday.")[0] == '"It began on a Monday.".'


@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_is_concluded(name: str) -> None:
    note = " ".join(subjective(example(name), PRACTICE.tables))
    assert note
    assert not [therapy.name for therapy in PRACTICE.tables.rules.therapies if therapy.name in note]
