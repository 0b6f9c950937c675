"""The reading grade, against words that anybody can count and against another program."""

from __future__ import annotations

import statistics

import pytest
import textstat

from nmtchoose.authoring.checks.wording import grade, syllables, word_count
from nmtchoose.loading.locate import built_in_folder
from tests.loading.examples import load_questionnaire


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("pain", 1), ("hurts", 1), ("place", 1), ("places", 2), ("asked", 1), ("started", 2), ("massage", 2),
        ("pressure", 2), ("shoulder", 2), ("table", 2), ("therapy", 3), ("emergency", 4), ("medication", 4),
    ],
)  # fmt: skip
def test_syllables_are_counted(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_text_without_words_has_no_grade() -> None:
    assert grade("140/90?") == 0


def test_plain_words_read_easily_and_learned_words_do_not() -> None:
    assert grade("Where does it hurt? You can mark more than one place.") < 4
    assert grade("Authorisation constitutes an indispensable precondition for therapeutic intervention.") > 16


def test_the_grade_of_the_built_in_questions_is_near_that_of_another_program() -> None:
    questions = load_questionnaire(built_in_folder() / "questions.yaml").questions
    texts = [text for one in questions for text in (one.ask.client, one.why) if word_count(text) >= 10]
    apart = [grade(text) - textstat.flesch_kincaid_grade(text) for text in texts]
    assert abs(statistics.mean(apart)) < 1
    assert statistics.mean(map(abs, apart)) < 1.5
