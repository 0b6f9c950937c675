"""What the solver writes for authors: answers that cover a table, and the nearest answers with another result."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from nmtchoose.authoring.recording import covering_answers
from nmtchoose.engine.assess import assess
from nmtchoose.model.answers import Answer
from nmtchoose.model.assessment import RecommendationKind
from nmtchoose.model.condition import AllOf, AnyOf, Is, Not
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Kind, Purpose, Question, Voices
from nmtchoose.model.rules import Stage
from nmtchoose.model.tables import Tables
from nmtchoose.proof.nearest import Change, nearest_changes
from tests.engine.small import HEALTHY
from tests.proof.tables import QUESTIONNAIRE, SOUND, rule, with_rules


def test_the_covering_answers_fire_every_rule_and_reach_every_outcome() -> None:
    results = [assess(QUESTIONNAIRE, SOUND, one) for one in covering_answers(Tables(QUESTIONNAIRE, SOUND))]
    assert all(one.complete for one in results)
    assert {firing.rule for one in results for firing in one.trace} == {one.id for one in SOUND.rules}
    assert {one.disposition for one in results} == set(Disposition)
    assert {one.recommendation.kind for one in results} == set(RecommendationKind)


def test_the_covering_answers_stand_on_both_sides_of_every_threshold() -> None:
    ages = {one.get("age") for one in covering_answers(Tables(QUESTIONNAIRE, SOUND))}
    assert ages >= {15, 16, 19, 20, 21, 49, 50, 89, 90}


def test_the_covering_answers_are_few() -> None:
    assert len(covering_answers(Tables(QUESTIONNAIRE, SOUND))) < len(SOUND.rules) + len(Disposition) + len(
        RecommendationKind
    )


def test_a_dead_rule_keeps_nothing_else_from_being_covered() -> None:
    dead = rule("dead", Stage.MEDICAL, AllOf((Is("clot", ("yes",)), Not(Is("blood_thinner", ("yes",))))))
    table = with_rules(dead)
    results = [assess(QUESTIONNAIRE, table, one) for one in covering_answers(Tables(QUESTIONNAIRE, table))]
    fired = {firing.rule for one in results for firing in one.trace}
    assert fired == {one.id for one in SOUND.rules}


def changes(**answers: Answer) -> tuple[Change, ...]:
    return nearest_changes(Tables(QUESTIONNAIRE, SOUND), {**HEALTHY, **answers})


def leading_to(disposition: Disposition, found: tuple[Change, ...]) -> Change:
    return next(one for one in found if one.assessment.disposition is disposition)


def test_a_number_is_changed_only_as_far_as_the_threshold() -> None:
    child = leading_to(Disposition.DEFER, changes(age=30))
    assert child.changed == {"age": (30, 15)}


def test_the_nearest_change_touches_one_answer_where_one_is_enough() -> None:
    emergency = leading_to(Disposition.EMERGENCY_TODAY, changes())
    assert emergency.changed == {"signs": (("none",), ("face",))}


def test_another_recommendation_is_a_change_too() -> None:
    recommended = {one.assessment.recommendation.therapies for one in changes()}
    assert ("warm",) in recommended
    assert ("nmt", "swedish") in recommended


def test_another_recommendation_is_looked_for_with_nothing_more_in_the_way() -> None:
    meanwhile = rule(
        "soon",
        Stage.MEDICAL,
        Is("blood_thinner", ("yes",)),
        disposition=Disposition.MEDICAL_SOON,
        still_sensible=("nmt",),
    )
    fits = [one for one in SOUND.rules if one.stage is Stage.FIT]
    found = nearest_changes(Tables(QUESTIONNAIRE, replace(SOUND, rules=(meanwhile, *fits))), HEALTHY)
    led = [one.assessment.disposition for one in found if one.assessment.recommendation.therapies == ("nmt",)]
    assert Disposition.PROCEED in led


def test_every_change_leads_to_another_result_and_none_is_told_twice() -> None:
    now = assess(QUESTIONNAIRE, SOUND, HEALTHY)
    found = changes()
    results = [
        (one.assessment.disposition, one.assessment.recommendation.kind, one.assessment.recommendation.therapies)
        for one in found
    ]
    assert len(set(results)) == len(results)
    assert (now.disposition, now.recommendation.kind, now.recommendation.therapies) not in results


def test_the_smallest_changes_come_first() -> None:
    sizes = [len(one.changed) for one in changes()]
    assert sizes == sorted(sizes)


def test_a_change_that_opens_another_question_is_larger() -> None:
    either = rule(
        "either",
        Stage.DEFER,
        AnyOf((Is("blood_thinner", ("yes",)), Is("signs", ("face",)))),
        disposition=Disposition.DEFER,
    )
    found = nearest_changes(Tables(QUESTIONNAIRE, replace(SOUND, rules=(either,))), HEALTHY)
    assert leading_to(Disposition.DEFER, found).changed == {"signs": (("none",), ("face",))}


@pytest.mark.parametrize("words", ["", "I sit a lot"])
def test_what_was_written_is_no_change(words: str) -> None:
    notes = Question("notes", "now", Kind.TEXT, Voices("More?", "More?"), Purpose.COMFORT, "To know.")
    questionnaire = replace(QUESTIONNAIRE, questions=(*QUESTIONNAIRE.questions, notes))
    found = nearest_changes(Tables(questionnaire, SOUND), {**HEALTHY, "notes": words})
    assert leading_to(Disposition.EMERGENCY_TODAY, found).changed == {"signs": (("none",), ("face",))}


def test_a_table_with_one_result_has_no_changes() -> None:
    always = rule("always", Stage.EMERGENCY, AllOf(()), disposition=Disposition.CALL_EMERGENCY)
    assert nearest_changes(Tables(QUESTIONNAIRE, replace(SOUND, rules=(always,))), HEALTHY) == ()
