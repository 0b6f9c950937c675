"""The one parser of conditions, from nodes to `nmtchoose.model.condition`, and `facts:`, conditions with a name.

What is said about one question is read in `comparisons`. Settings become constants; facts keep their name, with their
body inside, and may build on each other but not go round in a circle. The language: docs/the-two-files.md.
"""

from collections.abc import Callable
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from nmtchoose.errors import Code
from nmtchoose.loading.comparisons import COMPARISON_SCHEMA, NUMBER, any_of, read_comparison
from nmtchoose.loading.keyed import ByName, Entry, Record, may, need
from nmtchoose.loading.nodes import Mapping, Node, Scalar, Sequence
from nmtchoose.loading.scope import Ids, Scope, Setting, Size, entries_of, wrong_type
from nmtchoose.loading.shapes import NAME_SCHEMA, ListOf, Schema, Value
from nmtchoose.model.condition import ALWAYS, NEVER, AllOf, AtLeastOf, Condition, Fact, Not

MOST_PARTS = 5_000
DEEPEST = 60
"""Limits for a condition with its facts written out, so that everything that walks it stays quick."""


def read_condition(node: Node, scope: Scope) -> Condition:
    """Return the condition at `node`; after a logged fault, one that is never true stands in for it."""
    condition = _read(node, scope)
    size = scope.size(condition)
    if size.parts > MOST_PARTS or size.depth > DEEPEST:
        scope.log.add(Code.CONDITION_TOO_BIG, node)
        return NEVER
    return condition


def _read(node: Node, scope: Scope) -> Condition:
    match node:
        case Scalar():
            return _read_word(node, scope)
        case Sequence(items):
            return _no_parts(node, scope) if not items else any_of([_read(item, scope) for item in items])
        case Mapping(entries):
            parts = [_read_entry(key, value, scope) for key, value in entries]
            return _all(parts) if parts else _no_parts(node, scope)


def _no_parts(node: Node, scope: Scope) -> Condition:
    scope.log.add(Code.EMPTY_CONDITION, node)
    return NEVER


def _read_word(node: Scalar, scope: Scope) -> Condition:
    if node.text == "always":
        return ALWAYS
    if not node.text:
        return _no_parts(node, scope)
    if node.truth is not None or node.number is not None:
        wrong_type(node, scope, "a condition", "a question with its answer, a fact or 'always'")
        return NEVER
    return scope.fact(node) or NEVER


def _read_entry(key: Scalar, value: Node, scope: Scope) -> Condition:
    if key.text in COMBINED:
        condition: Condition | None = COMBINED[key.text].shape.read(value, scope, f"'{key.text}'")
        return condition or NEVER
    question = scope.question(key)
    return NEVER if question is None else read_comparison(question, value, scope)


def _read_at_least(node: Node, scope: Scope, what: str) -> Condition:
    entry = _AT_LEAST.open(node, scope)
    at, count, parts = entry.node("count"), entry.read("count"), entry.read("of")
    if at is None or count is None or not parts:
        return NEVER
    if not 1 <= count <= len(parts):
        scope.log.add(Code.NUMBER_OUT_OF_RANGE, at, what="'count'", number=count, low=1, high=len(parts))
    return AtLeastOf(count, parts)


def _all(parts: list[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def facts_named(node: Node) -> frozenset[str]:
    """Return the names that stand in `node` where a fact can stand, whether or not there is such a fact."""
    match node:
        case Scalar(text):
            return frozenset((text,))
        case Sequence(items):
            return frozenset().union(*(facts_named(item) for item in items))
    return frozenset().union(*(_facts_named_by(key.text, value) for key, value in node.entries))


def _facts_named_by(key: str, value: Node) -> frozenset[str]:
    if key in ("all", "any", "not", "fact"):
        return facts_named(value)
    if key == "at_least" and isinstance(value, Mapping):
        conditions = value["of"]
        return frozenset() if conditions is None else facts_named(conditions)
    return frozenset()


_ANY_CONDITION: Schema = {"$ref": "#/definitions/condition"}
CONDITION = Value(lambda node, scope, what: read_condition(node, scope), _ANY_CONDITION, without=NEVER)
_ONE = Value(lambda node, scope, what: _read(node, scope), _ANY_CONDITION)
_PARTS = ListOf(_ONE)
_AT_LEAST = Record("'at_least'", AtLeastOf, {"count": need(NUMBER), "of": need(_PARTS)})


def _of_parts(combined: Callable[[list[Condition]], Condition]) -> Value:
    return Value(lambda node, scope, what: combined(list(_PARTS.read(node, scope, what))), _PARTS.schema())


COMBINED = {
    "all": may(_of_parts(_all), "All of these hold."),
    "any": may(_of_parts(any_of), "At least one of these holds."),
    "not": may(Value(lambda node, scope, what: Not(_read(node, scope)), _ANY_CONDITION), "This does not hold."),
    "at_least": may(Value(_read_at_least, _AT_LEAST.schema()), "At least so many of these hold."),
    "fact": may(Value(lambda node, scope, what: scope.fact(node), NAME_SCHEMA), "A named condition of rules.yaml."),
    "setting": may(
        Value(lambda node, scope, what: ALWAYS if scope.setting(node, bool) else NEVER, NAME_SCHEMA),
        "A yes/no setting of rules.yaml.",
    ),
}
"""The words that combine conditions, or stand for one."""
DEFINITIONS: Schema = {
    "condition": {
        "description": "A mapping means all of these; a list means any of these; a word is a fact, or 'always'.",
        "anyOf": [
            NAME_SCHEMA,
            _PARTS.schema(),
            {
                "type": "object",
                "minProperties": 1,
                "properties": {name: key.schema() for name, key in COMBINED.items()},
                "additionalProperties": {"$ref": "#/definitions/comparison"},
            },
        ],
    },
    "comparison": {**COMPARISON_SCHEMA, "description": "What the answer to this question is."},
}
"""What `$ref` means in the schemas of both files."""


FACTS = ByName("a fact", CONDITION)
_MOST_CIRCLES = 20


def read_facts(top: Entry, settings: dict[str, Setting]) -> Scope:
    """Return the scope of `top` with `settings` and all facts. Each is read after those it names."""
    node, scope = top.node("facts"), replace(top.scope, settings=settings)
    ids = Ids(scope.log, FACTS.what)
    written: dict[str, tuple[Scalar, Node]] = {}
    for key, value in () if node is None else entries_of(node, scope, "'facts'"):
        ids.claim(key.text, key)
        written[key.text] = (key, value)
    named = {name: facts_named(value) & written.keys() for name, (_, value) in written.items()}
    facts = {name: Fact(name, NEVER) for name in written}
    sizes: dict[str, Size] = {}
    within = replace(scope, facts=facts, fact_sizes=sizes)
    for name in _in_order(named, written, scope):
        body = read_condition(written[name][1], within)
        facts[name] = Fact(name, body)
        sizes[name] = within.size(body)
    return within


def _in_order(
    named: dict[str, frozenset[str]], written: dict[str, tuple[Scalar, Node]], scope: Scope
) -> tuple[str, ...]:
    """Return all facts, each after those it names; facts in a circle are logged and keep a stand-in."""
    remaining = dict(named)
    for _ in range(_MOST_CIRCLES):
        try:
            return tuple(TopologicalSorter(remaining).static_order())
        except CycleError as error:
            circle = sorted(set(error.args[1]), key=list(written).index)
            key, _value = written[circle[0]]
            scope.log.add(Code.FACT_CYCLE, key, names=" > ".join([*circle[:5], circle[0]]))
            remaining = {name: needs - set(circle) for name, needs in remaining.items() if name not in circle}
    return ()
