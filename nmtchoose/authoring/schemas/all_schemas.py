"""The three schemas by name."""

from __future__ import annotations

from nmtchoose.authoring.schemas.cases import cases_schema
from nmtchoose.authoring.schemas.questions import questions_schema
from nmtchoose.authoring.schemas.rules import rules_schema

SCHEMAS = {"questions": questions_schema, "rules": rules_schema, "cases": cases_schema}
