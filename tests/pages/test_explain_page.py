from __future__ import annotations

import pytest
from msgspec.structs import replace

from nmtchoose.pages.explain import explain_page
from nmtchoose.pages.intake import Intake
from nmtchoose.pages.page import Page, Subheading, page_with_numbers
from tests.pages.clinic import ENDINGS, PROCEED, TABLES, THERAPY_NAMES, US
from tests.pages.reading import rendered, run_together, texts_in, whole


def explained(ending: str) -> Page:
    assessment, answers = ENDINGS[ending]
    return page_with_numbers(explain_page(Intake(answers, assessment), TABLES), US)


def lines(ending: str) -> list[str]:
    return rendered(explained(ending), plain=True).splitlines()


def test_every_rule_that_fired_is_told() -> None:
    told = [block.text for block in explained("with care").blocks if isinstance(block, Subheading)]
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


def test_a_rule_without_a_sure_answer_is_told_as_not_decided() -> None:
    told = lines("on hold")
    assert "Not decided" in told
    assert "- Do you take any of these medicines? Not sure" in told
    assert "- Do you take any of these medicines? No answer" in lines("not enough")


@pytest.mark.parametrize("ending", ["emergency", "emergency today", "doctor first"])
def test_where_help_comes_first_no_therapy_is_named(ending: str) -> None:
    text = whole(explained(ending)).lower()
    assert [name for name in THERAPY_NAMES if name.lower() in text] == []


def test_where_help_comes_first_other_rules_keep_to_pressure_and_places() -> None:
    assessment = replace(ENDINGS["doctor first"][0], trace=ENDINGS["with care"][0].trace)
    text = whole(page_with_numbers(explain_page(Intake({}, assessment), TABLES), US))
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
