"""A practice that does not offer everything."""

from __future__ import annotations

import pytest

from nmtchoose.engine.assess import assess
from nmtchoose.engine.therapies import offering
from nmtchoose.model.answers import Answer
from nmtchoose.model.assessment import Assessment, Reason, RecommendationKind, Status, Strength
from nmtchoose.model.disposition import Disposition
from tests.engine.small import HEALTHY, QUESTIONNAIRE, TABLE

POINT = {"pain_sites": ("neck",), "goals": ("less_pain",)}
"""Answers that speak for NMT alone."""


def result(*offered: str, **answers: Answer) -> Assessment:
    return assess(QUESTIONNAIRE, offering(TABLE, offered), {**HEALTHY, **answers})


def test_a_practice_that_names_nothing_offers_everything() -> None:
    assert offering(TABLE, ()) == TABLE


def test_the_choice_is_made_among_what_is_offered_and_the_better_fit_is_named() -> None:
    chosen = result("swedish", **POINT)
    nmt = chosen.therapies[0]
    assert chosen.recommendation.therapies == ("swedish",)
    assert chosen.recommendation.strength is Strength.NOT_OFFERED_HERE
    assert "not offered here" in chosen.recommendation.text
    assert nmt.status is Status.NOT_SUITABLE
    assert nmt.against == (Reason("not-offered", "This practice does not offer it."),)


def test_a_better_fit_that_is_ruled_out_for_safety_is_not_said_to_be_missing_here() -> None:
    chosen = result("swedish", **POINT, blood_thinner="yes", clot="no")
    assert chosen.recommendation.strength is Strength.WHAT_IS_LEFT


def test_what_is_offered_wins_as_always_when_nothing_else_fits_better() -> None:
    assert result("swedish").recommendation.strength is result().recommendation.strength


def test_a_form_can_be_offered_without_the_therapy_that_it_is_a_form_of() -> None:
    assert result("warm", age=95).recommendation.therapies == ("warm",)


def test_where_nothing_offered_is_possible_the_result_says_what_would_be() -> None:
    nothing = result("nmt", blood_thinner="yes", clot="no")
    assert nothing.recommendation.kind is RecommendationKind.NONE
    assert nothing.recommendation.therapies == ()
    assert "SWEDISH" in nothing.recommendation.text


def test_what_is_offered_never_changes_what_is_safe() -> None:
    full, small = result(blood_thinner="yes", clot="yes"), result("swedish", blood_thinner="yes", clot="yes")
    assert (small.disposition, small.site_notes, small.cautions) == (full.disposition, full.site_notes, full.cautions)


def test_an_emergency_names_no_therapy_whatever_is_offered() -> None:
    emergency = result("nmt", signs=("chest",))
    assert emergency.disposition is Disposition.CALL_EMERGENCY
    assert (emergency.recommendation.text, emergency.therapies) == ("", ())


def test_a_therapy_that_does_not_exist_cannot_be_offered() -> None:
    with pytest.raises(KeyError, match="reiki"):
        offering(TABLE, ("swedish", "reiki"))
