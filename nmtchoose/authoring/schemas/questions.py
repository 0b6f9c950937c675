"""The schema of `questions.yaml`."""

from __future__ import annotations

from nmtchoose.authoring.schemas.conditions import DEFINITIONS
from nmtchoose.authoring.schemas.shapes import (
    CONDITION,
    DASHED,
    DRAFT,
    FLAG,
    FLAG_OR_TEXT,
    NAME,
    NAMES,
    TEXT,
    TEXTS,
    WORD,
    Schema,
    by_name,
    list_of,
    mapping,
    one_of,
    told,
    whole,
)
from nmtchoose.content.one_question import LARGEST_NUMBER, WrittenKind
from nmtchoose.content.options import YesNo
from nmtchoose.content.questions import FORMAT
from nmtchoose.model.questionnaire import SPECIAL_ANSWERS, BodyView, Purpose

_VOICES = mapping(
    {
        "client": told(TEXT, "The question as the client reads it."),
        "staff": told(TEXT, "The question as staff ask it about the client."),
    },
    ("client", "staff"),
)
_REGION = mapping(
    {
        "id": WORD,
        "label": TEXT,
        "sides": told(FLAG, "Whether there is a left one and a right one."),
        "view": one_of(BodyView),
        "heading": TEXT,
        "words": told(TEXTS, "Synonyms for searching."),
    },
    ("id", "label"),
)
_OPTION = mapping(
    {
        "id": WORD,
        "label": told(TEXT, "The words on screen."),
        "help": TEXT,
        "heading": told(TEXT, "Groups a long list on screen."),
        "words": told(TEXTS, "Synonyms for searching."),
        "show_when": told(CONDITION, "Offered unless this is false; over earlier questions."),
        "reassuring": told(FLAG, "Speaks against a risk; on a safety question every other option speaks for one."),
        "ask": told(_VOICES, "Wording of its own, where the signs of a list are asked one by one."),
    },
    ("id", "label"),
)
_CONTRADICTION = mapping({"id": DASHED, "when": CONDITION, "say": TEXT, "about": NAMES}, ("id", "when", "say", "about"))


def _question() -> Schema:
    fields: dict[str, Schema] = {
        "id": WORD,
        "section": NAME,
        "kind": told(one_of(WrittenKind), "What shape the answer has."),
        "reassuring": told(one_of(YesNo), "Which answer speaks against a risk; without it, no."),
        "purpose": told(one_of(Purpose), "Emergency and safety questions are always answered before a suggestion."),
        "ask": _VOICES,
        "help": told(TEXT, "More words, shown on request."),
        "why": told(TEXT, "Why we ask, in one sentence."),
        "staff_hint": told(TEXT, "Shown only to staff."),
        "ask_when": told(CONDITION, "Without it the question is always asked; over earlier questions."),
        "options": list_of(_OPTION),
        "groups": told(by_name(NAMES), "Names for sets of this question's options."),
        **dict.fromkeys(SPECIAL_ANSWERS, told(FLAG_OR_TEXT, "Offer this special answer, in these words, or not.")),
        "unsure_as": told(NAME, "The option that 'not sure' counts as, or one_by_one."),
        "private": FLAG,
        "lasting": told(FLAG, "Filled in for a returning client; not for emergency questions."),
        "minimum": whole(0, LARGEST_NUMBER),
        "maximum": whole(0, LARGEST_NUMBER),
        "unit": TEXT,
    }
    needed = ("id", "section", "kind", "purpose", "ask", "why")
    return {
        **mapping(fields, needed),
        "allOf": [
            _with_kind(("one", "many"), needed=("options",)),
            _with_kind(("one", "many", "sites", "number", "duration", "text"), refused=("reassuring",)),
            _with_kind(("sites", "yes_no", "number", "duration", "text"), refused=("options",)),
            _with_kind(("yes_no", "number", "duration", "text"), refused=("groups",)),
            _with_kind(("yes_no", "one", "number", "duration", "text"), refused=("none",)),
            _with_kind(("number",), needed=("minimum", "maximum", "unit")),
            _with_kind(("duration",), needed=("minimum", "maximum"), refused=("unit",)),
            _with_kind(("yes_no", "one", "many", "sites", "text"), refused=("minimum", "maximum", "unit")),
        ],
    }


def _with_kind(kinds: tuple[str, ...], needed: tuple[str, ...] = (), refused: tuple[str, ...] = ()) -> Schema:
    return {
        "if": {"properties": {"kind": {"enum": list(kinds)}}, "required": ["kind"]},
        "then": {"required": list(needed), "properties": dict.fromkeys(refused, False)},
    }


def questions_schema() -> Schema:
    """Return the schema of `questions.yaml`."""
    fields: dict[str, Schema] = {
        "format": {"const": FORMAT},
        "version": TEXT,
        "title": TEXT,
        "labels": mapping(dict.fromkeys(SPECIAL_ANSWERS, TEXT), SPECIAL_ANSWERS),
        "body": list_of(_REGION),
        "body_groups": told(by_name(NAMES), "Names for sets of body regions."),
        "sections": list_of(mapping({"id": WORD, "title": TEXT, "intro": TEXT}, ("id", "title"))),
        "questions": list_of(_question()),
        "contradictions": list_of(_CONTRADICTION),
    }
    needed = ("format", "version", "title", "labels", "sections", "questions")
    return {
        "$schema": DRAFT,
        "title": "The questions of an intake",
        **mapping(fields, needed),
        "definitions": DEFINITIONS,
    }
