"""The schema of a condition; see "Conditions" in docs/the-two-files.md."""

from __future__ import annotations

from nmtchoose.authoring.schemas.shapes import CONDITION, FLAG, NAME, Schema, list_of, mapping, told

_NUMBER: Schema = {"type": ["integer", "string"], "minLength": 1}
_VALUE: Schema = {"type": ["string", "integer"], "minLength": 1}

_COMPARISON: Schema = {
    "anyOf": [
        _VALUE,
        list_of(_VALUE),
        {
            **mapping(
                {
                    "at_least": told(_NUMBER, "The number is this or more."),
                    "at_most": told(_NUMBER, "The number is this or less."),
                    "between": {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2},
                    "all_of": told(list_of(NAME), "All of these options were chosen."),
                    "none_of": told(list_of(_VALUE), "None of these options was chosen."),
                    "count_at_least": told(_NUMBER, "At least so many options were chosen."),
                    "answered": told(FLAG, "It has a real answer: not missing, not unsure, not declined."),
                }
            ),
            "minProperties": 1,
        },
    ]
}

_COMBINED: dict[str, Schema] = {
    "all": told(list_of(CONDITION), "All of these hold."),
    "any": told(list_of(CONDITION), "At least one of these holds."),
    "not": told(CONDITION, "This does not hold."),
    "at_least": told(
        mapping({"count": _NUMBER, "of": list_of(CONDITION)}, ("count", "of")), "At least so many of these hold."
    ),
    "fact": told(NAME, "A named condition of rules.yaml."),
    "setting": told(NAME, "A yes/no setting of rules.yaml."),
}

DEFINITIONS: dict[str, Schema] = {
    "condition": {
        "description": "A mapping means all of these; a list means any of these; a word is a fact, or 'always'.",
        "anyOf": [
            NAME,
            list_of(CONDITION),
            {
                "type": "object",
                "minProperties": 1,
                "properties": _COMBINED,
                "additionalProperties": {"$ref": "#/definitions/comparison"},
            },
        ],
    },
    "comparison": told(_COMPARISON, "What the answer to this question is."),
}
