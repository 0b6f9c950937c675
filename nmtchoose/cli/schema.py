"""`nmtchoose schema`: JSON Schema for programs, and for editors of the two files."""

from __future__ import annotations

from pathlib import Path

from nmtchoose.cli.assessing import load_tables
from nmtchoose.cli.delivery import Delivery
from nmtchoose.errors import UsageError, unknown

NAMES = ("answers", "assessment", "questions", "rules", "cases")


def run(delivery: Delivery, name: str, questions: Path | None, rules: Path | None) -> None:
    """Deliver the schema called `name`; raises UsageError when there is none of that name."""
    from nmtchoose.authoring.schemas import SCHEMAS
    from nmtchoose.formats.schemas import answers_schema, assessment_schema

    if name == "answers":
        delivery.record(answers_schema(load_tables(questions, rules).questionnaire))
    elif name == "assessment":
        delivery.record(assessment_schema())
    elif name in SCHEMAS:
        delivery.record(SCHEMAS[name]())
    else:
        raise UsageError([unknown("schema", name, NAMES)])
