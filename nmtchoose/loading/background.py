"""What rules refer to: settings, the pressure scale, therapies, sources, grades, regions, the words of the result."""

from enum import StrEnum
from typing import Any

from nmtchoose.errors import Code
from nmtchoose.loading import named
from nmtchoose.loading.conditions import CONDITION
from nmtchoose.loading.keyed import ById, ByKnown, ByName, Entry, Record, may, need
from nmtchoose.loading.nodes import Node, Scalar
from nmtchoose.loading.scope import Scope, Setting, in_bounds, items_of, text_of, wrong_type
from nmtchoose.loading.shapes import FLAG, TEXT, TEXTS, ListOf, Shape, Value, word
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import (
    MOST_PRESSURE,
    Checked,
    DispositionText,
    Firmness,
    Grade,
    Region,
    Sign,
    Therapy,
)
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
    wrong_type(node, scope, what, "a whole number, true or false")
    return None


def _read_scale(node: Node, scope: Scope, what: str) -> tuple[str, ...] | None:
    items = items_of(node, scope, what)
    words = tuple(text_of(item, scope, "a level of pressure") for item in items)
    levels = in_bounds(len(items), node, scope, "the number of levels", FEWEST_LEVELS, MOST_PRESSURE)
    return None if levels is None else words


def _one_for_each(what: str, words: type[StrEnum], shape: Shape) -> Record:
    def by_word(**said: Any) -> dict[StrEnum, Any]:
        return {words(name): value for name, value in said.items()}

    return Record(what, by_word, {str(one): need(shape) for one in words}, without={})


SETTINGS = ByName("a setting", Value(_read_setting, {"type": ["integer", "boolean"]}, without=False))
PRESSURE_SCALE = Value(
    _read_scale,
    {"type": "array", "items": TEXT.schema(), "minItems": FEWEST_LEVELS, "maxItems": MOST_PRESSURE},
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


def _check(therapy: Entry, said: dict[str, Any]) -> None:
    if said["lightest"] > said["usual"] > 0:
        low, high = said["lightest"], said["usual"]
        therapy.refuse(Code.WRONG_ORDER, "lightest", low=low, other="usual", high=high)
    at = therapy.node("form_of")
    if at is not None and said.get("form_of") in therapy.scope.forms:
        therapy.scope.log.add(Code.FORM_OF_FORM, at, name=said["form_of"])
    if not therapy.has("form_of"):
        therapy.refuse(Code.KEY_NOT_WITHOUT, "choose_when", other="'form_of'")
    if not (therapy.has("form_of") and therapy.has("choose_when")):
        therapy.refuse(Code.KEY_NOT_WITHOUT, "sole_form", other="'form_of' and 'choose_when'")


_CELLS = ByKnown(TEXT, lambda scope: scope.rows, Code.UNKNOWN_ROW, whole=True)
THERAPIES = ById(
    Record(
        "a therapy",
        Therapy,
        {
            "name": need(TEXT),
            "short": need(TEXT),
            "summary": need(TEXT),
            "lightest": need(named.PRESSURE, "Under this pressure it is no longer this therapy."),
            "usual": need(named.PRESSURE, "The most pressure it ordinarily uses."),
            "works_on_pain": may(FLAG, "Makes sense only where a painful site may be pressed."),
            "form_of": may(named.THERAPY, "The therapy that this one is a form of."),
            "choose_when": may(CONDITION, "When a form takes the place of its therapy."),
            "sole_form": may(FLAG, "Then nothing else of its family is offered, and otherwise this is not."),
            "facts": need(_CELLS, "One text for each row of the comparison."),
            "expect": may(TEXTS),
            "ask_therapist": may(TEXTS),
            "qualifications": may(TEXTS),
            "aftercare": may(TEXTS),
            "visits": may(TEXT),
            "because": may(TEXT, "Why it is less strict than the pair that was started from."),
            "evidence": need(word(Grade)),
            "evidence_text": need(TEXT),
            "sources": need(named.SOURCES, missing=Code.NO_SOURCES),
        },
        check=_check,
    )
)
