"""Answers and assessments as JSON or JSON Lines for programs: both may grow; what a field means never changes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from nmtchoose.files.answers_file import FORMAT
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.assessment import Assessment, SiteNote
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import Firmness, Region, RuleTable, Stage
from nmtchoose.pages.intake import Intake, Practice
from nmtchoose.words.sentences import with_numbers
from nmtchoose.words.terms import firmness_of, review_words

ASSESSMENT_FORMAT = "nmtchoose/assessment/1"

Record = dict[str, object]
NOTES = ("cautions", "tell_client", "tell_therapist", "next_steps", "until", "expect", "aftercare", "ask_therapist")
"""The fields that hold sentences, each with its rule and its sources."""


@dataclass(frozen=True, slots=True)
class SparedSite:
    """A body site to leave alone."""

    site: str
    reason: str
    rule: str


@dataclass(frozen=True, slots=True)
class LimitedSite(SparedSite):
    """A body site that may get at most `pressure_limit`."""

    pressure_limit: int


@dataclass(frozen=True, slots=True)
class TracedRule:
    """A rule that fired, the answers that made it true, and what it rests on."""

    rule: str
    stage: Stage
    because: Mapping[str, Answer]
    sources: tuple[str, ...]
    firmness: Firmness


def assessment_record(assessment: Assessment, rules: RuleTable, region: Region | None = None) -> Record:
    """Return `assessment` as values for JSON: every field is there, and no therapy where the disposition forbids it.

    Texts have the numbers of `region`, or words for them. Raises KeyError for an assessment by another rule table.
    """
    by_id = {rule.id: rule for rule in rules.rules}
    fired = [(by_id[one.rule], one.because) for one in assessment.trace]
    limits = [note for note in assessment.site_notes if note.pressure_limit > 0]
    told = {
        "disposition_text": rules.dispositions[assessment.disposition],
        "recommendation": assessment.recommendation,
        "therapies": () if assessment.disposition.forbids_therapy else assessment.therapies,
        "pressure_limit": assessment.pressure_limit,
        "avoid_sites": [SparedSite(*_site(note)) for note in assessment.site_notes if note.pressure_limit == 0],
        "site_limits": [LimitedSite(*_site(note), note.pressure_limit) for note in limits],
        **{name: getattr(assessment, name) for name in NOTES},
        "missing": assessment.missing,
        "undecided": assessment.undecided,
    }
    trace = [
        TracedRule(rule.id, rule.stage, because, rule.sources, firmness_of(rule, rules)) for rule, because in fired
    ]
    return {
        "format": ASSESSMENT_FORMAT,
        "status": "complete" if assessment.complete else "incomplete",
        "disposition": assessment.disposition.value,
        **{name: _numbered(as_json(value), region) for name, value in told.items()},
        "trace": as_json(trace),
        "review": review_words(assessment.stamp.reviewed),
        "stamp": as_json(assessment.stamp),
    }


def as_json(value: object) -> object:
    """Return `value` as JSON has it: fields and mappings as objects, tuples as lists, choices as their words."""
    return msgspec.json.decode(msgspec.json.encode(value))


def _numbered(value: object, region: Region | None) -> object:
    match value:
        case str():
            return with_numbers(value, region)
        case list():
            return [_numbered(one, region) for one in value]
        case dict():
            return {key: _numbered(one, region) for key, one in value.items()}
        case _:
            return value


def _site(note: SiteNote) -> tuple[str, str, str]:
    return note.site, note.reason, note.rule


def answers_record(answers: Answers, questionnaire: Questionnaire) -> Record:
    """Return `answers` in questionnaire order, with the stamp of the questionnaire; lists stand for tuples."""
    places = questionnaire.places
    in_order = sorted(answers, key=lambda one: places.get(one, len(places)))
    stamp = questionnaire.stamp
    return {
        "format": FORMAT,
        "questionnaire": {"version": stamp.version, "sha256": stamp.sha256},
        "answers": listed_answers({one: answers[one] for one in in_order}),
    }


def listed_answers(answers: Answers) -> Record:
    """Return `answers` as JSON has them."""
    return {one: list(answer) if isinstance(answer, tuple) else answer for one, answer in answers.items()}


def full_record(intake: Intake, practice: Practice) -> Record:
    """Return the assessment as values for JSON, with the answers behind it, and what tells it apart from others."""
    told = answers_record(intake.answers, practice.tables.questionnaire)["answers"]
    record: Record = {**assessment_record(intake.assessment, practice.tables.rules, practice.region), "answers": told}
    if intake.record:
        when = intake.answered.isoformat(timespec="seconds") if intake.answered else ""
        return {**record, "record": intake.record, "client": intake.name, "answered": when, "by": intake.by}
    return {**record, "file": intake.name} if intake.name else record


def as_text(value: object) -> str:
    """Return `value` as indented JSON that ends with a line break."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
