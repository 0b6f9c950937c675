"""The shape of a case file."""

from __future__ import annotations

from nmtchoose.authoring.cases import FORMAT
from nmtchoose.content.keyed import ByName, Record, may, need
from nmtchoose.content.shapes import NAME, TEXT, ListOf, Value, whole, word
from nmtchoose.model.assessment import RecommendationKind, Status
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import MOST_PRESSURE

_QUESTION = {"type": "string", "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$"}
_ANSWER = {"anyOf": [{"type": ["string", "integer"]}, ListOf(NAME).schema()]}
_ANSWERS = Value(TEXT.reader, {"type": "object", "propertyNames": _QUESTION, "additionalProperties": _ANSWER})
_SOME = Value(TEXT.reader, {"anyOf": [TEXT.schema(), {"type": "array", "items": TEXT.schema()}]})
_EXPECT = Record(
    "'expect'",
    dict,
    {
        "disposition": may(word(Disposition)),
        "recommendation": may(word(RecommendationKind)),
        "therapies": may(_SOME, "The therapies to book, in order."),
        "status": may(ByName("a therapy", word(Status))),
        "pressure_limit": may(whole(1, MOST_PRESSURE)),
        "avoids": may(_SOME, "Sites to leave alone."),
        "missing": may(_SOME, "Questions that still have to be answered."),
        "fires": may(_SOME, "Rules that fire."),
        "not_fires": may(_SOME, "Rules that do not fire."),
        "says": may(_SOME, "What the client's page says."),
        "never_says": may(_SOME, "What the client's page does not say."),
    },
)
_CASE = Record(
    "a case",
    dict,
    {
        "id": need(NAME),
        "describe": need(TEXT, "Who this is about, in one sentence."),
        "like": may(NAME, "A profile to start from."),
        "answers": may(_ANSWERS, "Answers by question."),
        "expect": may(_EXPECT, "What is left out is not looked at."),
    },
)
CASES = Record(
    "a case file",
    dict,
    {
        "format": need(Value(TEXT.reader, {"const": FORMAT})),
        "profiles": may(ByName("a profile", _ANSWERS)),
        "cases": may(ListOf(_CASE)),
    },
)
