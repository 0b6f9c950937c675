"""JSON Schemas (draft-07) for editors of the two files and of case files, from the shapes that are read.

A schema knows keys, types and closed lists of words. Names across the files, and what they mean together, are the
business of `nmtchoose check`.
"""

from nmtchoose.authoring import cases
from nmtchoose.loading import questions, rules
from nmtchoose.loading.conditions import DEFINITIONS
from nmtchoose.loading.keyed import Record
from nmtchoose.loading.shapes import Schema
from nmtchoose.model.rules import Stage


def questions_schema() -> Schema:
    """Return the schema of `questions.yaml`."""
    return {**_file("The questions of an intake", questions.FILE), "definitions": DEFINITIONS}


def rules_schema() -> Schema:
    """Return the schema of `rules.yaml`."""
    schema = _file("What follows from the answers of an intake", rules.FILE)
    first, *others = Stage
    alike = {"$ref": f"#/properties/rules/properties/{first}"}
    stages = schema["properties"]["rules"]["properties"]
    stages.update({str(stage): alike for stage in others})
    return {**schema, "definitions": DEFINITIONS}


def cases_schema() -> Schema:
    """Return the schema of a case file, and of `profiles.yaml` beside it."""
    return _file("Cases: answers with the result that their author expects", cases.FILE)


def _file(title: str, shape: Record) -> Schema:
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": title, **shape.schema()}


SCHEMAS = {"questions": questions_schema, "rules": rules_schema, "cases": cases_schema}
