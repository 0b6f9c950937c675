from __future__ import annotations

import pytest
from msgspec.structs import replace

from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.tables import Tables
from nmtchoose.pages.intake import Intake
from nmtchoose.pages.page import Card, Facts, Heading, Page, Tone, page_with_numbers
from nmtchoose.pages.staff import WITHHELD, staff_page
from tests.pages.clinic import (
    DOCTOR_FIRST,
    EMERGENCY,
    ENDINGS,
    NOT_ENOUGH,
    NOT_ENOUGH_ANSWERS,
    QUESTIONNAIRE,
    TABLE,
    TABLES,
    THERAPY_NAMES,
    US,
    WITH_CARE,
    WITH_CARE_ANSWERS,
    fired,
)
from tests.pages.reading import under, whole


def page_of(assessment: Assessment, answers: Answers) -> Page:
    return page_with_numbers(staff_page(Intake(answers, assessment), TABLES), US)


def card_of(ending: str) -> Card:
    (card,) = (block for block in page_of(*ENDINGS[ending]).blocks if isinstance(block, Card))
    return card


def test_one_glance_says_what_may_happen_what_to_do_and_where_to_send_the_client() -> None:
    card = card_of("with care")
    assert (card.title, card.tone) == ("Book, with changes", Tone.CARE)
    assert card.body == (
        Facts(
            (
                ("Do now", "Book, and print the notes."),
                ("Goes to", "A therapist who can work within the limits below."),
                ("Suggested", "Swedish massage"),
            )
        ),
    )


def test_in_an_emergency_the_number_comes_first() -> None:
    told = card_of("emergency").body[0]
    assert isinstance(told, Facts)
    assert told.pairs[0] == ("Call now", "911")


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_ending_says_what_to_do_and_where_to_send_the_client(ending: str) -> None:
    told = card_of(ending).body[0]
    assert isinstance(told, Facts)
    assert {"Do now", "Goes to"} <= {label for label, _ in told.pairs}


@pytest.mark.parametrize("ending", ["emergency", "emergency today", "doctor first"])
def test_where_help_comes_first_no_therapy_and_no_limit_is_named(ending: str) -> None:
    page = page_of(*ENDINGS[ending])
    assert [name for name in THERAPY_NAMES if name in whole(page)] == []
    assert Heading("Limits") not in page.blocks


def test_what_is_open_is_asked_next_in_the_words_of_staff() -> None:
    asked = under(page_of(NOT_ENOUGH, NOT_ENOUGH_ANSWERS), "Ask next")
    assert asked == "How old are the client?\nDo the client take any of these medicines?"


def test_flags_are_told_in_the_words_of_the_answers_the_most_serious_first() -> None:
    urgent = fired("calf-pain-with-steroids", pain_sites=("calf_left",), medicines=("steroids",))
    public = replace(QUESTIONNAIRE, questions=tuple(replace(one, private=False) for one in QUESTIONNAIRE.questions))
    both = replace(WITH_CARE, trace=(*WITH_CARE.trace, urgent))
    page = page_with_numbers(staff_page(Intake(WITH_CARE_ANSWERS, both), Tables(public, TABLE)), US)
    assert under(page, "Flags, and the answers behind them").splitlines() == [
        "Doctor first: Calf (left); Steroid tablets",
        "With care: A blood thinner",
    ]


def test_a_private_answer_is_withheld_from_the_desk() -> None:
    page = page_of(WITH_CARE, WITH_CARE_ANSWERS)
    assert under(page, "Flags, and the answers behind them").splitlines() == [f"With care: {WITHHELD}"]
    assert "blood thinner" not in whole(page).lower()


def test_an_open_private_question_is_asked_again_without_its_answer() -> None:
    page = page_of(*ENDINGS["on hold"])
    assert under(page, "Ask next") == "Do the client take any of these medicines?"


def test_in_an_emergency_the_desk_sees_what_whoever_helps_has_to_know() -> None:
    private = replace(QUESTIONNAIRE, questions=tuple(replace(one, private=True) for one in QUESTIONNAIRE.questions))
    page = page_with_numbers(
        staff_page(Intake({"right_now": ("chest_pressure",)}, EMERGENCY), Tables(private, TABLE)), US
    )
    assert "Chest pain, pressure or tightness" in under(page, "Flags, and the answers behind them")


def test_after_a_doctor_first_only_what_sends_there_is_a_flag() -> None:
    more = replace(DOCTOR_FIRST, trace=(*DOCTOR_FIRST.trace, *WITH_CARE.trace))
    flags = under(page_of(more, WITH_CARE_ANSWERS), "Flags, and the answers behind them")
    assert flags.splitlines() == [f"Doctor first: {WITHHELD}"]


def test_that_nothing_of_a_list_fits_raises_no_flag() -> None:
    page = page_of(replace(WITH_CARE, trace=(fired("blood-thinner", medicines=("none",)),)), WITH_CARE_ANSWERS)
    assert Heading("Flags, and the answers behind them") not in page.blocks


def test_limits_name_the_places_without_the_reasons() -> None:
    assert under(page_of(WITH_CARE, WITH_CARE_ANSWERS), "Limits").splitlines() == [
        "Whole body",
        "up to medium (3 of 5)",
        "Leave alone",
        "Calf (both sides)",
        "Up to gentle (2 of 5)",
        "Neck",
    ]


def test_the_desk_can_change_where_clients_are_sent() -> None:
    rules = replace(TABLE, texts={"goes_to_proceed_with_care": "Sam or Alex."})
    assert "Sam or Alex." in whole(
        page_with_numbers(staff_page(Intake(WITH_CARE_ANSWERS, WITH_CARE), Tables(QUESTIONNAIRE, rules)), US)
    )


def test_no_note_for_the_therapist_stands_on_the_page() -> None:
    for note in WITH_CARE.tell_therapist:
        assert note.text not in whole(page_of(WITH_CARE, WITH_CARE_ANSWERS))
