"""What rules refer to: settings, the pressure scale, sources, grades, regions, and the words of the result."""

from enum import StrEnum
from typing import Any

from nmtchoose.loading.conditions import CONDITION
from nmtchoose.loading.keyed import ById, ByName, Record, may, need
from nmtchoose.loading.nodes import Node, Scalar
from nmtchoose.loading.scope import Scope, Setting
from nmtchoose.loading.shapes import TEXT, TEXTS, ListOf, Shape, Value, word
from nmtchoose.loading.values import in_bounds, items_of, text_of, wrong_type
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import MOST_PRESSURE, PRESSURE_WORDS, Checked, DispositionText, Firmness, Grade, Region, Sign
from nmtchoose.model.rules import Row as RowOfFacts
from nmtchoose.model.rules import Source as SourceOfFacts

PLACEHOLDERS = ("emergency", "urgent", "crisis", "crisis_name")
"""What texts may hold in braces; it becomes the number of the client's region."""
FEWEST_LEVELS = 2


def _read_setting(node: Node, scope: Scope, what: str) -> Setting | None:
    if isinstance(node, Scalar) and node.truth is not None:
        return node.truth
    if isinstance(node, Scalar) and node.number is not None:
        return node.number
    wrong_type(scope.log, node, what, "a whole number, true or false")
    return None


def _read_scale(node: Node, scope: Scope, what: str) -> tuple[str, ...] | None:
    items = items_of(node, scope.log, what)
    words = tuple(text_of(item, scope.log, "a level of pressure") for item in items)
    levels = in_bounds(len(items), node, scope.log, "the number of levels", FEWEST_LEVELS, MOST_PRESSURE)
    return None if levels is None else words


def _one_for_each(what: str, words: type[StrEnum], shape: Shape) -> Record:
    def by_word(**said: Any) -> dict[StrEnum, Any]:
        return {words(name): value for name, value in said.items()}

    return Record(what, by_word, {str(one): need(shape) for one in words}, without={})


SETTINGS = ByName("a setting", Value(_read_setting, {"type": ["integer", "boolean"]}, without=False))
PRESSURE_SCALE = Value(
    _read_scale,
    {"type": "array", "items": TEXT.schema(), "minItems": FEWEST_LEVELS, "maxItems": MOST_PRESSURE},
    without=PRESSURE_WORDS,
)
CARD = Record(
    "a disposition",
    DispositionText,
    {"title": need(TEXT), "client": need(TEXT), "staff": need(TEXT), "tell_them": may(TEXTS)},
    without=DispositionText("", "", ""),
)
DISPOSITIONS = _one_for_each("'dispositions'", Disposition, CARD)
GRADES = _one_for_each("'grades'", Grade, TEXT)
REGIONS = ById(
    Record("a region", Region, {name: need(TEXT) for name in ("name", "emergency", "urgent", "crisis_name", "crisis")})
)
ROWS = ById(Record("a row", RowOfFacts, {"label": need(TEXT)}, short=("label",)))
SOURCES = ById(
    Record(
        "a source",
        SourceOfFacts,
        {
            "code": may(TEXT, "Its code in the clinical reference."),
            "title": need(TEXT),
            "firmness": need(word(Firmness)),
            "checked": need(word(Checked)),
            "url": may(TEXT),
        },
    ),
    dashed=True,
)
SAFETY_NET = ListOf(
    Record(
        "a sign",
        Sign,
        {"say": need(TEXT), "when": may(CONDITION, "Whom to tell it where no risk was found: told to all without.")},
        short=("say",),
    )
)
TEXT_BY_NAME = ByName("a text", TEXT)
