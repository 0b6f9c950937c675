"""The interview is a replay of answers."""

from __future__ import annotations

from nmtchoose.engine.interview import offered, state
from nmtchoose.model.answers import Answers
from tests.engine.small import HEALTHY, QUESTIONNAIRE, TABLE


def current(answers: Answers) -> str | None:
    question = state(QUESTIONNAIRE, TABLE, answers).current
    return question.id if question else None


def test_it_begins_with_the_first_question() -> None:
    assert current({}) == "signs"


def test_it_goes_to_the_first_question_without_an_answer() -> None:
    assert current({"signs": ("none",), "pain_sites": ("neck",)}) == "age"


def test_questions_that_do_not_apply_are_skipped() -> None:
    assert current({**HEALTHY, "notes": "quiet please"}) is None


def test_a_follow_up_is_asked_when_it_applies() -> None:
    assert current({**HEALTHY, "blood_thinner": "yes"}) == "clot"


def test_an_emergency_ends_it_at_once() -> None:
    at_once = state(QUESTIONNAIRE, TABLE, {"signs": ("face",)})
    assert at_once.emergency
    assert at_once.current is None
    assert at_once.missing == ()


def test_after_an_urgent_referral_only_questions_that_could_show_an_emergency_are_asked() -> None:
    urgent: Answers = {"age": 60, "later_life": ("temple",)}
    assert state(QUESTIONNAIRE, TABLE, urgent).missing == ("signs",)
    assert current({**urgent, "signs": ("none",)}) is None


def test_an_answer_that_no_longer_applies_is_dropped_and_named() -> None:
    changed = state(QUESTIONNAIRE, TABLE, {**HEALTHY, "blood_thinner": "no", "clot": "yes"})
    assert changed.dropped == ("clot",)
    assert "clot" not in changed.kept


def test_free_text_is_asked_but_never_missing() -> None:
    almost = state(QUESTIONNAIRE, TABLE, HEALTHY)
    assert almost.current is not None
    assert almost.current.id == "notes"
    assert almost.missing == ()


def test_the_path_holds_the_answered_questions_and_the_current_one() -> None:
    path = state(QUESTIONNAIRE, TABLE, {"signs": ("none",), "age": 30}).path
    assert [question.id for question in path] == ["signs", "age", "pain_sites"]


def test_options_that_cannot_matter_are_not_offered() -> None:
    question = QUESTIONNAIRE["later_life"]
    assert [option.id for option in offered(QUESTIONNAIRE, question, {"age": 30})] == ["stiff"]
    assert [option.id for option in offered(QUESTIONNAIRE, question, {"age": 60})] == ["temple", "stiff"]


def test_an_option_is_offered_when_it_cannot_be_told_whether_it_matters() -> None:
    question = QUESTIONNAIRE["later_life"]
    assert "temple" in [option.id for option in offered(QUESTIONNAIRE, question, {"age": "declined"})]
