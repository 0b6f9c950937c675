"""Two versions of the files: is any result less strict, and with which answers?"""

from __future__ import annotations

from msgspec.structs import replace

from nmtchoose.engine.assess import assess
from nmtchoose.model.condition import InRange, Is, Not
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Kind, Questionnaire
from nmtchoose.model.rules import RuleTable, Sites, Stage
from nmtchoose.model.tables import Tables
from nmtchoose.proof.less_strict import LessStrict, find_less_strict
from tests.engine.small import THINNER
from tests.proof.tables import QUESTIONNAIRE, SOUND, asking, over, question, rule, with_rules

BLEEDS = Is("blood_thinner", ("yes",))


def loosened(table: RuleTable, questionnaire: Questionnaire = QUESTIONNAIRE) -> LessStrict | None:
    return find_less_strict(Tables(QUESTIONNAIRE, SOUND), Tables(questionnaire, table))


def without(rule_id: str) -> RuleTable:
    return replace(SOUND, rules=tuple(one for one in SOUND.rules if one.id != rule_id))


def test_the_same_files_are_as_strict_as_before() -> None:
    assert loosened(SOUND) is None


def test_stricter_files_are_not_less_strict() -> None:
    assert loosened(with_rules(rule("more", Stage.DEFER, BLEEDS, disposition=Disposition.DEFER))) is None


def test_other_points_are_neither_stricter_nor_less_strict() -> None:
    assert loosened(with_rules(rule("rest", Stage.FIT, Is("goals", ("relax",)), fit={"deep_tissue": 9}))) is None


def test_a_dropped_rule_is_shown_with_the_answers_that_need_it() -> None:
    found = loosened(without("temple"))
    assert found is not None
    assert found.problems == ("disposition: medical_urgent -> proceed",)
    assert found.answers["later_life"] == ("temple",)
    assert found.answers == found.answers_after


def test_a_dropped_exclusion_is_found_although_the_disposition_stays() -> None:
    found = loosened(with_rules(rule("thinner", Stage.CONTRAINDICATION, BLEEDS, pressure_limit=3, exclude=("nmt",))))
    assert found is not None
    assert found.problems == ("deep_tissue: ruled out -> possible",)
    assert found.words == ("blood_thinner: Yes",)


def test_a_raised_limit_is_found() -> None:
    raised = rule("thinner", Stage.CONTRAINDICATION, BLEEDS, pressure_limit=4, exclude=("nmt", "deep_tissue"))
    found = loosened(with_rules(raised))
    assert found is not None
    assert "pressure limit: 3 -> 4" in found.problems


def test_a_place_that_is_no_longer_spared_is_found() -> None:
    spared = rule("clot", Stage.CONTRAINDICATION, Is("clot", ("yes",)), avoid=Sites(named=("neck",)))
    found = loosened(with_rules(spared))
    assert found is not None
    assert "pressure on calf_left: 0 -> 5" in found.problems


def test_a_threshold_off_by_one_is_found_at_the_threshold() -> None:
    found = loosened(with_rules(rule("wait", Stage.DEFER, InRange("age", None, 14), disposition=Disposition.DEFER)))
    assert found is not None
    assert found.answers["age"] == 15


def test_a_flipped_not_is_found() -> None:
    flipped = rule("lump", Stage.MEDICAL, Not(Is("later_life", ("stiff",))), disposition=Disposition.MEDICAL_SOON)
    found = loosened(with_rules(flipped))
    assert found is not None
    assert found.answers["later_life"] == ("stiff",)


def test_a_question_that_is_asked_of_fewer_people_is_found() -> None:
    fewer = tuple(
        replace(one, ask_when=InRange("age", 30, None)) if one.id == "blood_thinner" else one
        for one in QUESTIONNAIRE.questions
    )
    found = loosened(SOUND, asking(*fewer))
    assert found is not None
    assert found.answers["blood_thinner"] in ("yes", "unsure", "declined")
    assert "blood_thinner" not in found.answers_after
    assert assess(asking(*fewer), SOUND, found.answers_after).disposition is Disposition.PROCEED


def test_a_new_question_may_be_answered_in_any_way() -> None:
    old = asking(THINNER)
    new = asking(THINNER, question("seen", Kind.ONE, "yes", "no"))
    table = over(old, rule("thinner", Stage.DEFER, BLEEDS, disposition=Disposition.DEFER))
    eased = rule("thinner", Stage.DEFER, Is("seen", ("no",)), disposition=Disposition.DEFER)
    found = find_less_strict(Tables(old, table), Tables(new, over(new, eased)))
    assert found is not None
    assert (found.answers, found.answers_after) == (
        {"blood_thinner": "yes"},
        {"blood_thinner": "yes", "seen": "yes"},
    )


def test_new_words_and_another_order_of_rules_change_nothing() -> None:
    reordered = replace(SOUND, rules=tuple(reversed(SOUND.rules)))
    renamed = asking(*(replace(one, why="Another reason.") for one in QUESTIONNAIRE.questions))
    assert loosened(reordered, renamed) is None


def test_a_number_question_with_other_bounds_is_compared_where_both_go() -> None:
    wider = asking(*(replace(one, maximum=130) if one.id == "age" else one for one in QUESTIONNAIRE.questions))
    narrower = asking(*(replace(one, maximum=100) if one.id == "age" else one for one in QUESTIONNAIRE.questions))
    assert find_less_strict(Tables(QUESTIONNAIRE, SOUND), Tables(wider, SOUND)) is None
    assert find_less_strict(Tables(wider, SOUND), Tables(QUESTIONNAIRE, SOUND)) is None
    assert find_less_strict(Tables(QUESTIONNAIRE, SOUND), Tables(narrower, SOUND)) is None
