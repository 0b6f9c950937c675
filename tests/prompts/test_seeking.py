"""Typing words in a list: which rows are meant, the likeliest first. The lists are those of the shipped questions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmtchoose.prompts.rows import Role, Row
from nmtchoose.prompts.seeking import means_both, sought_rows
from tests.shipped import shipped_pair


@pytest.fixture(scope="module")
def questions() -> dict[str, list[Row]]:
    questionnaire, _ = shipped_pair()
    return {
        question.id: [
            *(Row(Role.OPTION, option.label, option.id, words=option.words) for option in question.options),
            *(Row(Role.SPECIAL, question.label(one), one) for one in question.specials),
        ]
        for question in questionnaire.questions
    }


PLACES = {
    "lower leg": "calf_left calf_right",
    "upper leg": "thigh_left thigh_right",
    "left knee": "knee_left",
    "knee left": "knee_left",
    "my left calf hurts": "calf_left",
    "both knees": "knee_left knee_right",
    "knees": "knee_left knee_right",
    "feet": "foot_left foot_right",
    "heel": "foot_left foot_right",
    "back of neck": "neck",
    "inner thigh": "thigh_left thigh_right",
    "left shoulder blade": "upper_back",
    "low back": "low_back",
    "lower back": "low_back",
    "lowback": "low_back",
    "rigth hip": "hip_right",
    "knne": "knee_left knee_right",
    "kneeknee": "knee_left knee_right",
    "all over": "widespread",
    "xyzzy": "",
    "side of chestabc": "",
    "...": "",
}


@pytest.mark.parametrize(("typed", "meant"), PLACES.items())
def test_words_find_the_places_that_are_meant(questions: dict[str, list[Row]], typed: str, meant: str) -> None:
    assert [row.value for row in sought_rows(questions["pain_sites"], typed)] == meant.split()


def test_a_slip_of_a_word_that_says_nothing_finds_nothing() -> None:
    assert sought_rows([Row(Role.OPTION, "Change: What do you hope for?", "goals")], "whathm") == ()


def test_a_word_typed_again_after_an_enter_is_no_slip_of_a_longer_one(questions: dict[str, list[Row]]) -> None:
    once, again = (sought_rows(questions["heart_blood"], typed) for typed in ("heart", "heartheart"))
    assert len(once) > 1
    assert again == once


@pytest.mark.parametrize("typed", ["shoulder", "shoulders", "sholder"])
def test_a_word_of_the_label_comes_before_a_synonym(questions: dict[str, list[Row]], typed: str) -> None:
    found = [row.value for row in sought_rows(questions["pain_sites"], typed)]
    assert found == ["shoulder_left", "shoulder_right", "upper_back"]


@pytest.mark.parametrize("typed", ["warfarin", "thinner", "blood thinner", "apixiban"])
def test_medicines_are_found_by_their_names(questions: dict[str, list[Row]], typed: str) -> None:
    assert next(row.value for row in sought_rows(questions["medicines"], typed)) == "blood_thinner"


def test_the_special_answers_are_found_by_their_words(questions: dict[str, list[Row]]) -> None:
    assert [row.value for row in sought_rows(questions["heart_blood"], "none of these")] == ["none"]


def test_both_asks_for_the_left_and_the_right_one() -> None:
    assert means_both("both knees")
    assert not means_both("bothersome knee")


@given(st.text(max_size=30))
def test_no_text_is_too_strange(typed: str) -> None:
    rows = [Row(Role.OPTION, "Knee, left", "knee_left"), Row(Role.HEADING, "Legs")]
    assert set(sought_rows(rows, typed)) <= {rows[0]}
