"""What a condition means when answers are given, missing, unsure or declined."""

from __future__ import annotations

import pytest

from nmtchoose.engine.evaluate import because, behind, open_questions, truth, view
from nmtchoose.model.answers import Answers
from nmtchoose.model.condition import AllOf, Answered, AnyOf, AtLeastOf, CountAtLeast, InRange, Is, Not
from tests.engine.small import QUESTIONNAIRE, sign

YES = Is("blood_thinner", ("yes",))
OLD = InRange("age", 50, None)


def decided(condition: object, answers: Answers) -> bool | None:
    return truth(condition, view(QUESTIONNAIRE, answers))  # type: ignore[arg-type]


def test_an_answer_that_names_the_option_makes_the_condition_true() -> None:
    assert decided(YES, {"blood_thinner": "yes"}) is True


def test_an_answer_that_names_another_option_makes_it_false() -> None:
    assert decided(YES, {"blood_thinner": "no"}) is False


@pytest.mark.parametrize("answers", [{}, {"blood_thinner": "unsure"}, {"blood_thinner": "declined"}])
def test_no_answer_is_never_no(answers: Answers) -> None:
    assert decided(YES, answers) is None
    assert decided(Not(YES), answers) is None


def test_a_condition_may_ask_for_the_special_answer_itself() -> None:
    assert decided(Is("blood_thinner", ("declined",)), {"blood_thinner": "declined"}) is True


def test_a_question_that_does_not_apply_makes_conditions_false() -> None:
    assert decided(Is("clot", ("yes",)), {"blood_thinner": "no", "clot": "yes"}) is False


def test_a_question_whose_gate_is_unknown_leaves_conditions_unknown() -> None:
    assert decided(Is("clot", ("yes",)), {"blood_thinner": "unsure"}) is None


def test_an_answer_counts_although_its_gate_is_unknown() -> None:
    assert decided(Is("clot", ("yes",)), {"clot": "yes"}) is True


def test_none_of_these_is_an_explicit_no_to_every_option() -> None:
    assert decided(Is("later_life", ("stiff",)), {"later_life": ("none",)}) is False


def test_not_sure_on_a_list_of_signs_leaves_each_of_them_unknown() -> None:
    assert decided(sign("chest"), {"signs": ("unsure",)}) is None


def test_an_option_that_is_not_offered_does_not_count() -> None:
    young: Answers = {"age": 30, "later_life": ("temple", "stiff")}
    assert view(QUESTIONNAIRE, young).answers["later_life"] == ("stiff",)


@pytest.mark.parametrize(("age", "expected"), [(49, False), (50, True), (51, True)])
def test_bounds_are_included(age: int, expected: bool) -> None:
    assert decided(OLD, {"age": age}) is expected


def test_all_of_is_false_as_soon_as_one_part_is_false() -> None:
    assert decided(AllOf((YES, OLD)), {"age": 30}) is False


def test_any_of_is_true_as_soon_as_one_part_is_true() -> None:
    assert decided(AnyOf((YES, OLD)), {"age": 60}) is True


def test_at_least_is_unknown_while_unknown_parts_could_still_make_it() -> None:
    two = AtLeastOf(2, (YES, OLD, Is("later_life", ("stiff",))))
    assert decided(two, {"age": 60}) is None
    assert decided(two, {"age": 30, "later_life": ("none",)}) is False
    assert decided(two, {"age": 60, "later_life": ("stiff",)}) is True


def test_special_answers_are_not_counted_as_choices() -> None:
    two = CountAtLeast("later_life", 2)
    assert decided(two, {"age": 60, "later_life": ("temple", "stiff")}) is True
    assert decided(two, {"age": 60, "later_life": ("none",)}) is False
    assert decided(two, {"age": 60, "later_life": ("unsure",)}) is None


@pytest.mark.parametrize(("answers", "expected"), [({}, False), ({"age": "declined"}, False), ({"age": 3}, True)])
def test_answered_means_a_real_answer(answers: Answers, expected: bool) -> None:
    assert decided(Answered("age"), answers) is expected


def test_because_names_only_the_answers_that_decided() -> None:
    seen = view(QUESTIONNAIRE, {"age": 60, "blood_thinner": "no", "later_life": ("temple", "stiff")})
    assert because(AnyOf((YES, Is("later_life", ("stiff",)))), seen) == {"later_life": ("stiff",)}


def test_what_a_follow_up_followed_is_told_before_it() -> None:
    seen = view(QUESTIONNAIRE, {"blood_thinner": "yes", "clot": "yes"})
    assert list(behind({"clot": "yes"}, seen)) == [{"blood_thinner": "yes"}, {"clot": "yes"}]
    assert list(behind({"blood_thinner": "yes"}, seen)) == [{"blood_thinner": "yes"}]


def test_an_unknown_condition_names_the_question_to_ask() -> None:
    assert open_questions(AllOf((YES, OLD)), view(QUESTIONNAIRE, {"age": 60})) == {"blood_thinner"}


def test_an_unknown_gate_is_named_instead_of_the_question_behind_it() -> None:
    seen = view(QUESTIONNAIRE, {"blood_thinner": "unsure"})
    assert open_questions(Is("clot", ("yes",)), seen) == {"blood_thinner"}
