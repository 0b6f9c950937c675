"""Shapes of what names something: conditions, therapies, sources, sites, numbers that a setting may stand for."""

from collections.abc import Callable, Collection, Mapping

from nmtchoose.errors import Code
from nmtchoose.loading import nodes
from nmtchoose.loading.comparisons import sign_id
from nmtchoose.loading.conditions import CONDITION, read_condition
from nmtchoose.loading.keyed import ByKnown, Entry, Record, id_schema, may
from nmtchoose.loading.nodes import Node, Scalar, Sequence
from nmtchoose.loading.scope import (
    Ids,
    Scope,
    entries_of,
    items_of,
    known_name,
    known_names,
    meant_by,
    text_of,
    wrong_type,
)
from nmtchoose.loading.shapes import NAME_SCHEMA, Schema, Shape, Value, whole
from nmtchoose.model.condition import ALWAYS, Condition
from nmtchoose.model.rules import MOST_PRESSURE, Sites

_NAMES: Schema = {"type": "array", "items": NAME_SCHEMA, "minItems": 1}
_ONE_OR_MORE: Schema = {"anyOf": [NAME_SCHEMA, _NAMES]}


def _read_texts(node: Node, scope: Scope, what: str) -> tuple[str, ...]:
    items = (node,) if isinstance(node, Scalar) else items_of(node, scope, what)
    return tuple(text_of(one, scope, what) for one in items)


ONE_OR_MORE = Value(_read_texts, _ONE_OR_MORE, without=())
"""One text or several, of which it is not known what they name."""


def _or_setting(plain: Value) -> Schema:
    return {"anyOf": [plain.schema(), id_schema(dashed=False)]}


def number(low: int, high: int) -> Value:
    """Return the shape of a whole number, for which the name of a number setting may stand."""
    return Value(whole(low, high).reader, _or_setting(whole(low, high)), without=0)


PRESSURE = Value(
    lambda node, scope, what: whole(1, len(scope.pressure)).read(node, scope, what),
    _or_setting(whole(1, MOST_PRESSURE)),
    without=0,
)
"""A level of the pressure scale of this file."""

MEANS = ByKnown(CONDITION, lambda scope: scope.facts or (), Code.UNKNOWN_FACT)
"""Conditions by the fact that each of them is."""


def by_therapy(value: Shape) -> ByKnown:
    """Return the shape of a mapping from therapies to `value`."""
    return ByKnown(value, lambda scope: scope.therapies, Code.UNKNOWN_THERAPY)


THERAPY = Value(
    lambda node, scope, what: known_name(node, scope.therapies, scope, "a therapy", Code.UNKNOWN_THERAPY),
    NAME_SCHEMA,
    without="",
)


def _names_of(what: str, known: Callable[[Scope], Collection[str]], unknown: Code) -> Value:
    return Value(
        lambda node, scope, key: known_names(items_of(node, scope, key), known(scope), scope, what, unknown),
        _NAMES,
        without=(),
    )


THERAPIES = _names_of("a therapy", lambda scope: scope.therapies, Code.UNKNOWN_THERAPY)
QUESTIONS = _names_of("a question", lambda scope: scope.questions, Code.UNKNOWN_QUESTION)
_SOME_SOURCES = _names_of("a source", lambda scope: scope.sources, Code.UNKNOWN_SOURCE)
EVERY = "all"
UNNAMED = "not_named_for_safety"
"""Stands for every therapy that no safety rule names: known once the rules are read."""


def _read_guarded(node: Node, scope: Scope, what: str) -> tuple[str, ...]:
    """Return them in the order of the file's therapies: which are meant counts, and not how they are written."""
    if isinstance(node, Scalar) and node.text in (EVERY, UNNAMED):
        return scope.therapies if node.text == EVERY else (UNNAMED,)
    named = THERAPIES.read(node, scope, what)
    return tuple(therapy for therapy in scope.therapies if therapy in named)


GUARDED = Value(_read_guarded, {"anyOf": [{"enum": [EVERY, UNNAMED]}, _NAMES]})
"""The therapies that a guarantee is about: a list, or `all`, also those that are added later."""


def _read_asked(node: Node, scope: Scope, what: str) -> dict[str, Condition]:
    """Return when each question is asked; a list promises it always, and an `each` stands for all its lines."""
    listed = ((item, ALWAYS) for item in node.items) if isinstance(node, Sequence) else ()
    mapped = entries_of(node, scope, what) if not isinstance(node, Sequence) else ()
    found: dict[str, Condition] = {}
    for at, when in (*listed, *((key, read_condition(value, scope)) for key, value in mapped)):
        name = known_name(at, (*scope.questions, *scope.lists), scope, "a question", Code.UNKNOWN_QUESTION)
        lines = [sign_id(name, one.id) for one in scope.lists[name].options] if name in scope.lists else [name]
        found |= dict.fromkeys((one for one in lines if one), when)
    return found


ASKED = Value(
    _read_asked,
    {
        "anyOf": [
            _NAMES,
            {"type": "object", "additionalProperties": {"$ref": "#/definitions/condition"}, "minProperties": 1},
        ]
    },
)
"""Questions that are asked: a list, or with the condition under which each is."""


def _read_offered(node: Node, scope: Scope, what: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, value in entries_of(node, scope, what):
        question = scope.question(key)
        if question is not None:
            meanings = {option.id: (option.id,) for option in question.options} | dict(question.groups)
            items = items_of(value, scope, f"'{key.text}'")
            found[key.text] = meant_by(items, meanings, scope, Code.UNKNOWN_OPTION, key.text)
    return found


OFFERED = Value(_read_offered, {"type": "object", "additionalProperties": _NAMES, "minProperties": 1})
"""Options of questions, by question."""


def _read_sources(node: Node, scope: Scope, what: str) -> tuple[str, ...]:
    if isinstance(node, Sequence) and not node.items:
        scope.log.add(Code.NO_SOURCES, node, what="this")
        return ()
    return tuple(_SOME_SOURCES.read(node, scope, what))


SOURCES = Value(_read_sources, _NAMES, without=())


def _one_or_more(node: Node, scope: Scope) -> tuple[Node, ...]:
    if isinstance(node, nodes.Mapping):
        wrong_type(node, scope, "a set of sites", "a site or a list")
        return ()
    return (node,) if isinstance(node, Scalar) else items_of(node, scope, "a set of sites")


def _read_named_sites(node: Node, scope: Scope, what: str) -> tuple[str, ...]:
    return meant_by(_one_or_more(node, scope), scope.sites_by_name, scope, Code.UNKNOWN_SITE)


def _read_sites_questions(node: Node, scope: Scope, what: str) -> tuple[str, ...]:
    items = _one_or_more(node, scope)
    names = known_names(items, scope.questions, scope, "a question", Code.UNKNOWN_QUESTION)
    for item in items:
        question = scope.questions.get(item.text) if isinstance(item, Scalar) else None
        if question is not None and not question.sites:
            scope.log.add(Code.NOT_A_SITES_QUESTION, item, question=question.id)
    return names


SITES_QUESTIONS = Value(_read_sites_questions, _ONE_OR_MORE)
SITES = Record(
    "a set of sites",
    Sites,
    {
        "named": may(Value(_read_named_sites, _ONE_OR_MORE), "Sites, regions or body groups."),
        "marked_in": may(SITES_QUESTIONS, "What was marked in these questions."),
    },
    short=("named",),
    some=("named", "marked_in"),
    without=Sites(),
)


def read_sets(
    entry: Entry, name: str, meanings: Mapping[str, tuple[str, ...]], unknown: Code, question: str = ""
) -> dict[str, tuple[str, ...]]:
    """Return the names that the mapping at the key `name` gives to sets of what `meanings` names."""
    node, scope = entry.node(name), entry.scope
    ids = Ids(scope.log, "a group")
    sets: dict[str, tuple[str, ...]] = {}
    for key, value in () if node is None else entries_of(node, scope, f"'{name}'"):
        if key.text in meanings:
            scope.log.add(Code.NAME_TAKEN, key, name=key.text)
        ids.claim(key.text, key)
        items = items_of(value, scope, f"'{key.text}'")
        sets[key.text] = meant_by(items, meanings, scope, unknown, question)
    return sets
