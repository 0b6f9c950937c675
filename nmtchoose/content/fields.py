"""Reading the keys of one mapping by name."""

from __future__ import annotations

from enum import StrEnum
from types import TracebackType
from typing import Self, TypeVar

from nmtchoose.content import values
from nmtchoose.content.fault_log import FaultLog
from nmtchoose.content.nodes import Mapping, Node, Scalar
from nmtchoose.errors import Code

Word = TypeVar("Word", bound=StrEnum)


class Fields:
    """The keys of one mapping, each read once by name, in a `with` block.

    Every key that is read is thereby known; at the end of the block all other keys are logged as unknown. The methods
    that start with `need` also log a key that is missing. Nothing raises: after a fault a stand-in comes back.
    """

    def __init__(self, node: Node, log: FaultLog, what: str) -> None:
        self.node = node
        self.log = log
        self.what = what
        self._known: dict[str, None] = {}
        self._values = {key.text: (key, value) for key, value in values.entries_of(node, log, what)}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name, (key, _) in self._values.items():
            if error is None and name not in self._known:
                self.log.add(Code.UNKNOWN_KEY, key, near=self._known, what=self.what, name=name)

    def has(self, name: str) -> bool:
        """Return whether the key stands there."""
        return name in self._values

    def key(self, name: str) -> Scalar | None:
        """Return the key itself, for faults about its presence."""
        return self._values[name][0] if name in self._values else None

    def node_at(self, name: str) -> Node | None:
        """Return the value of the key, or None."""
        self._known[name] = None
        return self._values[name][1] if name in self._values else None

    def need(self, name: str) -> Node | None:
        """Return the value of a key that has to be there."""
        if name not in self._values and isinstance(self.node, Mapping):
            self.log.add(Code.MISSING_KEY, self.node, what=self.what, name=name)
        return self.node_at(name)

    def text(self, name: str) -> str:
        """Return an optional text; empty when it is not there."""
        node = self.node_at(name)
        return "" if node is None else values.text_of(node, self.log, f"'{name}'")

    def need_text(self, name: str) -> str:
        """Return a text that has to be there."""
        self.need(name)
        return self.text(name)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return an optional list of texts."""
        return tuple(values.text_of(item, self.log, f"an item of '{name}'") for item in self.items(name))

    def items(self, name: str, limit: int = values.LONGEST_LIST) -> tuple[Node, ...]:
        """Return the items of an optional list; a list that is there may not be empty."""
        node = self.node_at(name)
        return () if node is None else values.items_of(node, self.log, f"'{name}'", limit)

    def need_items(self, name: str, limit: int = values.LONGEST_LIST) -> tuple[Node, ...]:
        """Return the items of a list that has to be there."""
        self.need(name)
        return self.items(name, limit)

    def entries(self, name: str) -> tuple[tuple[Scalar, Node], ...]:
        """Return the keys and values of an optional mapping."""
        node = self.node_at(name)
        return () if node is None else values.entries_of(node, self.log, f"'{name}'")

    def need_entries(self, name: str) -> tuple[tuple[Scalar, Node], ...]:
        """Return the keys and values of a mapping that has to be there."""
        self.need(name)
        return self.entries(name)

    def flag(self, name: str) -> bool:
        """Return an optional true or false; False when it is not there."""
        node = self.node_at(name)
        return node is not None and bool(values.flag_of(node, self.log, f"'{name}'"))

    def number(self, name: str, low: int, high: int) -> int | None:
        """Return an optional whole number between `low` and `high`."""
        node = self.node_at(name)
        return None if node is None else values.number_of(node, self.log, f"'{name}'", low, high)

    def need_number(self, name: str, low: int, high: int) -> int:
        """Return a whole number that has to be there; `low` stands in for a faulty one."""
        self.need(name)
        number = self.number(name, low, high)
        return low if number is None else number

    def word(self, name: str, words: type[Word]) -> Word | None:
        """Return an optional word of a closed list."""
        node = self.node_at(name)
        return None if node is None else values.word_of(node, self.log, f"'{name}'", words)

    def need_word(self, name: str, words: type[Word]) -> Word:
        """Return a word of a closed list that has to be there; the first word stands in for a faulty one."""
        self.need(name)
        return self.word(name, words) or next(iter(words))
