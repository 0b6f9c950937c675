"""One more risk never leads to a milder result: what counts as one, and seeded mistakes."""

from __future__ import annotations

from msgspec.structs import replace

from nmtchoose.engine.assess import assess
from nmtchoose.model.answers import Answers
from nmtchoose.model.condition import AllOf, Answered, Is, Not
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Kind, Purpose
from nmtchoose.model.rules import Rule, Sites, Stage
from nmtchoose.proof.results import Property
from tests.engine.small import CLOT, PAIN, SIGNS, THINNER, sign
from tests.engine.small import QUESTIONNAIRE as PLAIN_QUESTIONNAIRE
from tests.proof.proving import examples, finding, holds
from tests.proof.tables import QUESTIONNAIRE, SOUND, asking, over, question, reassured, rule, with_rules

MILDER = Property.MORE_RISK_NEVER_MILDER
BLEEDS = Is("blood_thinner", ("yes",))


def defer(rule_id: str, when: object) -> Rule:
    return rule(rule_id, Stage.DEFER, when, disposition=Disposition.DEFER)  # type: ignore[arg-type]


def test_a_flipped_not_is_found() -> None:
    flipped = with_rules(rule("thinner", Stage.CONTRAINDICATION, Not(BLEEDS), exclude=("deep_tissue",)))
    (example,) = examples(MILDER, flipped)
    assert example.subject == "blood_thinner"
    assert example.after is not None
    assert (example.answers["blood_thinner"], example.after["blood_thinner"]) == ("no", "yes")


def test_a_second_sign_that_switches_the_first_rule_off_is_found() -> None:
    alone = AllOf((sign("chest"), Not(sign("face"))))
    switched = with_rules(rule("chest", Stage.EMERGENCY, alone, disposition=Disposition.CALL_EMERGENCY))
    (example,) = [one for one in examples(MILDER, switched) if one.subject == "signs"]
    assert example.after is not None
    assert (example.answers["signs"], example.after["signs"]) == (("chest",), ("chest", "face"))
    assert "call_emergency -> emergency_today" in example.problem


def test_a_risk_that_hides_a_question_with_another_risk_is_found() -> None:
    rash = question("rash", Kind.ONE, "yes", "no", ask_when=Is("blood_thinner", ("no",)), specials=())
    questionnaire = asking(reassured(THINNER), reassured(rash))
    table = over(
        questionnaire,
        defer("rash", Is("rash", ("yes",))),
        rule("thinner", Stage.CONTRAINDICATION, BLEEDS, pressure_limit=3),
    )
    (example,) = examples(MILDER, table, questionnaire)
    assert example.answers == {"blood_thinner": "no", "rash": "yes"}
    assert example.after == {"blood_thinner": "yes"}


def test_a_question_that_applies_only_after_the_step_may_have_any_answer() -> None:
    unless_clot = AllOf((Is("blood_thinner", ("no", "yes")), Not(Is("clot", ("yes",)))))
    questionnaire = asking(reassured(THINNER), reassured(CLOT))
    talk = rule("unless", Stage.CONTRAINDICATION, unless_clot, disposition=Disposition.CLEARANCE)
    (example, *_) = examples(MILDER, over(questionnaire, talk), questionnaire)
    assert example.answers == {"blood_thinner": "no"}
    assert example.after == {"blood_thinner": "yes", "clot": "yes"}


def test_not_sure_in_place_of_no_is_a_risk_too() -> None:
    questionnaire = asking(reassured(THINNER))
    known = over(questionnaire, defer("known", Is("blood_thinner", ("no", "yes"))))
    (example,) = examples(MILDER, known, questionnaire)
    assert example.after == {"blood_thinner": "unsure"}
    assert "defer -> clearance" in example.problem


def test_not_sure_in_place_of_a_risk_is_no_step() -> None:
    questionnaire = asking(reassured(THINNER))
    assert holds(MILDER, over(questionnaire, defer("bleeds", BLEEDS)), questionnaire)


def test_an_answer_in_place_of_a_missing_one_is_no_step() -> None:
    questionnaire = asking(reassured(THINNER))
    unanswered = rule("unanswered", Stage.DEFER, Not(Answered("blood_thinner")), disposition=Disposition.CLEARANCE)
    assert holds(MILDER, over(questionnaire, unanswered), questionnaire)


def test_not_sure_about_a_list_of_signs_becomes_any_of_them() -> None:
    questionnaire = asking(SIGNS)
    table = over(questionnaire, rule("chest", Stage.EMERGENCY, sign("chest"), disposition=Disposition.CALL_EMERGENCY))
    assert holds(MILDER, table, questionnaire)
    none_ticked = over(questionnaire, defer("none", Is("signs", ("none",))))
    steps = [one.after for one in examples(MILDER, none_ticked, questionnaire)]
    assert {"signs": ("chest",)} in steps or {"signs": ("face",)} in steps


def test_one_more_place_that_hurts_is_no_risk() -> None:
    places = tuple(
        replace(PAIN, purpose=Purpose.SAFETY) if one.id == PAIN.id else one for one in QUESTIONNAIRE.questions
    )
    calf_spared: Answers = {"blood_thinner": "yes", "clot": "yes", "pain_sites": ("calf_left",)}
    assert assess(QUESTIONNAIRE, SOUND, calf_spared).site_notes
    assert holds(MILDER, SOUND, asking(*places))


def test_a_place_to_spare_is_only_added_to_others() -> None:
    spare = replace(question("spare", Kind.MANY, "neck", "calf_left"), sites=True)
    questionnaire = asking(PAIN, spare)
    spare_all = rule("all", Stage.CONTRAINDICATION, Is("spare", ("none",)), avoid=Sites(marked_in=("pain_sites",)))
    marked = rule("marked", Stage.CONTRAINDICATION, Not(Is("spare", ("none",))), avoid=Sites(marked_in=("spare",)))
    assert holds(MILDER, over(questionnaire, spare_all, marked), questionnaire)


def test_a_place_that_takes_the_care_from_another_place_is_found() -> None:
    spare = replace(question("spare", Kind.MANY, "neck", "calf_left"), sites=True)
    questionnaire = asking(spare)
    only_neck = AllOf((Is("spare", ("neck",)), Not(Is("spare", ("calf_left",)))))
    table = over(questionnaire, rule("neck", Stage.CONTRAINDICATION, only_neck, avoid=Sites(named=("neck",))))
    (example,) = examples(MILDER, table, questionnaire)
    assert example.answers == {"spare": ("neck",)}
    assert example.after == {"spare": ("neck", "calf_left")}


def test_unticking_something_reassuring_is_a_risk_where_all_options_are() -> None:
    mild = question("mild", Kind.MANY, "slow", "days_ago", specials=())
    calm = replace(mild, options=tuple(replace(one, reassuring=True) for one in mild.options))
    questionnaire = asking(calm)
    sound = defer("not-slow", Not(Is("mild", ("slow",))))
    assert holds(MILDER, over(questionnaire, sound), questionnaire)
    (example,) = examples(MILDER, over(questionnaire, defer("slow", Is("mild", ("slow",)))), questionnaire)
    assert (example.answers, example.after) == ({"mild": ("slow",)}, {"mild": ("none",)})


def test_a_sole_form_that_comes_into_play_was_never_ruled_out() -> None:
    therapies = tuple(replace(one, choose_when=BLEEDS) if one.id == "prenatal" else one for one in SOUND.therapies)
    assert holds(MILDER, replace(SOUND, therapies=therapies))


def test_an_advice_that_is_open_until_the_risk_is_known_is_found() -> None:
    questionnaire = asking(reassured(THINNER), reassured(question("seen", Kind.ONE, "yes", "no")))
    advice = rule("advice", Stage.MEDICAL, AllOf((Is("blood_thinner", ("no",)), Is("seen", ("no",)))))
    (example, *_) = examples(MILDER, over(questionnaire, advice), questionnaire)
    assert example.answers == {"blood_thinner": "no", "seen": "unsure"}
    assert "clearance -> proceed" in example.problem


def test_single_choices_without_a_reassuring_option_are_remarked() -> None:
    remarks = finding(MILDER, SOUND, PLAIN_QUESTIONNAIRE).remarks
    assert remarks == ("Not looked at, since no option is marked as reassuring: blood_thinner, clot.",)


def test_the_one_of_many_options_that_eases_is_named() -> None:
    several = question("seen", Kind.MANY, "rash", "lump", "sore", specials=("none", "unsure"))
    questionnaire = asking(several)
    unless = rule("unless", Stage.MEDICAL, AllOf((Is("seen", ("rash",)), Not(Is("seen", ("sore",))))), pressure_limit=1)
    (example,) = examples(MILDER, over(questionnaire, unless), questionnaire)
    assert example.after == {"seen": ("rash", "sore")}
    assert example.problem.startswith("with 'Sore' at seen as well")
