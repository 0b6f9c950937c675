"""The answer on one screen."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from nmtchoose.model.assessment import Note
from nmtchoose.model.rules import Grade
from nmtchoose.pages.glance import glance_page
from nmtchoose.pages.intake import Intake
from nmtchoose.pages.page import Card, Facts, Page, page_with_numbers
from nmtchoose.pages.suggestion import how_sure
from tests.pages.clinic import ENDINGS, PROCEED, TABLES, US, WITH_CARE, WITH_CARE_ANSWERS
from tests.pages.reading import rendered, whole

SHORT = [name for name in ENDINGS if not name.startswith("emergency")]


def glance(ending: str, *, staff: bool = False, most: int = 3) -> Page:
    assessment, answers = ENDINGS[ending]
    return page_with_numbers(glance_page(Intake(answers, assessment), TABLES, staff=staff, most=most), US)


def told(page: Page, label: str) -> list[str]:
    return [value for block in page.blocks if isinstance(block, Facts) for one, value in block.pairs if one == label]


def labels(page: Page) -> list[str]:
    return [label for block in page.blocks if isinstance(block, Facts) for label, _ in block.pairs]


@pytest.mark.parametrize(
    ("ending", "act"),
    [
        ("proceed", "Book: Neuromuscular therapy (NMT)"),
        ("with care", "Book: Swedish massage, pressure up to medium (3 of 5)"),
        ("tie", "Book: Neuromuscular therapy (NMT) or Deep tissue massage"),
        ("sequence", "Book: first Neuromuscular therapy (NMT); later Swedish massage"),
        ("not enough", "Not finished: questions still open"),
        ("nothing left", "Ask the therapist what is possible"),
        ("on hold", "Talk with the therapist first, then: Neuromuscular therapy (NMT)"),
        ("later", "Book a later date, then: Neuromuscular therapy (NMT)"),
        ("doctor soon", "See a doctor soon"),
        ("doctor first", "See a doctor first, today or tomorrow"),
    ],
)
def test_it_starts_with_what_to_do(ending: str, act: str) -> None:
    card = glance(ending).blocks[0]
    assert isinstance(card, Card)
    assert card.title == act


@pytest.mark.parametrize("ending", SHORT)
@pytest.mark.parametrize("staff", [False, True])
def test_it_fits_one_screen(ending: str, staff: bool) -> None:
    assert len(rendered(glance(ending, staff=staff), width=80).splitlines()) <= 17
    assert len(rendered(glance(ending, staff=staff, most=1), width=40).splitlines()) <= 25
    assert len(rendered(glance(ending, staff=staff, most=-5), width=40).splitlines()) <= 14


def test_why_is_what_the_client_said() -> None:
    assert told(glance("proceed"), "Why") == [
        "Neck, for 26 weeks (about 6 months).",
        "You can point to one or two places that hurt.",
    ]
    assert told(glance("on hold"), "Why") == ["Do you take any of these medicines? Not sure"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [("6 months", "for 6 months"), ("for a year", "for a year"), ("Since March", "Since March")],
)
def test_a_length_of_time_is_said_as_it_was_typed(typed: str, said: str) -> None:
    assessment, answers = ENDINGS["proceed"]
    page = glance_page(Intake(answers, assessment, typed={"pain_weeks": typed}), TABLES)
    assert told(page, "Why")[0] == f"Neck, {said}."


def test_what_does_not_fit_is_on_the_whole_page() -> None:
    assert told(glance("proceed", most=1), "Why") == ["Neck, for 26 weeks (about 6 months). (more)"]


def test_what_to_mind_names_limits_and_places() -> None:
    page = glance("with care")
    assert told(page, "Leave alone") == ["Calf (both sides)"]
    assert told(page, "Mind") == ["Blood thinners make bruising under the skin more likely."]
    assert told(glance("proceed"), "Mind") == ["No pressure limit from these answers; agree it together."]


def test_what_would_fit_better_is_named_with_that_it_is_ruled_out() -> None:
    lead = "Health answers rule out what would fit better: NMT and Deep tissue."
    assert told(glance("with care"), "Why")[0] == lead
    unminded = replace(WITH_CARE, cautions=())
    page = glance_page(Intake(WITH_CARE_ANSWERS, unminded), TABLES)
    assert told(page, "Why")[0] == f"{lead} Blood thinners make bruising under the skin more likely."


def test_of_several_kinds_each_has_its_limit_where_one_is_lower() -> None:
    page = glance("sequence")
    assert told(page, "With NMT") == ["No pressure limit from these answers; agree it together."]
    assert told(page, "With Swedish") == ["pressure up to medium (3 of 5)"]


def test_a_small_screen_leaves_out_what_is_least_needed_first() -> None:
    assert [labels(glance("with care", most=most)) for most in (0, -3, -5, -6)] == [
        ["Why", "Leave alone", "Mind", "How sure"],
        ["Why", "Leave alone", "Mind", "Please note"],
        ["Leave alone", "Mind", "Please note"],
        ["Leave alone", "Please note"],
    ]


def test_what_weighs_most_is_told_first() -> None:
    notes = (Note("blood-thinner", "Tell your therapist."), Note("calf-pain-with-steroids", "Ask your doctor first."))
    page = glance_page(Intake(ENDINGS["on hold"][1], replace(ENDINGS["on hold"][0], tell_client=notes)), TABLES, most=1)
    assert told(page, "Why") == ["Ask your doctor first. (more)"]


def test_how_sure_it_is_and_that_it_is_no_diagnosis() -> None:
    assert told(glance("proceed"), "How sure") == [
        "A slight lead; the others are close. NMT: the evidence is low. A suggestion, not a diagnosis."
        " Questions and rules not yet reviewed by a clinician."
    ]


def test_where_two_kinds_fit_alike_their_lead_is_not_told_again() -> None:
    (sure,) = told(glance("tie"), "How sure")
    assert "No clear difference" not in sure


def test_evidence_that_differs_is_told_for_each_kind() -> None:
    therapies = tuple(
        replace(one, evidence=Grade.VERY_LOW) if one.id == "nmt" else one for one in TABLES.rules.therapies
    )
    rules = replace(TABLES.rules, therapies=therapies)
    assert how_sure(ENDINGS["tie"][0], rules) == ("NMT: the evidence is very low.", "Deep tissue: the evidence is low.")


def test_staff_read_one_sign_for_help() -> None:
    assert told(glance("with care", staff=True), "Get help if") == ["Sudden breathlessness: call 911 (more)"]


def test_the_limit_of_the_one_kind_that_is_suggested_stands_in_the_first_line() -> None:
    swedish = replace(PROCEED, recommendation=replace(PROCEED.recommendation, therapies=("swedish",)))
    card = glance_page(Intake(ENDINGS["proceed"][1], swedish), TABLES).blocks[0]
    assert isinstance(card, Card)
    assert card.title == "Book: Swedish massage, pressure up to medium (3 of 5)"


def test_signs_for_help_fit_what_was_said_and_are_all_told_where_a_risk_was_named() -> None:
    assert told(glance("proceed"), "Get help if") == ["Sudden breathlessness: call 911"]
    assert told(glance("with care"), "Get help if") == ["Sudden breathlessness: call 911", "Numbness that spreads"]


def test_staff_read_what_to_do_at_the_desk_and_what_to_say_aloud() -> None:
    page = glance("on hold", staff=True)
    assert told(page, "At the desk") == ["Ask the therapist to call back."]
    assert told(page, "Say aloud") == ["The therapist needs a word with you first."]


def test_nothing_that_staff_read_rests_on_a_private_answer() -> None:
    page = glance("with care", staff=True)
    assert "blood thinner" not in whole(page).lower()
    assert told(glance("on hold", staff=True), "Why") == []


def test_an_emergency_says_whom_to_call_what_to_do_and_what_to_tell() -> None:
    card, told_them = glance("emergency").blocks
    assert isinstance(card, Card)
    assert isinstance(told_them, Facts)
    assert "911" in card.title
    assert told_them.pairs[0][0] == "Tell them"
    assert "therap" not in whole(glance("emergency")).lower()


@pytest.mark.parametrize("staff", [False, True])
def test_an_emergency_fits_one_screen(staff: bool) -> None:
    assert len(rendered(glance("emergency", staff=staff, most=0), width=80).splitlines()) <= 20


def test_no_sentence_stands_there_twice() -> None:
    for assessment in (PROCEED, replace(WITH_CARE, next_steps=(*WITH_CARE.next_steps, *WITH_CARE.next_steps))):
        page = glance_page(Intake(WITH_CARE_ANSWERS, assessment), TABLES)
        lines = [value for block in page.blocks if isinstance(block, Facts) for _, value in block.pairs]
        assert len(lines) == len(set(lines))


def test_how_long_a_session_takes_is_told_where_one_kind_can_be_booked() -> None:
    lasting = [
        replace(one, facts={**one.facts, "session_length": "Often an hour. Clinics differ."})
        for one in TABLES.rules.therapies
    ]
    tables = replace(TABLES, rules=replace(TABLES.rules, therapies=tuple(lasting)))

    def time_told(ending: str) -> list[str]:
        assessment, answers = ENDINGS[ending]
        return told(glance_page(Intake(answers, assessment), tables), "Time")

    assert time_told("proceed") == ["Often an hour."]
    assert time_told("tie") == time_told("on hold") == []


def test_it_says_where_the_whole_page_has_more() -> None:
    assert told(glance("with care", most=1), "Get help if")[-1].endswith("(more)")
