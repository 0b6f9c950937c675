"""What may stand at a place of the two files, said once: readers, schemas for editors and the converter all follow it.

A file is a `Record` of named keys (see `keyed`); at a key stands a `Value`, a list, a record, or entries under ids.
Reading never raises: after a fault that is logged, a harmless stand-in comes back.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nmtchoose.errors import Code
from nmtchoose.loading.locate import NEWER, OLDER
from nmtchoose.loading.nodes import Node, Scalar, Sequence
from nmtchoose.loading.scope import LONGEST_TEXT, Scope, flag_of, in_bounds, items_of, number_of, text_of

Schema = Mapping[str, Any]


class Shape:
    """What may stand somewhere. `without` is the stand-in for what is missing or faulty."""

    without: Any = None

    def read(self, node: Node, scope: Scope, what: str) -> Any:
        """Return what `node` says, or None after a logged fault; `what` names it in faults, as in "'label'"."""
        raise NotImplementedError

    def schema(self) -> Schema:
        """Return the JSON Schema of it."""
        raise NotImplementedError

    def in_full(self, node: Node) -> Node:
        """Return `node` as it reads where nothing is written in short, nor as the older format has it."""
        return node


@dataclass(frozen=True, slots=True)
class Value(Shape):
    """A single value, or anything else that one function reads."""

    reader: Callable[[Node, Scope, str], Any]
    written: Schema
    without: Any = None

    def read(self, node: Node, scope: Scope, what: str) -> Any:
        """Return what the function makes of `node`."""
        return self.reader(node, scope, what)

    def schema(self) -> Schema:
        """Return the schema as it was given."""
        return self.written


@dataclass(frozen=True, slots=True)
class ListOf(Shape):
    """A list with at least one item."""

    item: Shape
    without: Any = ()

    def read(self, node: Node, scope: Scope, what: str) -> Any:
        """Return the items as a tuple."""
        items = items_of(node, scope, what)
        return tuple(self.item.read(item, scope, f"an item of {what}") for item in items)

    def schema(self) -> Schema:
        """Return the schema of the list."""
        return {"type": "array", "items": self.item.schema(), "minItems": 1}

    def in_full(self, node: Node) -> Node:
        """Return the list with every item in full."""
        if not isinstance(node, Sequence):
            return node
        return Sequence(tuple(self.item.in_full(item) for item in node.items), node.line, node.column)


NAME_SCHEMA: Schema = {"type": "string", "minLength": 1}
# Digits without quotes are a number to an editor; as text they are just as good.
TEXT = Value(text_of, {"type": ["string", "number"], "minLength": 1, "maxLength": LONGEST_TEXT}, without="")
TEXTS = ListOf(TEXT)
NAME = Value(text_of, NAME_SCHEMA, without="")
FLAG = Value(flag_of, {"type": "boolean"})


def whole(low: int, high: int) -> Value:
    """Return the shape of a whole number between `low` and `high`."""

    def read(node: Node, scope: Scope, what: str) -> int | None:
        number = number_of(node, scope, what)
        return None if number is None else in_bounds(number, node, scope, what, low, high)

    return Value(read, {"type": "integer", "minimum": low, "maximum": high})


def word(words: Iterable[str]) -> Value:
    """Return the shape of a word of a closed list, for which the first word stands in."""
    known = tuple(words)

    def read(node: Node, scope: Scope, what: str) -> str | None:
        text = text_of(node, scope, what)
        if text and text not in known:
            scope.log.add(Code.UNKNOWN_WORD, node, near=known, what=what, name=text)
        return next((one for one in known if one == text), None)

    return Value(read, {"enum": [str(one) for one in known]}, without=known[0])


def format_line(wanted: str) -> Value:
    """Return the shape of the line that says the format `wanted`; the older one before it is read too."""

    def read(node: Node, scope: Scope, what: str) -> str:
        written = node.text if isinstance(node, Scalar) else ""
        if written not in (wanted, wanted.replace(NEWER, OLDER)):
            scope.log.add(Code.WRONG_FORMAT, node, wanted=wanted)
        return written

    return Value(read, {"const": wanted})
