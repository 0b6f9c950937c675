"""What staff are told when an answer raises a flag."""

from __future__ import annotations

from msgspec.structs import replace

from nmtchoose.desk.intake import Noting
from nmtchoose.model.answers import Answers
from nmtchoose.model.condition import AllOf, Condition, Is
from nmtchoose.model.rules import Effects, Rule, RuleTable, Stage
from nmtchoose.model.tables import Tables
from tests.prompts.clinic import QUESTIONNAIRE, RULES

FEVER, PREGNANT = Is("fever", ("yes",)), Is("pregnant", ("yes",))
CALM: Answers = {"signs": ("none",)}


def rule(
    name: str, when: Condition, stage: Stage = Stage.DEFER, tell: str = "Take the temperature. Then wait."
) -> Rule:
    return Rule(name, stage, when, Effects(), sources=("book",), tell_therapist=tell)


def noting(*rules: Rule, before: Answers = CALM) -> Noting:
    table: RuleTable = replace(RULES, rules=rules)
    return Noting(Tables(QUESTIONNAIRE, table), before)


def test_a_flag_is_one_line_with_the_first_sentence_to_the_therapist() -> None:
    lines = noting(rule("high-fever", FEVER)).after({**CALM, "fever": "yes"})
    assert lines == ("Noted: Take the temperature.",)


def test_it_is_noted_once() -> None:
    notes = noting(rule("fever", FEVER))
    notes.after({**CALM, "fever": "yes"})
    assert notes.after({**CALM, "fever": "yes", "age": 44}) == ()


def test_it_is_noted_again_when_it_went_away_and_came_back() -> None:
    notes = noting(rule("fever", FEVER))
    assert len(notes.after({**CALM, "fever": "yes"})) == 1
    assert notes.after({**CALM, "fever": "no"}) == ()
    assert len(notes.after({**CALM, "fever": "yes"})) == 1


def test_what_was_known_before_is_not_noted() -> None:
    before = {**CALM, "fever": "yes"}
    assert noting(rule("fever", FEVER), before=before).after({**before, "age": 44}) == ()


def test_private_answers_raise_no_note() -> None:
    notes = noting(rule("pregnant", PREGNANT), rule("both", AllOf((FEVER, PREGNANT))))
    assert notes.after({**CALM, "fever": "yes", "pregnant": "yes"}) == ()


def test_rules_that_are_not_about_safety_raise_no_note() -> None:
    assert noting(rule("likes", FEVER, stage=Stage.FIT)).after({**CALM, "fever": "yes"}) == ()


def test_many_flags_at_once_are_counted() -> None:
    lines = noting(*(rule(f"fever-{number}", FEVER) for number in range(5))).after({**CALM, "fever": "yes"})
    assert len(lines) == 4
    assert lines[-1] == "Noted: 2 more; see the result."
