"""The numbers of a report, from records as they are stored."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from nmtchoose.model.rules import RuleTable
from nmtchoose.pages.report import sections
from nmtchoose.records.entries import Outcome, Record
from nmtchoose.records.report import deciding, departed, report_on
from nmtchoose.words.terms import STEPS
from tests.records.examples import intake, outcome
from tests.shipped import shipped_pair

RULES: RuleTable = shipped_pair()[1]
STEPS_MET = ("a_little_better", "the_same", "much_worse")
CHANGE = "Change of pain (0 to 10; below 0 is less)"


def record(*outcomes: Outcome, pain: int = 6, **result: Any) -> Record:
    """Return a record with Swedish massage suggested, for whom the pain was so bad."""
    taken = intake(therapies=("swedish",))
    answers = {**taken.answers, "pain_now": pain}
    return Record(replace(taken, answers=answers, assessment={**taken.assessment, **result}), outcomes=outcomes)


def figures(*records: Record, small: bool = True) -> dict[str, str]:
    told = sections(report_on(records, RULES), RULES, small=small, departures=False)
    return {one.label: one.value for _, some in told for one in some}


def test_a_change_is_the_number_now_less_the_one_before() -> None:
    back = [outcome(booked=("swedish",)), outcome(22, booked=None, problem=2, change="better")]
    assert figures(record(*back, pain=6), record(*back, pain=4))[CHANGE].startswith("mean -3.0")


def test_who_did_not_come_back_is_counted_nowhere() -> None:
    told = figures(record(outcome(booked=("swedish",))))
    assert (told["Booked"], told["Came back and said how it went"]) == ("1", "0")
    assert CHANGE not in told


def test_small_groups_are_hidden() -> None:
    told = figures(*[record(outcome(booked=("swedish",)))] * 4, small=False)
    assert told["Booked"] == "fewer than 5"
    assert figures(*[record(outcome(booked=("swedish",)))] * 5, small=False)["Booked"] == "5"


def test_a_small_group_is_not_told_by_what_is_left_of_the_whole() -> None:
    better, same, worse = (outcome(22, booked=None, problem=2, change=one) for one in STEPS_MET)
    came = [(better, 9), (same, 6), (worse, 2)]
    told = figures(
        *(record(outcome(booked=("swedish",)), one) for one, times in came for _ in range(times)), small=False
    )
    assert [told[STEPS[one]] for one in STEPS_MET] == ["9 (53%)", "not printed", "fewer than 5"]


def test_booking_less_than_was_suggested_is_no_departure() -> None:
    assert departed(record(outcome(booked=()))) is False
    assert departed(record(outcome(booked=("nmt",), why="other"))) is True
    assert departed(record()) is None


def test_what_spoke_against_what_was_booked_decided() -> None:
    against = [{"rule": "sole-form", "text": ""}, {"rule": "blood-thinner", "text": ""}]
    therapies = [{"id": "nmt", "reasons": [], "against": against}]
    taken = record(outcome(booked=("nmt",), why="other"), therapies=therapies)
    assert deciding(taken, RULES) == ("blood-thinner",)


def test_else_the_rule_that_set_the_result_decided() -> None:
    trace = [{"rule": "wants-to-relax"}, {"rule": "chest-pressure"}]
    taken = record(outcome(booked=("nmt",), why="other"), trace=trace, disposition="call_emergency")
    assert deciding(taken, RULES) == ("chest-pressure",)
