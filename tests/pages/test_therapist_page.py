from __future__ import annotations

import pytest
from msgspec.structs import replace

from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import Note
from nmtchoose.model.condition import ALWAYS
from nmtchoose.model.rules import Effects, Rule, Stage
from nmtchoose.model.tables import Tables
from nmtchoose.pages.intake import Intake
from nmtchoose.pages.page import BodyMap, Facts, Page, page_with_numbers
from nmtchoose.pages.result import result_page
from nmtchoose.pages.therapist import therapist_page
from tests.pages.clinic import (
    ENDINGS,
    PROCEED,
    QUESTIONNAIRE,
    TABLE,
    TABLES,
    THERAPY_NAMES,
    US,
    WITH_CARE,
    WITH_CARE_ANSWERS,
)
from tests.pages.reading import headings, rendered, under, whole


def page_of(ending: str) -> Page:
    assessment, answers = ENDINGS[ending]
    return page_with_numbers(therapist_page(Intake(answers, assessment), TABLES), US)


def pairs_under(page: Page, heading: str) -> dict[str, str]:
    lines = under(page, heading).splitlines()
    return dict(zip(lines[::2], lines[1::2], strict=True))


@pytest.mark.parametrize("ending", ENDINGS)
def test_it_fits_on_one_page(ending: str) -> None:
    assert len(rendered(page_of(ending), width=80).splitlines()) <= 60


def test_it_runs_from_who_comes_to_the_sources() -> None:
    assert headings(page_of("with care")) == [
        "For the therapist",
        "Body map",
        "Flags, and what to ask",
        "Limits",
        "Wishes and other answers",
        "Please note",
    ]


def test_it_starts_with_who_comes_what_is_suggested_and_what_was_ruled_out() -> None:
    told = pairs_under(page_of("with care"), "For the therapist")
    assert told == {
        "Age": "44 years",
        "Result": "Book, with changes",
        "Suggested": "Swedish massage",
        "Ruled out": "NMT, Deep tissue, Sports",
    }


def test_a_flag_comes_with_what_to_ask_and_the_answer_behind_it() -> None:
    assert under(page_of("with care"), "Flags, and what to ask") == (
        "With care: Ask which one, and look for bruises. Answered: A blood thinner"
    )


def test_a_question_to_ask_that_starts_with_the_answer_says_it_once() -> None:
    rules = tuple(
        replace(one, tell_therapist="A blood thinner: ask which one.") if one.id == "blood-thinner" else one
        for one in TABLE.rules
    )
    page = page_with_numbers(
        therapist_page(Intake(WITH_CARE_ANSWERS, WITH_CARE), Tables(QUESTIONNAIRE, replace(TABLE, rules=rules))), US
    )
    assert under(page, "Flags, and what to ask") == "With care: A blood thinner: ask which one."


def test_the_map_comes_with_what_was_said_about_the_pain() -> None:
    (block,) = (one for one in page_of("with care").blocks if isinstance(one, BodyMap))
    assert block.beside == (("For how long", "26 weeks (about 6 months), chronic"),)


@pytest.mark.parametrize(
    ("weeks", "band"), [(0, "acute"), (5, "acute"), (6, "subacute"), (12, "subacute"), (13, "chronic")]
)
def test_how_long_it_hurts_is_named_by_the_settings_of_the_table(weeks: int, band: str) -> None:
    answers: Answers = {**WITH_CARE_ANSWERS, "pain_weeks": weeks}
    text = whole(page_with_numbers(therapist_page(Intake(answers, WITH_CARE), TABLES), US))
    assert f", {band}\n" in text


def test_without_those_settings_the_time_stands_alone() -> None:
    page = page_with_numbers(
        therapist_page(Intake(WITH_CARE_ANSWERS, WITH_CARE), Tables(QUESTIONNAIRE, replace(TABLE, settings={}))), US
    )
    assert "26 weeks (about 6 months)\n" in whole(page)
    assert "chronic" not in whole(page)


def test_limits_come_with_their_reasons() -> None:
    assert "Calf (both sides). Leave it alone." in under(page_of("with care"), "Limits")


def test_every_answer_that_says_something_is_told_once() -> None:
    text = whole(page_of("with care"))
    for words in ("44 years", "Neck", "26 weeks", "A blood thinner", "Firm", "I sit a lot"):
        assert words in text
    assert pairs_under(page_of("with care"), "Wishes and other answers") == {"Pressure": "Firm", "Notes": "I sit a lot"}


def test_what_is_still_open_is_asked_first_with_the_answer_that_left_it_open() -> None:
    assert under(page_of("on hold"), "Still open: ask first") == "Do the client take any of these medicines? Not sure"


def test_a_note_for_every_client_is_left_out_and_one_for_this_client_is_not() -> None:
    rules = (*TABLE.rules, Rule("everybody", Stage.PLAN, ALWAYS, Effects(), ("articles",)))
    notes = (Note("everybody", "Explain the draping."), Note("likes-firm", "Build up to firm pressure."))
    assessment = replace(PROCEED, tell_therapist=notes)
    page = page_with_numbers(
        therapist_page(Intake(WITH_CARE_ANSWERS, assessment), Tables(QUESTIONNAIRE, replace(TABLE, rules=rules))), US
    )
    assert under(page, "Good to know") == "Build up to firm pressure."


def test_sources_are_named_by_their_ids() -> None:
    assert Facts((("Sources", "nccih, mayo"),)) in page_of("with care").blocks


@pytest.mark.parametrize("ending", ["emergency", "emergency today", "doctor first"])
def test_where_help_comes_first_no_therapy_is_named_and_no_map_drawn(ending: str) -> None:
    page = page_of(ending)
    assert [name for name in THERAPY_NAMES if name in whole(page)] == []
    assert [block for block in page.blocks if isinstance(block, BodyMap)] == []


def test_in_an_emergency_it_is_the_same_page_as_the_clients() -> None:
    assessment, answers = ENDINGS["emergency"]
    assert page_of("emergency").blocks == page_with_numbers(result_page(Intake(answers, assessment), TABLES), US).blocks


def test_after_a_doctor_first_the_therapist_still_sees_the_pain_and_what_was_found() -> None:
    page = page_of("doctor first")
    assert pairs_under(page, "Pain")["Pain sites"] == "Neck"
    assert "No hands on this leg. Answered: Calf (left); Steroid tablets" in under(page, "Flags, and what to ask")


@pytest.mark.parametrize("ending", [one for one in ENDINGS if "emergency" not in one])
def test_no_note_for_the_therapist_stands_on_the_clients_page(ending: str) -> None:
    assessment, answers = ENDINGS[ending]
    text = whole(page_with_numbers(result_page(Intake(answers, assessment), TABLES), US))
    assert [note.text for note in assessment.tell_therapist if note.text in text] == []
