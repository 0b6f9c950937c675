"""`facts:`: conditions with a name, which may build on each other but not go round in a circle."""

from __future__ import annotations

from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from nmtchoose.errors import Code
from nmtchoose.loading.conditions import facts_named, read_condition
from nmtchoose.loading.keyed import ByName, Entry
from nmtchoose.loading.names import Ids
from nmtchoose.loading.nodes import Node, Scalar
from nmtchoose.loading.scope import Scope, Setting, Size
from nmtchoose.loading.values import entries_of
from nmtchoose.model.condition import NEVER, Fact

FACTS = ByName("a fact", CONDITION)
_MOST_CIRCLES = 20


def read_facts(top: Entry, settings: dict[str, Setting]) -> Scope:
    """Return the scope of `top` with `settings` and all facts. Each is read after those it names."""
    node, scope = top.node("facts"), replace(top.scope, settings=settings)
    ids = Ids(scope.log, FACTS.what)
    written: dict[str, tuple[Scalar, Node]] = {}
    for key, value in () if node is None else entries_of(node, scope.log, "'facts'"):
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
