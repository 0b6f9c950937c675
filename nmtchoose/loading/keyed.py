"""Mappings: records with known keys, and entries under names or ids of the author's own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nmtchoose.errors import Code
from nmtchoose.loading import nodes
from nmtchoose.loading.nodes import Node, Placed, Scalar, Sequence
from nmtchoose.loading.scope import DASHED, LONGEST_ID, LONGEST_LIST, WORD, Ids, Scope, entries_of
from nmtchoose.loading.shapes import Schema, Shape

_ANY = Shape()


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record. `missing` is the fault of leaving out one that is needed; `told` is shown by editors."""

    shape: Shape
    needed: bool
    told: str = ""
    missing: Code = Code.MISSING_KEY

    def schema(self) -> Schema:
        """Return the schema of the value, with the words for it."""
        written = self.shape.schema()
        return {**written, "description": self.told} if self.told else written


def need(shape: Shape, told: str = "", missing: Code = Code.MISSING_KEY) -> Key:
    """Return a key that has to be there."""
    return Key(shape, True, told, missing)


def may(shape: Shape, told: str = "") -> Key:
    """Return a key that may be left out."""
    return Key(shape, False, told)


@dataclass(frozen=True, slots=True)
class Entry:
    """The keys of one mapping, to be read one by one. `at` is where faults about it as a whole are placed."""

    record: Record
    at: Placed
    written: Mapping[str, tuple[Scalar, Node]]
    scope: Scope

    def has(self, name: str) -> bool:
        """Return whether the key stands there."""
        return name in self.written

    def key(self, name: str) -> Placed:
        """Return the place of the key, or that of the entry without it."""
        return self.written[name][0] if name in self.written else self.at

    def node(self, name: str) -> Node | None:
        """Return what stands at the key, or None."""
        return self.written[name][1] if name in self.written else None

    def read(self, name: str, scope: Scope | None = None) -> Any:
        """Return what the key says; for one that is missing or faulty the stand-in if it is needed, else None."""
        key, node = self.record.keys[name], self.node(name)
        value = None if node is None else key.shape.read(node, scope or self.scope, f"'{name}'")
        return key.shape.without if value is None and key.needed else value

    def read_all(self, *names: str) -> dict[str, Any]:
        """Return what the keys `names` (without names, all of them) say, as far as they say anything."""
        said = {name: self.read(name) for name in names or self.record.keys}
        return {name: value for name, value in said.items() if value is not None}

    def refuse(self, code: Code, name: str, **said: Any) -> None:
        """Log `code` at the key `name`, if it stands there."""
        if name in self.written:
            self.scope.log.add(code, self.key(name), name=name, **said)


@dataclass(frozen=True, slots=True)
class Record(Shape):
    """A mapping with these keys and no others; `make` is called with what they say.

    A record in which only `short` would stand may be written as that value alone: `then: defer`. One of `some` has to
    be there. `check` looks at what was read, and logs what does not go together. `also` is for the schema.
    """

    what: str
    make: Callable[..., Any]
    keys: Mapping[str, Key]
    short: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    check: Callable[[Entry, dict[str, Any]], None] | None = None
    also: Schema = field(default_factory=dict)
    without: Any = None

    def open(self, node: Node, scope: Scope, at: Placed | None = None) -> Entry:
        """Return the keys of `node` to be read one by one, after logging those that are missing or unknown."""
        written = {key.text: (key, value) for key, value in entries_of(node, scope, self.what)}
        entry = Entry(self, at or node, written, scope)
        if not isinstance(node, nodes.Mapping):
            return entry
        for name, (key, _) in written.items():
            if name not in self.keys:
                scope.log.add(Code.UNKNOWN_KEY, key, near=self.keys, what=self.what, name=name)
        for name, known in self.keys.items():
            if known.needed and name not in written:
                scope.log.add(known.missing, entry.at, what=self.what, name=name)
        if self.some and not written.keys() & set(self.some):
            scope.log.add(Code.NO_EFFECT, entry.at, near=self.some, what=self.what)
        return entry

    def read(self, node: Node, scope: Scope, what: str = "", at: Placed | None = None, **given: Any) -> Any:
        """Return what `make` makes of the keys and of `given`."""
        entry = self.open(node, scope, at)
        said = entry.read_all()
        if self.check is not None:
            self.check(entry, said)
        return self.make(**given, **said)

    def schema(self) -> Schema:
        """Return the schema of the mapping, and of what may stand in its place."""
        mapping = {
            "type": "object",
            "properties": {name: key.schema() for name, key in self.keys.items()},
            "required": [name for name, key in self.keys.items() if key.needed],
            "additionalProperties": False,
            **({"anyOf": [{"required": [one]} for one in self.some]} if self.some else {}),
            **self.also,
        }
        return {"anyOf": [self.keys[self.short[0]].shape.schema(), mapping]} if self.short else mapping

    def in_full(self, node: Node) -> Node:
        """Return the mapping, also where one value stands for it, with the values of known keys in full."""
        if isinstance(node, nodes.Mapping):
            known = {name: key.shape for name, key in self.keys.items()}
            entries = ((key, known.get(key.text, _ANY).in_full(value)) for key, value in node.entries)
        elif self.short:
            entries = ((Scalar(name, True, node.line, node.column), node) for name in self.short)
        else:
            return node
        return nodes.Mapping(tuple(entries), node.line, node.column)


@dataclass(frozen=True, slots=True)
class ByName(Shape):
    """A mapping from names of the author's own to values: `{chronic_after_weeks: 12}`. `what` is one of them."""

    what: str
    value: Shape
    dashed: bool = False
    without: Any = field(default_factory=dict)

    def read(self, node: Node, scope: Scope, what: str) -> Any:
        """Return a dict with the values by their names."""
        ids = Ids(scope.log, self.what, dashed=self.dashed)
        found: dict[str, Any] = {}
        for key, value in entries_of(node, scope, what):
            ids.claim(key.text, key)
            said = self.value.read(value, scope, f"'{key.text}'")
            found[key.text] = self.value.without if said is None else said
        return found

    def schema(self) -> Schema:
        """Return the schema of the mapping."""
        return {"type": "object", "propertyNames": id_schema(self.dashed), "additionalProperties": self.value.schema()}


@dataclass(frozen=True, slots=True)
class ByKnown(Shape):
    """A mapping from names that are `known` to values; where it is `whole`, every one of them has to be there."""

    value: Shape
    known: Callable[[Scope], Collection[str]]
    unknown: Code
    whole: bool = False
    without: Any = field(default_factory=dict)

    def read(self, node: Node, scope: Scope, what: str) -> Any:
        """Return a dict with the values by their names, without those that are faulty."""
        known, found = self.known(scope), dict[str, Any]()
        for key, value in entries_of(node, scope, what):
            if key.text not in known:
                scope.log.add(self.unknown, key, near=known, name=key.text)
            found[key.text] = self.value.read(value, scope, f"'{key.text}'")
        for name in known if self.whole else ():
            if name not in found:
                scope.log.add(Code.MISSING_KEY, node, what=what, name=name)
        return {name: said for name, said in found.items() if said is not None}

    def schema(self) -> Schema:
        """Return the schema of the mapping."""
        return {"type": "object", "propertyNames": id_schema(False), "additionalProperties": self.value.schema()}


@dataclass(frozen=True, slots=True)
class ById(Shape):
    """Records by ids of the author's own (in the older format, `id` in each); one that is `placed` is told its line."""

    record: Record
    dashed: bool = False
    placed: bool = False
    most: int = LONGEST_LIST
    without: Any = ()

    def entries(self, node: Node, scope: Scope, what: str, ids: Ids | None = None) -> Iterator[tuple[Scalar, Node]]:
        """Yield each id with what stands there, after checking the id and remembering it in `ids`."""
        ids = ids or Ids(scope.log, self.record.what, dashed=self.dashed)
        entries = entries_of(node, scope, what)
        if isinstance(node, nodes.Mapping) and not entries:
            scope.log.add(Code.EMPTY_LIST, node, what=what)
        if len(entries) > self.most:
            scope.log.add(Code.TOO_MANY, node, what=what, limit=self.most)
        for key, value in entries[: self.most]:
            if key.text:
                ids.claim(key.text, key)
            else:
                scope.log.add(Code.MISSING_KEY, key, what=self.record.what, name="id")
            yield key, value

    def read(self, node: Node, scope: Scope, what: str) -> Any:
        """Return the records as a tuple, in the order of the file."""
        return tuple(self.read_in(node, scope, what))

    def read_in(
        self, node: Node | None, scope: Scope, what: str, ids: Ids | None = None, **given: Any
    ) -> Iterator[Any]:
        """Yield the records, made with `given` too; none without a node."""
        for key, value in () if node is None else self.entries(node, scope, what, ids):
            line: dict[str, Any] = {"line": key.line} if self.placed else {}
            yield self.record.read(value, scope, at=key, id=key.text, **line, **given)

    def schema(self) -> Schema:
        """Return the schema of the mapping."""
        names = {"type": "object", "propertyNames": id_schema(self.dashed), "minProperties": 1}
        return {**names, "additionalProperties": self.record.schema()}

    def in_full(self, node: Node) -> Node:
        """Return a mapping by id, also for the list of the older format, with every record in full."""
        entries: tuple[tuple[Scalar, Node], ...] = ()
        if isinstance(node, nodes.Mapping):
            entries = node.entries
        elif isinstance(node, Sequence) and node.items:
            entries = tuple(_id_taken_out(item) for item in node.items)
        else:
            return node
        in_full = tuple((key, self.record.in_full(value)) for key, value in entries)
        return nodes.Mapping(in_full, node.line, node.column)


def _id_taken_out(item: Node) -> tuple[Scalar, Node]:
    """Return the id in `item` and the mapping without it; without one, an empty id."""
    none = Scalar("", False, item.line, item.column)
    if not isinstance(item, nodes.Mapping):
        return none, item
    name = item["id"]
    rest = tuple((key, value) for key, value in item.entries if key.text != "id")
    return name if isinstance(name, Scalar) else none, nodes.Mapping(rest, item.line, item.column)


def id_schema(dashed: bool) -> Schema:
    """Return the schema of an id."""
    return {"type": "string", "pattern": f"^{DASHED if dashed else WORD}$", "maxLength": LONGEST_ID}
