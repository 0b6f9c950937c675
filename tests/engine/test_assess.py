"""From answers to a result: combining rules, restrictions and the ways a recommendation can end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from nmtchoose.engine.assess import assess
from nmtchoose.model.answers import Answer, Answers, chosen
from nmtchoose.model.assessment import Assessment, RecommendationKind, Status, Strength
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Kind
from tests.engine.small import HEALTHY, QUESTIONNAIRE, TABLE


def result(**answers: Answer) -> Assessment:
    return assess(QUESTIONNAIRE, TABLE, {**HEALTHY, **answers})


def status(assessment: Assessment, therapy_id: str) -> Status:
    return next(one.status for one in assessment.therapies if one.id == therapy_id)


def test_a_healthy_person_proceeds() -> None:
    healthy = result()
    assert healthy.complete
    assert healthy.disposition is Disposition.PROCEED
    assert healthy.recommendation.therapies == ("swedish",)
    assert status(healthy, "swedish") is Status.SUGGESTED


def test_an_emergency_names_no_therapy() -> None:
    emergency = result(signs=("chest", "face"))
    assert emergency.disposition is Disposition.CALL_EMERGENCY
    assert emergency.recommendation.kind is RecommendationKind.NONE
    assert emergency.therapies == ()
    assert emergency.cautions == ()


def test_an_urgent_referral_names_no_therapy() -> None:
    urgent = result(age=60, later_life=("temple",))
    assert urgent.disposition is Disposition.MEDICAL_URGENT
    assert urgent.therapies == ()


def test_a_missing_safety_answer_holds_the_booking_and_names_the_question() -> None:
    answers = {key: answer for key, answer in HEALTHY.items() if key != "blood_thinner"}
    held = assess(QUESTIONNAIRE, TABLE, answers)
    assert not held.complete
    assert held.missing == ("blood_thinner",)
    assert held.disposition is Disposition.CLEARANCE
    assert held.recommendation.kind is RecommendationKind.NOT_ENOUGH_INFORMATION


@pytest.mark.parametrize("answer", ["unsure", "declined"])
def test_unsure_and_declined_hold_the_booking_but_name_what_comes_later(answer: str) -> None:
    held = result(blood_thinner=answer)
    assert held.complete
    assert held.disposition is Disposition.CLEARANCE
    assert held.undecided[0].questions == ("blood_thinner",)
    assert held.recommendation.therapies == ("swedish",)
    assert status(held, "swedish") is Status.NOT_NOW


def test_a_rule_that_changes_the_session_means_care() -> None:
    assert result(blood_thinner="yes", clot="no").disposition is Disposition.PROCEED_WITH_CARE


def test_a_better_fit_that_is_ruled_out_keeps_its_reason_in_view() -> None:
    thinner = result(pain_sites=("neck",), goals=("less_pain",), blood_thinner="yes", clot="no")
    assert thinner.recommendation.strength is Strength.WHAT_IS_LEFT
    assert thinner.recommendation.therapies == ("swedish",)
    nmt = thinner.therapies[0]
    assert nmt.status is Status.NOT_SUITABLE
    assert nmt.reasons[0].rule == "point"
    assert nmt.against[0].rule == "thinner"


def test_the_lowest_pressure_counts() -> None:
    assert result(blood_thinner="yes", clot="no").pressure_limit == 3


def test_without_a_limit_the_highest_level_of_the_scale_counts() -> None:
    soft = replace(TABLE, pressure=("light", "medium", "firm", "hard"))
    assert assess(QUESTIONNAIRE, soft, HEALTHY).pressure_limit == 4


def test_a_therapy_for_pain_is_ruled_out_when_every_painful_site_is_spared() -> None:
    calf = result(pain_sites=("calf_left",), goals=("less_pain",), blood_thinner="yes", clot="yes")
    assert "clot" in [one.rule for one in calf.therapies[0].against]
    assert [(note.site, note.pressure_limit) for note in calf.site_notes] == [("calf_left", 0)]


def test_a_clear_winner_leads_by_four() -> None:
    focal = result(pain_sites=("neck",), goals=("less_pain",))
    assert focal.recommendation.kind is RecommendationKind.THERAPY
    assert focal.recommendation.therapies == ("nmt",)
    assert focal.recommendation.strength is Strength.CLEAR


def test_a_lead_of_less_than_two_is_a_tie() -> None:
    tie = result(pain_sites=("neck",), goals=("relax",))
    assert tie.recommendation.kind is RecommendationKind.EITHER
    assert tie.recommendation.therapies == ("nmt", "swedish")
    assert tie.recommendation.text == "NMT or SWEDISH, either."


def test_a_problem_and_a_wish_to_rest_make_a_sequence() -> None:
    both = result(pain_sites=("neck",), goals=("relax", "less_pain"))
    assert both.recommendation.kind is RecommendationKind.SEQUENCE
    assert both.recommendation.therapies == ("nmt", "swedish")
    assert both.recommendation.text == "NMT first, later SWEDISH."


def test_too_little_to_go_by_names_only_the_least_intense_choice() -> None:
    vague = result(goals=("none",), age="declined")
    assert vague.recommendation.kind is RecommendationKind.NOT_ENOUGH_INFORMATION
    assert vague.recommendation.therapies == ("swedish",)
    assert Status.SUGGESTED not in {one.status for one in vague.therapies}


def test_a_form_in_play_takes_the_place_of_its_therapy() -> None:
    assert result(age=95).recommendation.therapies == ("warm",)


def test_a_sole_form_leaves_no_other_form_of_the_family() -> None:
    young = result(age=20)
    assert young.recommendation.therapies == ("prenatal",)
    assert status(young, "swedish") is Status.NOT_SUITABLE
    assert status(young, "warm") is Status.NOT_SUITABLE


def test_a_sole_form_is_not_offered_to_others() -> None:
    assert status(result(), "prenatal") is Status.NOT_SUITABLE


def test_the_trace_names_every_rule_that_fired_and_its_answers() -> None:
    trace = {one.rule: one.because for one in result(pain_sites=("neck",)).trace}
    assert trace == {"point": {"pain_sites": ("neck",)}, "rest": {"goals": ("relax",)}}


def some_answers() -> st.SearchStrategy[Answers]:
    """Any mixture of given, special and missing answers."""

    def answer(question_id: str) -> st.SearchStrategy[Answer]:
        question = QUESTIONNAIRE[question_id]
        ids = [option.id for option in question.options]
        match question.kind:
            case Kind.NUMBER:
                return st.integers(0, 120) | st.just("declined")
            case Kind.MANY:
                several = st.lists(st.sampled_from(ids), min_size=1, unique=True).map(
                    lambda chosen: tuple(one for one in ids if one in chosen)
                )
                return several | st.sampled_from([(one,) for one in question.specials])
            case Kind.ONE:
                return st.sampled_from([*ids, *question.specials])
            case Kind.TEXT:
                return st.text(max_size=20)

    every = {question.id: answer(question.id) for question in QUESTIONNAIRE.questions}
    return st.fixed_dictionaries({}, optional=every)


@given(some_answers())
def test_nothing_is_suggested_when_a_doctor_is_needed_at_once(answers: Answers) -> None:
    assessment = assess(QUESTIONNAIRE, TABLE, answers)
    if assessment.disposition.forbids_therapy:
        assert assessment.therapies == ()
        assert assessment.recommendation.therapies == ()


@given(some_answers())
def test_answers_that_do_not_apply_never_change_the_result(answers: Answers) -> None:
    from nmtchoose.engine.interview import state

    kept = state(QUESTIONNAIRE, TABLE, answers).kept
    assert assess(QUESTIONNAIRE, TABLE, kept) == assess(QUESTIONNAIRE, TABLE, answers)


@given(some_answers(), st.sampled_from(["chest", "face"]))
def test_one_more_sign_never_makes_the_disposition_better(answers: Answers, one_more: str) -> None:
    ticked = chosen(answers.get("signs", ()))
    fewer = assess(QUESTIONNAIRE, TABLE, {**answers, "signs": ticked or ("none",)})
    signs = tuple(one for one in ("chest", "face") if one in (*ticked, one_more))
    more = assess(QUESTIONNAIRE, TABLE, {**answers, "signs": signs})
    assert more.disposition.severity >= fewer.disposition.severity
