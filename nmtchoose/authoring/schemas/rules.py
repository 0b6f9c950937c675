"""The schema of `rules.yaml`."""

from __future__ import annotations

from nmtchoose.authoring.schemas.conditions import DEFINITIONS
from nmtchoose.authoring.schemas.shapes import (
    CONDITION,
    DASHED,
    DRAFT,
    FLAG,
    NAME,
    NAMES,
    POINTS,
    PRESSURE,
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
    whole_or_setting,
)
from nmtchoose.content.decision import MOST_POINTS
from nmtchoose.content.rules import FORMAT
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import MOST_PRESSURE, Checked, Firmness, Grade, Stage

_SITES: Schema = {
    "description": "A site, region or body group, a list of those, or what was marked in a question.",
    "anyOf": [
        NAME,
        NAMES,
        {**mapping({"named": {"$ref": "#/definitions/names"}, "marked_in": {"$ref": "#/definitions/names"}}),
         "minProperties": 1},
    ],
}  # fmt: skip
_DISPOSITION = mapping({"title": TEXT, "client": TEXT, "staff": TEXT, "tell_them": TEXTS}, ("title", "client", "staff"))
_EFFECTS = mapping(
    {
        "disposition": told(one_of(Disposition), "The most severe of all rules that fire counts."),
        "until": told(TEXT, "For 'defer': when it ends."),
        "pressure_limit": told(PRESSURE, "1 to 5 for the whole body; the lowest counts."),
        "therapy_limits": told(by_name(PRESSURE), "The most pressure for one therapy."),
        "site_limits": list_of(mapping({"sites": _SITES, "limit": PRESSURE}, ("sites", "limit"))),
        "avoid": told(_SITES, "Sites to leave alone."),
        "exclude": told(NAMES, "Therapies that are not suitable."),
        "ask_first": told(NAMES, "Therapies to hold until a conversation."),
        "adapt": told(NAMES, "Therapies to do with changes."),
        "still_sensible": told(NAMES, "For 'medical_soon': therapies that stay sensible elsewhere on the body."),
        "fit": told(by_name(POINTS), "Points for or against a therapy."),
        "card": told(_DISPOSITION, "Words in place of the disposition's own, when no other rule is as severe."),
        **dict.fromkeys(("caution", "next_step", "expect", "aftercare", "ask_therapist"), TEXT),
    }
)
_RULE: Schema = {
    **mapping(
        {
            "id": DASHED,
            "covers": told(TEXTS, "What of the clinical reference this rule carries."),
            "when": CONDITION,
            "then": _EFFECTS,
            "tell_client": TEXT,
            "tell_therapist": TEXT,
            "reason": told(TEXT, "For a fit rule: the short clause that the client sees."),
            "evidence": one_of(Grade),
            "firmness": told(one_of(Firmness), "Without it, that of the firmest source."),
            "sources": NAMES,
        },
        ("id", "when", "sources"),
    ),
    "anyOf": [{"required": [one]} for one in ("then", "tell_client", "tell_therapist")],
}
_SOURCE = mapping(
    {
        "id": DASHED,
        "code": TEXT,
        "title": TEXT,
        "firmness": one_of(Firmness),
        "checked": one_of(Checked),
        "url": TEXT,
    },
    ("id", "title", "firmness", "checked"),
)
_REGION_FIELDS = ("name", "emergency", "urgent", "crisis_name", "crisis")
_THERAPY_FIELDS: dict[str, Schema] = {
    "id": WORD,
    "name": TEXT,
    "short": TEXT,
    "summary": TEXT,
    "lightest": told(whole(1, MOST_PRESSURE), "Under this pressure it is no longer this therapy."),
    "usual": told(whole(1, MOST_PRESSURE), "The most pressure it ordinarily uses."),
    "works_on_pain": FLAG,
    "form_of": told(NAME, "The therapy that this one is a form of."),
    "choose_when": told(CONDITION, "When a form takes the place of its therapy."),
    "sole_form": FLAG,
    "facts": told(by_name(TEXT), "One text for each row of the comparison."),
    **dict.fromkeys(("expect", "ask_therapist", "qualifications", "aftercare"), TEXTS),
    "visits": TEXT,
    "evidence": one_of(Grade),
    "evidence_text": TEXT,
    "sources": NAMES,
}
_THERAPY_MAY = "works_on_pain form_of choose_when sole_form expect ask_therapist qualifications aftercare visits"
_THERAPY = mapping(_THERAPY_FIELDS, [name for name in _THERAPY_FIELDS if name not in _THERAPY_MAY.split()])
_SEQUENCE_NEEDS = ("id", "first", "later", "min_fit", "when", "text", "sources")
_COUNT = whole_or_setting(0, MOST_POINTS)
_DECISION = mapping(
    {
        "winner_lead": told(_COUNT, "A therapy wins with a lead of this many points."),
        "clear_lead": told(_COUNT, "From this lead on, the win is called clear."),
        "enough": mapping(
            {"answers": _COUNT, "of": NAMES, "points": whole_or_setting(-MOST_POINTS, MOST_POINTS)},
            ("answers", "of", "points"),
        ),
        "fallback": told(NAME, "Named when there is not enough information."),
        "sequences": list_of(
            mapping(
                {
                    "id": DASHED,
                    "first": NAME,
                    "later": NAMES,
                    "min_fit": whole_or_setting(-MOST_POINTS, MOST_POINTS),
                    "when": CONDITION,
                    "text": TEXT,
                    "sources": NAMES,
                },
                _SEQUENCE_NEEDS,
            )
        ),
    },
    ("winner_lead", "clear_lead", "enough", "fallback"),
)
_PROMISES: dict[str, Schema] = {
    "never_suggest": NAMES,
    "disposition_at_least": one_of(Disposition),
    "pressure_at_most": PRESSURE,
}
_GUARANTEE: Schema = {
    **mapping({"id": DASHED, "when": CONDITION, "say": TEXT, **_PROMISES}, ("id", "when", "say")),
    "anyOf": [{"required": [one]} for one in _PROMISES],
}


def rules_schema() -> Schema:
    """Return the schema of `rules.yaml`."""
    fields: dict[str, Schema] = {
        "format": {"const": FORMAT},
        "version": TEXT,
        "settings": told(by_name({"type": ["integer", "boolean"]}), "Choices of the clinical owner."),
        "grades": mapping(dict.fromkeys(map(str, Grade), TEXT), map(str, Grade)),
        "sources": list_of(_SOURCE),
        "regions": by_name(mapping(dict.fromkeys(_REGION_FIELDS, TEXT), _REGION_FIELDS)),
        "dispositions": mapping(dict.fromkeys(map(str, Disposition), _DISPOSITION), map(str, Disposition)),
        "texts": told(by_name(TEXT), "Named sentences of the result."),
        "safety_net": told(TEXTS, "Signs to get help for, if they start later."),
        "rows": list_of(mapping({"id": WORD, "label": TEXT}, ("id", "label"))),
        "therapies": list_of(_THERAPY),
        "facts": told(by_name(CONDITION), "Named conditions."),
        "rules": mapping({stage: list_of(_RULE) for stage in map(str, Stage)}),
        "decision": _DECISION,
        "guarantees": told(list_of(_GUARANTEE), "What must hold for every possible set of answers."),
        "pain_question": told(NAME, "The sites question where pain is marked."),
    }
    optional = ("settings", "texts", "facts", "guarantees", "pain_question")
    return {
        "$schema": DRAFT,
        "title": "What follows from the answers of an intake",
        **mapping(fields, [name for name in fields if name not in optional]),
        "definitions": {**DEFINITIONS, "names": {"anyOf": [NAME, NAMES]}},
    }
