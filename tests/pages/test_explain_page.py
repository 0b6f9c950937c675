from __future__ import annotations

import pytest
from msgspec.structs import replace

from nmtchoose.model.assessment import Assessment, Status
from nmtchoose.model.disposition import Disposition
from nmtchoose.pages.explain import DECIDED, NEARLY, WITHHELD, Changed, change_blocks, explain_page
from nmtchoose.pages.intake import Intake
from nmtchoose.pages.page import Bullets, Page, Paragraph, Subheading, page_with_numbers
from tests.pages.clinic import ENDINGS, PROCEED, TABLES, THERAPY_NAMES, US
from tests.pages.reading import rendered, run_together, texts_in, under, whole


def explained(ending: str, *, sources: bool = False, private: bool = True) -> Page:
    assessment, answers = ENDINGS[ending]
    page = explain_page(Intake(answers, assessment), TABLES, sources=sources, private=private)
    return page_with_numbers(page, US)


def lines(ending: str) -> list[str]:
    return rendered(explained(ending, sources=True), plain=True).splitlines()


def test_what_decided_it_names_the_answers_and_what_followed_with_the_rule_at_the_end() -> None:
    told = under(explained("proceed"), DECIDED).splitlines()
    assert told == [
        "Book: Neuromuscular therapy (NMT)",
        "Neck; 26 weeks (about 6 months): speaks for NMT (one-place)",
    ]


def test_what_weighs_most_stands_first() -> None:
    _, first, *_ = under(explained("with care"), DECIDED).splitlines()
    assert first == (
        "A blood thinner: You take a blood thinner, so only light to medium pressure is offered. (blood-thinner)"
    )


def test_what_nearly_mattered_is_how_far_the_others_are_and_why() -> None:
    assert under(explained("proceed"), NEARLY).splitlines() == [
        "Deep tissue massage: also possible, 3 points behind.",
        "Sports massage: also possible, 6 points behind.",
        "Swedish massage: also possible, 7 points behind. You asked for firm pressure. (likes-firm)",
    ]


def test_what_waits_says_for_whom_it_waits() -> None:
    waiting = [replace(one, status=Status.NOT_NOW) for one in PROCEED.therapies]
    held = replace(PROCEED, therapies=tuple(waiting))
    assert "Deep tissue massage: only after a talk with the therapist, 3 points behind." in nearly(held)
    later = replace(held, disposition=Disposition.DEFER)
    assert "Deep tissue massage: on hold too, 3 points behind." in nearly(later)


def nearly(assessment: Assessment) -> list[str]:
    return under(explain_page(Intake({}, assessment), TABLES), NEARLY).splitlines()


def test_a_private_answer_and_its_rule_are_not_told_where_they_are_not_wanted() -> None:
    told = whole(explained("with care", private=False))
    assert WITHHELD in told
    assert "blood" not in told.lower()
    assert "blood-thinner" not in whole(explained("on hold", private=False))


@pytest.mark.parametrize("ending", ENDINGS)
def test_each_of_the_first_two_questions_fits_a_screen(ending: str) -> None:
    assert len(rendered(explained(ending), width=80).splitlines()) <= 2 * 20


def leading(*therapies: str, disposition: Disposition = Disposition.PROCEED) -> Assessment:
    booking = replace(PROCEED.recommendation, therapies=therapies)
    return replace(PROCEED, disposition=disposition, recommendation=booking)


def test_a_change_says_what_else_would_be_answered_and_what_to_do_then() -> None:
    changes = [
        Changed({"medicines": (("none",), ("steroids",))}, leading("swedish")),
        Changed({"pain_sites": (("neck", "jaw"), ("jaw",))}, leading("deep_tissue")),
    ]
    assert change_blocks(changes, TABLES, PROCEED)[-1] == Bullets(
        (
            'Without "Neck": Book: Deep tissue massage',
            'With "Steroid tablets": Book: Swedish massage, pressure up to medium (3 of 5)',
        )
    )
    assert "Steroid" not in str(change_blocks(changes, TABLES, PROCEED, private=False))


def test_a_change_of_two_answers_names_both() -> None:
    both = Changed(
        {"pregnant": ("no", "yes"), "medicines": (("none",), ("steroids", "blood_thinner"))}, leading("swedish")
    )
    assert change_blocks([both], TABLES, PROCEED)[-1] == Bullets(
        (
            '"Yes" to "Are you pregnant?" and with "Steroid tablets" and "A blood thinner": '
            "Book: Swedish massage, pressure up to medium (3 of 5)",
        )
    )


def results_told(*found: Assessment) -> list[str]:
    changes = [Changed({"pressure": ("firm", "light")}, one) for one in found]
    *_, told = change_blocks(changes, TABLES, PROCEED)
    assert isinstance(told, Bullets)
    return [one.split(": ", 1)[1] for one in told.items]


def test_what_comes_before_a_booking_is_told_once_a_kind_and_gravest_first() -> None:
    told = results_told(
        leading("nmt", disposition=Disposition.DEFER),
        leading(disposition=Disposition.MEDICAL_SOON),
        leading(disposition=Disposition.EMERGENCY_TODAY),
        leading(disposition=Disposition.CALL_EMERGENCY),
        leading("swedish", disposition=Disposition.DEFER),
    )
    assert told == [
        "Emergency department today",
        "See a doctor soon",
        "Book a later date, then: Neuromuscular therapy (NMT)",
    ]


def test_of_other_bookings_those_with_another_lead_come_first_and_the_better_fitting_before() -> None:
    told = results_told(
        leading("nmt", "swedish"), leading("swedish"), leading("swedish", "sports"), leading("deep_tissue")
    )
    assert told == [
        "Book: Deep tissue massage",
        "Book: Swedish massage, pressure up to medium (3 of 5)",
        "Book: Neuromuscular therapy (NMT) or Swedish massage",
    ]


def test_bookings_further_away_than_the_nearest_are_not_told() -> None:
    near = Changed({"pressure": ("firm", "light")}, leading("swedish"))
    far = Changed({"pressure": ("firm", "light"), "pregnant": ("no", "yes")}, leading("deep_tissue"))
    assert change_blocks([near, far], TABLES, PROCEED)[-1] == Bullets(
        ('"Light" to "What pressure do you like?": Book: Swedish massage, pressure up to medium (3 of 5)',)
    )


def test_that_nothing_applies_of_what_is_asked_only_then_goes_without_saying() -> None:
    opened = Changed({"pregnant": ("no", "yes"), "pain_sites": (None, ("none",))}, leading("swedish"))
    assert change_blocks([opened], TABLES, PROCEED)[-1] == Bullets(
        ('"Yes" to "Are you pregnant?": Book: Swedish massage, pressure up to medium (3 of 5)',)
    )


def test_a_change_of_many_answers_explains_nothing() -> None:
    many = Changed({f"question-{one}": ("no", "yes") for one in range(6)}, leading("swedish"))
    assert change_blocks([many], TABLES, PROCEED)[-1] == Paragraph(
        "No change of one or two answers leads to another result."
    )


def test_every_rule_that_fired_is_told_with_sources() -> None:
    told = [block.text for block in explained("with care", sources=True).blocks if isinstance(block, Subheading)]
    assert told == ["blood-thinner", "one-place", "likes-firm"]


def test_a_rule_is_told_with_its_answers_condition_effects_and_sources() -> None:
    told = lines("with care")
    assert "Do you take any of these medicines? A blood thinner" in told
    assert "Applies when: medicines include A blood thinner" in told
    assert "What it does: Pressure anywhere: up to medium (3 of 5)" in told
    assert "What it does: Not suitable: Neuromuscular therapy (NMT) and Deep tissue massage" in told
    assert 'What it does: Pressure on what was marked in "Where does it hurt?": up to gentle (2 of 5)' in told
    assert "What it does: Leave alone: Calf (left)" in told
    assert "How firm: review of studies" in told
    assert "Source: Who should be careful (review of studies; we have not read it yet)" in told


def test_a_source_comes_with_code_and_address() -> None:
    assert "Source: Warning signs [S22] (health service advice; we read it) https://heart.example/signs" in lines(
        "emergency"
    )


def test_a_fit_rule_says_which_therapies_gain_or_lose() -> None:
    assert "What it does: Fit of Deep tissue massage: +3" in lines("with care")
    assert "What it does: Fit of Swedish massage: -1" in lines("with care")


def test_a_question_that_left_a_rule_open_is_told() -> None:
    told = whole(explained("on hold"))
    assert "Left open: Do the client take any of these medicines? Not sure (blood-thinner)" in told
    assert "Left open: Do you take any of these medicines? No answer (blood-thinner)" in whole(explained("not enough"))


@pytest.mark.parametrize("ending", ["emergency", "emergency today", "doctor first"])
def test_where_help_comes_first_no_therapy_is_named(ending: str) -> None:
    text = whole(explained(ending)).lower()
    assert [name for name in THERAPY_NAMES if name.lower() in text] == []


def test_where_help_comes_first_other_rules_keep_to_pressure_and_places() -> None:
    assessment = replace(ENDINGS["doctor first"][0], trace=ENDINGS["with care"][0].trace)
    text = whole(page_with_numbers(explain_page(Intake({}, assessment), TABLES, sources=True), US))
    assert "Pressure anywhere: up to medium (3 of 5)" in text
    assert [name for name in THERAPY_NAMES if name in text] == []


def test_without_any_rule_it_says_so() -> None:
    page = page_with_numbers(explain_page(Intake({}, replace(PROCEED, trace=())), TABLES), US)
    assert "No rule applies to these answers." in whole(page)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("width", [40, 80])
def test_no_fact_is_lost_when_drawn(ending: str, width: int) -> None:
    page = explained(ending)
    drawn = run_together(rendered(page, width=width))
    assert [text for text in texts_in(page) if run_together(text) not in drawn] == []
