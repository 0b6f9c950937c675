from __future__ import annotations

import pytest

from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import NONE, UNSURE
from nmtchoose.pages.soap import subjective
from tests.formats.intakes import EXAMPLES, PRACTICE, SMALL, example


def told(**answers: Answer) -> tuple[str, ...]:
    return subjective(answers, SMALL.tables)


def test_what_the_client_reports_comes_first() -> None:
    assert told(age=44, pain_sites=("neck",), pain_weeks=6) == ("Client, 44 years. Pain at: Neck; for 6 weeks.",)


def test_how_bad_the_pain_is_and_how_much_it_holds_back_go_into_one_sentence() -> None:
    answers: dict[str, Answer] = {"pain_sites": ("neck",), "pain_now": 3, "pain_worst": 5, "pain_limits": 4}
    assert subjective(answers, PRACTICE.tables) == (
        "Pain at: Neck; 3 of 10 now; 5 of 10 at its worst; holds back 4 of 10.",
    )


def test_a_no_and_none_of_these_are_told_apart_from_what_is_open() -> None:
    assert told(right_now=(NONE,), blood_thinner="no", age=UNSURE) == (
        "Answered with no, or none of these: Is any of this happening to the client now?"
        " Does the client take a blood thinner?",
        "Left open: How old is the client? (Not sure)",
    )


def test_a_question_without_an_answer_is_not_mentioned() -> None:
    assert told() == ()


def test_free_text_is_told_in_the_words_of_the_client() -> None:
    assert told(notes="It began on a Monday.") == ("Anything else from the client? It began on a Monday.",)


@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_is_concluded(name: str) -> None:
    note = " ".join(subjective(example(name).answers, PRACTICE.tables))
    assert note
    assert not [therapy.name for therapy in PRACTICE.tables.rules.therapies if therapy.name in note]
