"""Answers and assessments as JSON and as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Sequence

from nmtchoose.formats.assessment_json import Record, answers_record, assessment_record
from nmtchoose.pages.intake import Intake, Practice


def answers_text(intakes: Sequence[Intake], practice: Practice) -> str:
    """Return the answers file of one intake: the contract that `screen` and `intake --answers` read back."""
    return as_text(answers_record(intakes[0].answers, practice.tables.questionnaire))


def assessment_text(intakes: Sequence[Intake], practice: Practice) -> str:
    """Return one assessment with its answers as an object, or several as a list."""
    records = [full_record(intake, practice) for intake in intakes]
    return as_text(records[0] if len(records) == 1 else records)


def lines_text(intakes: Sequence[Intake], practice: Practice) -> str:
    """Return one assessment with its answers on each line."""
    return "".join(json.dumps(full_record(one, practice), ensure_ascii=False) + "\n" for one in intakes)


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
