"""Small pieces of JSON Schema that the three schemas share."""

from __future__ import annotations

from collections.abc import Iterable

from nmtchoose.content.effects import MOST_FIT
from nmtchoose.content.names import LONGEST_ID
from nmtchoose.content.values import LONGEST_TEXT
from nmtchoose.model.rules import MOST_PRESSURE

Schema = dict[str, object]

DRAFT = "http://json-schema.org/draft-07/schema#"
WORD: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$", "maxLength": LONGEST_ID}
DASHED: Schema = {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$", "maxLength": LONGEST_ID}
NAME: Schema = {"type": "string", "minLength": 1}
# Digits without quotes are a number to an editor; as text they are just as good.
TEXT: Schema = {"type": ["string", "number"], "minLength": 1, "maxLength": LONGEST_TEXT}
FLAG: Schema = {"type": "boolean"}
FLAG_OR_TEXT: Schema = {"type": ["boolean", "string"], "minLength": 1}
CONDITION: Schema = {"$ref": "#/definitions/condition"}


def mapping(fields: dict[str, Schema], required: Iterable[str] = ()) -> Schema:
    """Return the schema of a mapping with these keys and no others."""
    return {
        "type": "object",
        "properties": fields,
        "required": list(required),
        "additionalProperties": False,
    }


def by_name(value: Schema, names: Schema = WORD) -> Schema:
    """Return the schema of a mapping from names of the author's own to `value`."""
    return {"type": "object", "propertyNames": names, "additionalProperties": value}


def list_of(item: Schema) -> Schema:
    """Return the schema of a list with at least one item."""
    return {"type": "array", "items": item, "minItems": 1}


def one_of(words: Iterable[str]) -> Schema:
    """Return the schema of a closed list of words."""
    return {"enum": [str(word) for word in words]}


def whole(low: int, high: int) -> Schema:
    """Return the schema of a whole number."""
    return {"type": "integer", "minimum": low, "maximum": high}


def whole_or_setting(low: int, high: int) -> Schema:
    """Return the schema of a whole number, for which the name of a number setting may stand."""
    return {"anyOf": [whole(low, high), WORD]}


def told(schema: Schema, description: str) -> Schema:
    """Return `schema` with the words that an editor shows for it."""
    return {**schema, "description": description}


PRESSURE = whole_or_setting(1, MOST_PRESSURE)
POINTS = whole_or_setting(-MOST_FIT, MOST_FIT)
NAMES = list_of(NAME)
TEXTS = list_of(TEXT)
