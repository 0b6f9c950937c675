"""Properties of every single set of answers, on a sound table and on seeded mistakes."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from nmtchoose.engine.assess import assess
from nmtchoose.model.condition import AllOf, InRange, Is, Not
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import Guarantee, RuleTable, Stage
from nmtchoose.model.tables import Tables
from nmtchoose.proof.prove import prove
from nmtchoose.proof.results import Property
from tests.engine.small import sign
from tests.proof.proving import examples, finding, holds
from tests.proof.tables import QUESTIONNAIRE, SOUND, rule, with_rules

THINNER = Is("blood_thinner", ("yes",))


def promising(promised: Guarantee, table: RuleTable = SOUND) -> RuleTable:
    return replace(table, guarantees=(promised,))


def test_every_property_of_a_sound_table_is_proved() -> None:
    assert not any(one.problems for one in prove(Tables(QUESTIONNAIRE, SOUND)).findings)


def test_an_emergency_rule_without_a_disposition_is_found() -> None:
    forgotten = with_rules(rule("face", Stage.EMERGENCY, sign("face")))
    (example,) = examples(Property.NO_THERAPY_IN_AN_EMERGENCY, forgotten)
    assert example.subject == "face"
    assert example.words == ("signs: Face",)
    assert "deep_tissue" in example.problem


def test_an_urgent_rule_that_only_fires_beside_another_one_is_sound() -> None:
    beside = rule("beside", Stage.EMERGENCY, AllOf((sign("face"), sign("chest"))))
    assert holds(Property.NO_THERAPY_IN_AN_EMERGENCY, with_rules(beside))


def test_a_sequence_that_can_name_one_therapy_twice_is_found() -> None:
    plan = replace(SOUND.decision.sequences[0], later=("nmt", "swedish"))
    twice = replace(SOUND, decision=replace(SOUND.decision, sequences=(plan,)))
    (example,) = examples(Property.ONE_RESULT, twice)
    assert example.problem.endswith("names one therapy twice: nmt, nmt")
    recommended = assess(QUESTIONNAIRE, twice, example.answers).recommendation
    assert recommended.therapies == ("nmt", "nmt")


@pytest.mark.parametrize(
    "promised",
    [
        Guarantee("floor", THINNER, "", disposition_at_least=Disposition.PROCEED_WITH_CARE),
        Guarantee("never", THINNER, "", never_suggest=("nmt", "deep_tissue")),
        Guarantee("ceiling", THINNER, "", pressure_at_most=3),
        Guarantee("urgent", Is("later_life", ("temple",)), "", never_suggest=("swedish", "warm", "prenatal")),
    ],
    ids=lambda promised: promised.id,
)
def test_a_guarantee_that_the_rules_keep_is_proved(promised: Guarantee) -> None:
    assert holds(Property.GUARANTEES_HOLD, promising(promised))


def test_a_broken_floor_is_shown_with_the_plainest_answers() -> None:
    promised = Guarantee("floor", THINNER, "", disposition_at_least=Disposition.CLEARANCE)
    (example,) = examples(Property.GUARANTEES_HOLD, promising(promised))
    assert (example.subject, example.problem) == ("floor", "the disposition is proceed_with_care")
    assert example.words == ("goals: Relax", "blood_thinner: Yes") or example.words == ("blood_thinner: Yes",)


def test_the_plainest_answers_are_complete_and_all_else_is_denied() -> None:
    promised = Guarantee("floor", THINNER, "", disposition_at_least=Disposition.CLEARANCE)
    (example,) = examples(Property.GUARANTEES_HOLD, promising(promised))
    assert assess(QUESTIONNAIRE, SOUND, example.answers).complete
    assert {question: answer for question, answer in example.answers.items() if question not in ("age", "notes")} == {
        "signs": ("none",),
        "pain_sites": ("none",),
        "goals": ("none",),
        "blood_thinner": "yes",
        "clot": "no",
        "later_life": ("none",),
    }


def test_a_therapy_that_is_only_listed_as_possible_counts_as_suggested() -> None:
    promised = Guarantee("never", Is("goals", ("relax",)), "", never_suggest=("deep_tissue",))
    (example,) = examples(Property.GUARANTEES_HOLD, promising(promised))
    assert example.problem == "this is offered: deep_tissue"


def test_a_therapy_on_hold_is_not_suggested() -> None:
    held = rule("thinner", Stage.CONTRAINDICATION, THINNER, ask_first=("nmt",))
    promised = Guarantee("never", THINNER, "", never_suggest=("nmt",))
    assert holds(Property.GUARANTEES_HOLD, promising(promised, with_rules(held)))


def test_a_dropped_exclusion_breaks_its_guarantee() -> None:
    promised = Guarantee("never", THINNER, "", never_suggest=("nmt", "deep_tissue"))
    dropped = with_rules(rule("thinner", Stage.CONTRAINDICATION, THINNER, pressure_limit=3, exclude=("nmt",)))
    (example,) = examples(Property.GUARANTEES_HOLD, promising(promised, dropped))
    assert example.problem == "this is offered: deep_tissue"


def test_a_threshold_off_by_one_breaks_its_guarantee_at_the_threshold() -> None:
    late = with_rules(rule("wait", Stage.DEFER, InRange("age", None, 14), disposition=Disposition.DEFER))
    promised = Guarantee("child", InRange("age", None, 15), "", disposition_at_least=Disposition.DEFER)
    (example,) = examples(Property.GUARANTEES_HOLD, promising(promised, late))
    assert example.answers["age"] == 15


def test_a_pressure_ceiling_says_nothing_where_no_therapy_may_be_named() -> None:
    promised = Guarantee("ceiling", sign("chest"), "", pressure_at_most=1)
    assert holds(Property.GUARANTEES_HOLD, promising(promised))


def test_a_guarantee_that_never_applies_is_remarked() -> None:
    promised = Guarantee("never", AllOf((THINNER, Not(THINNER))), "", pressure_at_most=1)
    assert finding(Property.GUARANTEES_HOLD, promising(promised)).remarks == (
        "The guarantee never never applies: no answers meet its condition.",
    )
