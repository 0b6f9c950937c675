from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft7Validator
from msgspec.structs import replace

from nmtchoose.formats.assessment_json import answers_record, answers_schema, assessment_record, assessment_schema
from nmtchoose.model.rules import Firmness
from nmtchoose.words.terms import firmness_of
from tests.pages.clinic import ANSWERS, EMERGENCY, ENDINGS, QUESTIONNAIRE, RULES, TABLE, US, WITH_CARE

ANSWERS_SCHEMA = Draft7Validator(answers_schema(QUESTIONNAIRE))
ASSESSMENT_SCHEMA = Draft7Validator(assessment_schema())


def through_json(record: dict[str, object]) -> Any:
    return json.loads(json.dumps(record))


def answering(**answers: object) -> dict[str, object]:
    return {"format": "nmtchoose/answers/1", "answers": answers}


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_assessment_follows_its_schema_and_has_all_fields(ending: str) -> None:
    record = through_json(assessment_record(ENDINGS[ending][0], TABLE, US))
    ASSESSMENT_SCHEMA.validate(record)
    assert list(record) == assessment_schema()["required"]


def test_an_assessment_may_grow_at_the_top_but_not_inside() -> None:
    record = through_json(assessment_record(WITH_CARE, TABLE))
    assert ASSESSMENT_SCHEMA.is_valid({**record, "new": 1})
    assert not ASSESSMENT_SCHEMA.is_valid({**record, "recommendation": {**record["recommendation"], "new": 1}})


def test_an_assessment_says_what_the_contract_says() -> None:
    record = through_json(assessment_record(WITH_CARE, TABLE))
    assert record["format"] == "nmtchoose/assessment/1"
    assert record["status"] == "complete"
    assert record["disposition"] == "proceed_with_care"
    assert record["recommendation"] == {
        "kind": "therapy",
        "therapies": ["swedish"],
        "strength": "what_is_left",
        "text": "Swedish massage is what is left.",
        "plan": None,
    }
    assert [(one["id"], one["status"], one["fit"]) for one in record["therapies"]][:2] == [
        ("nmt", "not_suitable", 3),
        ("deep_tissue", "not_suitable", 3),
    ]
    assert [one["site"] for one in record["avoid_sites"]] == ["calf_left", "calf_right"]
    assert [(one["site"], one["pressure_limit"]) for one in record["site_limits"]] == [("neck", 2)]
    assert record["cautions"] == [
        {
            "rule": "blood-thinner",
            "text": "Blood thinners make bruising under the skin more likely.",
            "sources": ["nccih", "mayo"],
        }
    ]
    assert record["trace"][0] == {
        "rule": "blood-thinner",
        "stage": "contraindication",
        "because": {"medicines": ["blood_thinner"]},
        "sources": ["nccih", "mayo"],
        "firmness": "review",
    }
    assert record["stamp"]["rules"] == {"version": "2026.11", "sha256": "b" * 64}


@pytest.mark.parametrize("ending", ["emergency", "emergency today", "doctor first"])
def test_where_help_comes_first_no_therapy_is_listed(ending: str) -> None:
    with_therapies = replace(ENDINGS[ending][0], therapies=WITH_CARE.therapies)
    assert assessment_record(with_therapies, TABLE)["therapies"] == []


def test_an_unfinished_assessment_is_incomplete_and_names_what_is_missing() -> None:
    record = assessment_record(ENDINGS["not enough"][0], TABLE)
    assert record["status"] == "incomplete"
    assert record["missing"] == ["age", "medicines"]


def test_numbers_are_filled_in_for_the_region_or_said_in_words() -> None:
    def title(record: Any) -> str:
        return str(record["disposition_text"]["title"])

    assert title(assessment_record(EMERGENCY, TABLE, US)) == "Call 911 now"
    assert title(assessment_record(EMERGENCY, TABLE)) == "Call your local emergency number now"


def test_an_own_firmness_counts_before_that_of_the_sources() -> None:
    assert firmness_of(replace(RULES[3], firmness=Firmness.STUDY), TABLE) is Firmness.STUDY
    assert firmness_of(replace(RULES[3], sources=("unknown",)), TABLE) is Firmness.OWN_JUDGEMENT


def test_answers_come_in_the_order_of_the_questionnaire_and_follow_their_schema() -> None:
    record = through_json(answers_record(dict(sorted(ANSWERS.items())), QUESTIONNAIRE))
    ANSWERS_SCHEMA.validate(record)
    assert list(record["answers"]) == list(ANSWERS)
    assert record["questionnaire"] == {"version": "2026.11", "sha256": "a" * 64}
    assert record["answers"]["pain_sites"] == ["neck"]


@pytest.mark.parametrize(
    "answers",
    [
        {"age": 44},
        {"pain_weeks": "5 months"},
        {"medicines": ["declined"]},
        {"medicines": "unsure"},
        {"pregnant": "unsure"},
        {"pain_sites": ["neck", "calf_left"]},
        {"notes": "x" * 500},
        {},
    ],
)
def test_the_schema_takes_what_may_be_answered(answers: dict[str, object]) -> None:
    ANSWERS_SCHEMA.validate(answering(**answers))


@pytest.mark.parametrize(
    "answers",
    [
        {"age": 0},
        {"age": "old"},
        {"age": True},
        {"medicines": []},
        {"medicines": ["none", "steroids"]},
        {"pain_sites": ["neck", "neck"]},
        {"pain_sites": ["declined"]},
        {"pregnant": "none"},
        {"notes": "x" * 501},
        {"mood": "fine"},
    ],
)
def test_the_schema_refuses_what_may_not_be_answered(answers: dict[str, object]) -> None:
    assert not ANSWERS_SCHEMA.is_valid(answering(**answers))


@pytest.mark.parametrize(
    ("told", "fits"),
    [
        ({"status": "called", "at": "2026-11-22T12:00:30+00:00"}, True),
        ({"status": "forgotten", "at": "2026-11-22T12:00:30+00:00"}, False),
        ({"status": "called"}, False),
    ],
)
def test_after_an_emergency_both_records_may_say_whether_help_was_called(told: object, fits: bool) -> None:
    emergency = through_json(assessment_record(EMERGENCY, TABLE, US))
    assert ASSESSMENT_SCHEMA.is_valid({**emergency, "help": told}) is fits
    assert ANSWERS_SCHEMA.is_valid({**answering(), "help": told}) is fits
