"""`nmtchoose schema`: JSON Schema for programs, and for editors of the two files."""

from typing import Annotated

import typer

from nmtchoose.authoring.schemas import SCHEMAS
from nmtchoose.cli.delivery import Delivery
from nmtchoose.cli.flags import Output, Questions, Rules
from nmtchoose.cli.lines import known_name
from nmtchoose.formats.schemas import answers_schema, assessment_schema
from nmtchoose.practice.tables import load_tables


def schema(
    name: Annotated[str, typer.Argument(metavar="NAME", help="answers, assessment, questions, rules or cases.")],
    output: Output = None,
    questions: Questions = None,
    rules: Rules = None,
) -> None:
    """Deliver the schema called `name`; raises UsageError when there is none of that name."""
    build = {
        "answers": lambda: answers_schema(load_tables(questions, rules).questionnaire),
        "assessment": assessment_schema,
        **SCHEMAS,
    }
    Delivery(output=output).record(build[known_name("schema", name, list(build))]())
