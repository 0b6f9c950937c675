"""The desk is asked what became of an intake."""

from __future__ import annotations

import pytest

from nmtchoose.desk.amending import ask_outcome
from nmtchoose.model.rules import RuleTable
from nmtchoose.records.entries import Outcome, Record
from tests.prompts.script import ScriptedPrompter
from tests.records.examples import intake
from tests.shipped import shipped_pair


def asked(
    *choices: str, typed: str = "", disposition: str = "proceed", therapies: tuple[str, ...] = ("nmt",)
) -> Outcome:
    """Choose these one after another for a record with that result."""
    rules: RuleTable = shipped_pair()[1]
    record = Record(intake(disposition=disposition, therapies=therapies))
    with ScriptedPrompter({"words": typed} if typed else {}, choices) as prompter:
        return ask_outcome(record, rules, "Sam", prompter)


def test_as_suggested_is_one_key() -> None:
    told = asked("as_suggested")
    assert (told.booked, told.why, told.by) == (("nmt",), "", "Sam")


def test_nothing_booked_needs_no_reason() -> None:
    assert asked("nothing").booked == ()


def test_who_departs_is_asked_why() -> None:
    told = asked("hot_stone", "done", "client_wished", "yes", typed="She likes the warmth.")
    assert (told.booked, told.why, told.words) == (("hot_stone",), "client_wished", "She likes the warmth.")


def test_several_may_be_booked() -> None:
    assert asked("swedish", "chair", "done", "nobody_free", "no").booked == ("swedish", "chair")


@pytest.mark.parametrize("disposition", ["call_emergency", "medical_urgent", "medical_soon"])
def test_after_a_doctors_visit_it_is_asked_what_was_found(disposition: str) -> None:
    told = asked("nothing", "yes", typed="Nothing serious.", disposition=disposition)
    assert (told.booked, told.doctor) == ((), "Nothing serious.")
