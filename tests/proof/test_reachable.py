"""Whatever can never happen is named, with the facts that rule it out."""

from __future__ import annotations

from msgspec.structs import replace

from nmtchoose.model.condition import AllOf, Answered, Fact, InRange, Is, Not
from nmtchoose.model.questionnaire import Kind
from nmtchoose.model.rules import Stage
from nmtchoose.proof.results import Property, Thing, Unreachable
from tests.engine.small import sign
from tests.proof.proving import holds, unreached
from tests.proof.tables import QUESTIONNAIRE, SOUND, asking, question, rule, with_rules


def test_a_dead_rule_is_explained_by_the_facts_that_rule_each_other_out() -> None:
    young = AllOf((InRange("age", None, 40), Is("goals", ("relax",)), Is("later_life", ("temple",))))
    (dead,) = unreached(Property.EVERY_RULE_CAN_FIRE, with_rules(rule("young", Stage.MEDICAL, young)))
    assert (dead.thing, dead.id) == (Thing.RULE, "young")
    assert "age is at most 40 years" in dead.reasons or "age is at most 40" in dead.reasons
    assert "later life includes Temple" in dead.reasons
    assert any(reason.startswith("at later_life, 'Temple' is offered only when age is") for reason in dead.reasons)
    assert not any("goals" in reason for reason in dead.reasons)


def test_a_question_that_is_asked_only_of_others_makes_a_rule_dead() -> None:
    both = AllOf((Is("blood_thinner", ("no",)), Fact("clot", AllOf((Is("clot", ("yes",)),)))))
    (dead,) = unreached(Property.EVERY_RULE_CAN_FIRE, with_rules(rule("both", Stage.MEDICAL, both)))
    assert "clot is asked only when blood thinner is Yes" in dead.reasons


def test_a_rule_that_fires_only_while_answers_are_missing_is_told_apart() -> None:
    unasked = AllOf((Not(Answered("pain_sites")), Is("signs", ("none",)), InRange("age", 16, 49)))
    found = unreached(Property.EVERY_RULE_CAN_FIRE, with_rules(rule("unasked", Stage.PLAN, unasked)))
    assert found == (Unreachable(Thing.RULE, "unasked", (), when_incomplete=True),)


def test_a_question_that_no_answers_lead_to_is_found() -> None:
    never = question("never", Kind.ONE, "yes", ask_when=AllOf((InRange("age", None, 20), InRange("age", 30, None))))
    (dead,) = unreached(Property.EVERY_QUESTION_CAN_BE_ASKED, SOUND, asking(*QUESTIONNAIRE.questions, never))
    assert (dead.thing, dead.id) == (Thing.QUESTION, "never")


def test_a_question_that_comes_only_after_an_emergency_is_never_asked() -> None:
    late = question("late", Kind.ONE, "yes", ask_when=sign("chest"))
    (dead,) = unreached(Property.EVERY_QUESTION_CAN_BE_ASKED, SOUND, asking(*QUESTIONNAIRE.questions, late))
    assert dead.reasons == ("whenever it would be asked, the answers before it have ended the interview",)


def test_an_urgent_sign_still_lets_questions_be_asked_that_could_show_an_emergency() -> None:
    worse = question("worse", Kind.ONE, "yes", "no", ask_when=Is("later_life", ("temple",)))
    emergency = rule("worse", Stage.EMERGENCY, Is("worse", ("yes",)), disposition=SOUND.rules[0].then.disposition)
    questionnaire = asking(*QUESTIONNAIRE.questions, worse)
    alone = unreached(Property.EVERY_QUESTION_CAN_BE_ASKED, SOUND, questionnaire)
    assert [one.id for one in alone] == ["worse"]
    assert holds(Property.EVERY_QUESTION_CAN_BE_ASKED, with_rules(emergency), questionnaire)


def test_an_option_that_is_never_offered_is_found() -> None:
    shown = question("more", Kind.MANY, "this", "that", show_when={"that": Is("goals", ("a_goal_of_old",))})
    (dead,) = unreached(Property.EVERY_QUESTION_CAN_BE_ASKED, SOUND, asking(*QUESTIONNAIRE.questions, shown))
    assert (dead.thing, dead.id) == (Thing.OPTION, "more=that")


def test_outcomes_that_no_rule_leads_to_are_found() -> None:
    rules = tuple(one for one in SOUND.rules if one.id != "wait")
    without_tie = replace(SOUND, rules=rules, decision=replace(SOUND.decision, winner_lead=0))
    found = unreached(Property.EVERY_OUTCOME_CAN_HAPPEN, without_tie)
    assert {(one.thing, one.id) for one in found} == {
        (Thing.DISPOSITION, "defer"),
        (Thing.RECOMMENDATION, "either"),
    }


def test_a_therapy_that_never_leads_is_found() -> None:
    points = tuple(one for one in SOUND.rules if one.id != "point")
    found = unreached(Property.EVERY_OUTCOME_CAN_HAPPEN, replace(SOUND, rules=points))
    assert (Thing.THERAPY, "nmt") in {(one.thing, one.id) for one in found}
