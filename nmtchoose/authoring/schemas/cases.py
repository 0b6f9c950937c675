"""The schema of a case file."""

from __future__ import annotations

from nmtchoose.authoring.cases import FORMAT
from nmtchoose.authoring.schemas.shapes import (
    DRAFT,
    NAME,
    TEXT,
    Schema,
    by_name,
    list_of,
    mapping,
    one_of,
    told,
    whole,
)
from nmtchoose.model.assessment import RecommendationKind, Status
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import MOST_PRESSURE

_QUESTION: Schema = {"type": "string", "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$"}
_ANSWER: Schema = {"anyOf": [{"type": ["string", "integer"]}, list_of(NAME)]}
_ANSWERS = told(by_name(_ANSWER, _QUESTION), "Answers by question.")
_SOME: Schema = {"anyOf": [TEXT, {"type": "array", "items": TEXT}]}
_EXPECT = mapping(
    {
        "disposition": one_of(Disposition),
        "recommendation": one_of(RecommendationKind),
        "therapies": told(_SOME, "The therapies to book, in order."),
        "status": by_name(one_of(Status)),
        "pressure_limit": whole(1, MOST_PRESSURE),
        "avoids": told(_SOME, "Sites to leave alone."),
        "missing": told(_SOME, "Questions that still have to be answered."),
        "fires": told(_SOME, "Rules that fire."),
        "not_fires": told(_SOME, "Rules that do not fire."),
        "says": told(_SOME, "What the client's page says."),
        "never_says": told(_SOME, "What the client's page does not say."),
    }
)
_CASE = mapping(
    {
        "id": NAME,
        "describe": told(TEXT, "Who this is about, in one sentence."),
        "like": told(NAME, "A profile to start from."),
        "answers": _ANSWERS,
        "expect": told(_EXPECT, "What is left out is not looked at."),
    },
    ("id", "describe"),
)


def cases_schema() -> Schema:
    """Return the schema of a case file, and of `profiles.yaml` beside it."""
    return {
        "$schema": DRAFT,
        "title": "Cases: answers with the result that their author expects",
        **mapping({"format": {"const": FORMAT}, "profiles": by_name(_ANSWERS), "cases": list_of(_CASE)}, ("format",)),
    }
