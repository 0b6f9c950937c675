from __future__ import annotations

import pytest
from msgspec.structs import replace

from nmtchoose.model.assessment import RecommendationKind
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.tables import Tables
from nmtchoose.pages.compare import choices_page
from nmtchoose.pages.intake import Intake
from nmtchoose.pages.page import Bullets, Card, Comparison, Facts, Page, Tone, page_with_numbers
from nmtchoose.pages.result import result_page
from tests.pages.clinic import (
    ANSWERS,
    ENDINGS,
    QUESTIONNAIRE,
    TABLE,
    TABLES,
    THERAPY_NAMES,
    TIE,
    US,
    WITH_CARE,
)
from tests.pages.reading import headings, texts_in, under, whole


def page_of(ending: str) -> Page:
    assessment, answers = ENDINGS[ending]
    return page_with_numbers(result_page(Intake(answers, assessment), TABLES), US)


@pytest.mark.parametrize("ending", ["emergency", "emergency today", "doctor first"])
def test_where_help_comes_first_no_therapy_is_named(ending: str) -> None:
    text = whole(page_of(ending)).lower().replace("nmtchoose", "")
    assert [name for name in THERAPY_NAMES if name.lower() in text] == []


def test_an_emergency_starts_with_a_card_that_says_what_to_do_and_whom_to_call() -> None:
    card = page_of("emergency").blocks[0]
    assert isinstance(card, Card)
    assert card.tone is Tone.EMERGENCY
    assert card.title == "Call 911 now"
    assert card.body[0] == Facts((("Call now", "911"),))
    assert "Call 911, stay with the client" in "\n".join(texts_in(card))


def test_an_emergency_says_what_to_tell_them_and_which_answers_raised_it() -> None:
    page = page_of("emergency")
    assert "What is happening and when it started" in under(page, "Tell them")
    assert "Chest pain, pressure or tightness" in under(page, "Answers to tell them")
    assert "firm" not in whole(page).lower()


def test_an_emergency_keeps_notes_of_other_rules_to_itself() -> None:
    assert under(page_of("emergency"), "For staff") == "Note the time it started."


def test_a_visit_today_names_the_number_for_urgent_help_of_the_region() -> None:
    assessment, answers = ENDINGS["emergency today"]
    page = page_with_numbers(result_page(Intake(answers, assessment), TABLES), TABLE.regions["gb"])
    assert ("Urgent help", "111") in next(
        block.pairs for card in page.blocks if isinstance(card, Card) for block in card.body if isinstance(block, Facts)
    )
    assert "call 999" in whole(page)


def test_not_sure_on_an_emergency_sign_is_told_as_not_sure() -> None:
    assert "Not sure" in under(page_of("emergency today"), "Answers to tell them")


def test_a_doctor_first_comes_with_the_answers_next_steps_and_what_to_take_along() -> None:
    page = page_of("doctor first")
    assert isinstance(page.blocks[0], Card)
    assert page.blocks[0].tone is Tone.DOCTOR
    assert "Calf (left)" in under(page, "Answers to show the doctor")
    assert "Steroid tablets" in under(page, "Answers to show the doctor")
    assert "Call your doctor today" in under(page, "What to do next")
    assert "medicines" in under(page, "What to take along")


def test_a_result_runs_from_what_to_do_and_why_over_the_choices_to_what_comes_around() -> None:
    assert headings(page_of("proceed")) == [
        "Why",
        "The choices",
        "Before: what to look for, and what to ask",
        "During",
        "After",
        "Cancel the session and get help if this starts",
    ]
    assert headings(page_of("with care"))[:5] == [
        "What your answers mean",
        "Why",
        "What was ruled out, and why",
        "What to mind",
        "Body map",
    ]


def test_no_sentence_stands_there_twice() -> None:
    for ending in ("proceed", "with care", "on hold"):
        told = [text for text in whole(page_of(ending)).splitlines() if text.endswith(".")]
        assert len(told) == len(set(told))


def test_an_unfinished_result_says_so_first_and_asks_the_open_questions() -> None:
    first, second = page_of("not enough").blocks[:2]
    assert isinstance(first, Card)
    assert first.title == "Not finished: questions still open"
    assert Bullets(("How old are you?", "Do you take any of these medicines?")) in first.body
    assert isinstance(second, Card)


def test_what_was_ruled_out_says_why_in_a_line_each_and_the_same_reason_once() -> None:
    assert under(page_of("with care"), "What was ruled out, and why").splitlines() == [
        "Neuromuscular therapy (NMT)",
        "Would fit better. Not suitable. Blood thinners make bruising under the skin more likely.",
        "Deep tissue massage",
        "Would fit better. Not suitable. For the same reason.",
        "Sports massage",
        "Not suitable. For the same reason.",
    ]


def test_what_merely_fits_less_well_or_is_for_others_was_not_ruled_out() -> None:
    assert "What was ruled out, and why" not in headings(page_of("proceed"))


def test_what_is_left_is_said_to_be_what_is_left() -> None:
    assert WITH_CARE.recommendation.text in under(page_of("with care"), "Why")


def test_the_reasons_of_the_suggestion_are_the_clients_own_answers() -> None:
    told = under(page_of("proceed"), "Why")
    assert "You can point to one or two places that hurt." in told
    assert "A slight lead" in told
    assert "You asked for firm pressure." not in told


def test_a_sequence_names_what_comes_first_and_what_later() -> None:
    card = page_of("sequence").blocks[0]
    assert "first Neuromuscular therapy (NMT); later Swedish massage" in "\n".join(texts_in(card))


def test_a_tie_names_both_and_offers_a_choice() -> None:
    card = page_of("tie").blocks[0]
    assert "Neuromuscular therapy (NMT) or Deep tissue massage" in "\n".join(texts_in(card))


@pytest.mark.parametrize("ending", ["later", "on hold", "doctor soon"])
def test_before_a_session_is_possible_nothing_is_compared(ending: str) -> None:
    assert [block for block in page_of(ending).blocks if isinstance(block, Comparison)] == []


def test_a_later_date_says_from_when_and_what_then() -> None:
    page = page_of("later")
    assert isinstance(page.blocks[0], Card)
    assert page.blocks[0].title == "Book a later date, then: Neuromuscular therapy (NMT)"
    assert "the tattoo has healed" in whole(page)
    assert "Book for a day after that." in under(page, "What to do next")


def test_answers_that_left_a_safety_rule_open_are_named_in_words() -> None:
    told = under(page_of("on hold"), "Left open by the answers")
    assert "Do you take any of these medicines?\nNot sure" in told


def test_a_question_without_an_answer_is_asked_for_once_only() -> None:
    assert "Left open by the answers" not in headings(page_of("not enough"))


def test_sites_to_leave_alone_come_before_sites_with_a_limit_and_share_a_reason() -> None:
    assert under(page_of("with care"), "What to mind").splitlines()[:6] == [
        "Pressure",
        "up to medium (3 of 5)",
        "Leave alone",
        "Calf (both sides). Leave it alone.",
        "Up to gentle (2 of 5)",
        "Neck. Be gentle where it hurts.",
    ]


def test_the_choices_start_with_the_suggestion_and_are_possible() -> None:
    table = next(block for block in page_of("proceed").blocks if isinstance(block, Comparison))
    assert [(column.short, column.standing, column.chosen) for column in table.columns] == [
        ("NMT", "Suggested", True),
        ("Deep tissue", "Also possible", False),
        ("Swedish", "Also possible", False),
    ]
    assert len(table.rows) <= 5


def test_all_that_is_known_of_the_choices_stands_on_a_page_of_its_own() -> None:
    page = choices_page(WITH_CARE, TABLE)
    table = next(block for block in page.blocks if isinstance(block, Comparison))
    assert [(column.short, column.standing) for column in table.columns] == [
        ("Swedish", "Suggested"),
        ("NMT", "Not suitable"),
        ("Deep tissue", "Not suitable"),
    ]
    assert "Small trials of NMT with short follow-up." in whole(page)


def test_a_form_stands_in_the_comparison_instead_of_its_therapy() -> None:
    booking = replace(WITH_CARE.recommendation, therapies=("prenatal",))
    prenatal = replace(WITH_CARE.therapies[2], id="prenatal")
    assessment = replace(WITH_CARE, recommendation=booking, therapies=(*WITH_CARE.therapies, prenatal))
    table = next(block for block in choices_page(assessment, TABLE).blocks if isinstance(block, Comparison))
    assert [column.short for column in table.columns] == ["Prenatal", "NMT", "Deep tissue"]


def test_an_item_of_one_of_two_therapies_says_which_one_it_is_about() -> None:
    assert under(page_of("sequence"), "After").splitlines() == [
        "Drink when you are thirsty.",
        "NMT: Rest a little after NMT.",
        "Swedish: Rest a little after Swedish.",
    ]


def test_the_plan_adds_to_what_the_therapy_says_itself() -> None:
    assert "A shorter first session." in under(page_of("with care"), "During")
    assert "Look for bruises the next day." in under(page_of("with care"), "After")
    assert "Ask how they work with blood thinners." in under(
        page_of("with care"), "Before: what to look for, and what to ask"
    )


def test_every_result_but_an_emergency_says_when_to_get_help_later(any_result: Page) -> None:
    card = any_result.blocks[0]
    later = "Sudden breathlessness: call 911" in whole(any_result)
    assert later is not (isinstance(card, Card) and card.tone is Tone.EMERGENCY)


def test_every_result_says_that_it_is_no_diagnosis(any_result: Page) -> None:
    assert TABLE.texts["not_a_diagnosis"] in whole(any_result)


def test_no_place_for_a_number_stays_open(any_result: Page) -> None:
    assert [text for text in texts_in(any_result) if "{" in text] == []


def test_where_nothing_is_left_no_therapy_is_suggested_but_the_reasons_stay() -> None:
    page = page_of("nothing left")
    (card, *_) = page.blocks
    assert isinstance(card, Card)
    assert (card.title, card.tone) == ("Ask the therapist what is possible", Tone.CARE)
    assert "Blood thinners make bruising" in under(page, "What was ruled out, and why")


def test_a_sentence_of_the_rule_table_is_preferred_to_the_built_in_one() -> None:
    wordless = replace(TIE, recommendation=replace(TIE.recommendation, text=""))
    rules = replace(TABLE, texts={**TABLE.texts, "tie": "{therapy}: as you like."})
    page = page_with_numbers(result_page(Intake(ANSWERS, wordless), Tables(QUESTIONNAIRE, rules)), US)
    assert "Neuromuscular therapy (NMT) or Deep tissue massage: as you like." in under(page, "Why")


@pytest.mark.parametrize("kind", RecommendationKind)
def test_every_kind_of_recommendation_has_a_built_in_sentence(kind: RecommendationKind) -> None:
    booking = replace(TIE.recommendation, kind=kind, text="")
    page = page_with_numbers(
        result_page(
            Intake(ANSWERS, replace(TIE, recommendation=booking)), Tables(QUESTIONNAIRE, replace(TABLE, texts={}))
        ),
        US,
    )
    assert under(page, "Why")


def test_a_doctor_soon_still_names_what_stays_sensible() -> None:
    page = page_of("doctor soon")
    assert "Still possible meanwhile\nSwedish massage" in "\n".join(texts_in(page.blocks[0]))
    assert "What to take along" in headings(page)
    assert ENDINGS["doctor soon"][0].disposition is Disposition.MEDICAL_SOON
