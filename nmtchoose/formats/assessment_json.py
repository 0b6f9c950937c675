"""Answers and assessments as JSON or JSON Lines for programs, and their JSON Schemas (draft-07 vocabulary).

Both may grow; what a field means never changes.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, is_dataclass
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from nmtchoose.engine.answering import LONGEST_TEXT
from nmtchoose.files.answers_file import FORMAT
from nmtchoose.files.earlier_answers import REST
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.assessment import Assessment, AssessmentStamp, Note, Recommendation, TherapyResult, Undecided
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire, Stamp
from nmtchoose.model.rules import MOST_PRESSURE, DispositionText, Firmness, Region, RuleTable, Stage
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
    notes = assessment.site_notes
    told = {
        "disposition_text": rules.dispositions[assessment.disposition],
        "recommendation": assessment.recommendation,
        "therapies": () if assessment.disposition.forbids_therapy else assessment.therapies,
        "pressure_limit": assessment.pressure_limit,
        "avoid_sites": [SparedSite(one.site, one.reason, one.rule) for one in notes if one.pressure_limit == 0],
        "site_limits": [
            LimitedSite(one.site, one.reason, one.rule, one.pressure_limit) for one in notes if one.pressure_limit > 0
        ],
        **{name: getattr(assessment, name) for name in NOTES},
        "missing": assessment.missing,
        "undecided": assessment.undecided,
    }
    trace = [TracedRule(one.id, one.stage, because, one.sources, firmness_of(one, rules)) for one, because in fired]
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


Schema = dict[str, object]

_DRAFT = "http://json-schema.org/draft-07/schema#"
_STRING: Schema = {"type": "string"}
_LENGTH_OF_TIME: Schema = {
    "type": "string",
    "pattern": r"^\s*\d{1,4}(\.\d{1,2})?\s*[A-Za-z]+\.?\s*$",
    "description": "A length of time, such as 5 months",
}


def answers_schema(questionnaire: Questionnaire) -> Schema:
    """Return the schema of an answers file: its question ids, options, ranges and special answers.

    Whether an answer is offered depends on earlier answers, which a schema cannot say.
    """
    answers = {question.id: _answer(question) for question in questionnaire.questions}
    for screen, lines in questionnaire.lines.items():
        short = {line.rpartition(".")[2]: answers[line] for line in lines} | {REST: _STRING}
        answers[screen] = {"type": "object", "properties": short, "additionalProperties": False}
    return {
        "$schema": _DRAFT,
        "title": f"Answers to: {questionnaire.title}",
        "type": "object",
        "required": ["format", "answers"],
        "properties": {
            "format": {"const": FORMAT},
            "questionnaire": _STAMP,
            "answers": {"type": "object", "properties": answers, "additionalProperties": False},
            "help": _HELP,
            "corrected": _CORRECTED,
            "kept_from": _KEPT_FROM,
        },
    }


def _answer(question: Question) -> Schema:
    described: Schema = {"description": question.ask.client}
    options = [option.id for option in question.options]
    match question.kind:
        case Kind.ONE:
            return {**described, "enum": [*options, *question.specials]}
        case Kind.MANY:
            some: Schema = {"type": "array", "items": {"enum": options}, "minItems": 1, "uniqueItems": True}
            return {**described, "anyOf": [some, *_alone(question.specials)]}
        case Kind.NUMBER:
            bounds = {"minimum": question.minimum, "maximum": question.maximum}
            number: Schema = {"type": "integer"} | {name: bound for name, bound in bounds.items() if bound is not None}
            in_words: list[Schema] = [_LENGTH_OF_TIME] if question.unit == "weeks" else []
            return {**described, "anyOf": [number, *in_words, *_alone(question.specials)[:1]]}
        case Kind.TEXT:
            return {**described, "type": "string", "maxLength": LONGEST_TEXT}


def _alone(specials: tuple[str, ...]) -> list[Schema]:
    """A special answer to a list stands alone, in a list or by itself."""
    if not specials:
        return []
    one: Schema = {"enum": list(specials)}
    return [one, {"type": "array", "items": one, "minItems": 1, "maxItems": 1}]


def assessment_schema() -> Schema:
    """Return the schema of an assessment; more may be added. Not required: `help`, `corrected`, `kept_from`."""
    fields: dict[str, Schema] = {
        "format": {"const": ASSESSMENT_FORMAT},
        "status": _one_of(("complete", "incomplete")),
        "disposition": _of(Disposition),
        "disposition_text": _of(DispositionText),
        "recommendation": _of(Recommendation),
        "therapies": _list_of(_exactly(TherapyResult, pressure_limit=_between(0, MOST_PRESSURE))),
        "pressure_limit": _between(1, MOST_PRESSURE),
        "avoid_sites": _list_of(_of(SparedSite)),
        "site_limits": _list_of(_exactly(LimitedSite, pressure_limit=_between(1, MOST_PRESSURE))),
        **dict.fromkeys(NOTES, _list_of(_of(Note))),
        "missing": _list_of(_STRING),
        "undecided": _list_of(_of(Undecided)),
        "trace": _list_of(_exactly(TracedRule, because=_ANSWERS)),
        "review": _STRING,
        "stamp": _exactly(AssessmentStamp, questionnaire=_STAMP, rules=_STAMP),
    }
    return {
        "$schema": _DRAFT,
        "title": "The result of an intake",
        "type": "object",
        "required": list(fields),
        "properties": {**fields, "help": _HELP, "corrected": _CORRECTED, "kept_from": _KEPT_FROM},
    }


def _of(kind: Any) -> Schema:
    if isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, msgspec.Struct)):
        return _exactly(kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _one_of(kind)
    if get_origin(kind) is tuple:
        return _list_of(_of(get_args(kind)[0]))
    return {"type": _JSON_TYPES[kind]}


def _exactly(kind: type, **own: Schema) -> Schema:
    """Return the schema of a class of values, every field of it and no others; `own` says more than its type does."""
    return _object({name: own.get(name) or _of(of) for name, of in get_type_hints(kind).items()})


def _object(fields: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "required": list(fields), "properties": dict(fields), "additionalProperties": False}


def _list_of(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _one_of(values: Iterable[str]) -> Schema:
    return {"enum": [str(value) for value in values]}


def _between(low: int, high: int) -> Schema:
    return {"type": "integer", "minimum": low, "maximum": high}


_JSON_TYPES = {str: "string", int: "integer", str | None: ["string", "null"]}
_STAMP = _exactly(Stamp, sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"})
_ANY_ANSWER: Schema = {"type": ["string", "integer", "array"], "items": _STRING}
_ANSWERS: Schema = {"type": "object", "additionalProperties": _ANY_ANSWER}
_HELP: Schema = {
    **_object(
        {"status": _one_of(("called", "going", "declined", "not_yet")), "at": {"type": "string", "format": "date-time"}}
    ),
    "description": "Only after an emergency: whether help was called, and when this was recorded",
}
_KEPT_FROM: Schema = {
    "type": "object",
    "additionalProperties": _STRING,
    "description": "By question, the day of the visit from which its answer was kept",
}
_CORRECTED: Schema = {
    "type": "array",
    "items": _object({"question": _STRING, "answer": _ANY_ANSWER, "at": {"type": "string", "format": "date-time"}}),
    "description": "Only after a wrong key: answers that meant an emergency and were taken back, and when",
}
