"""The names that rules may use, gathered before the first rule is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nmtchoose.content.fault_log import FaultLog
from nmtchoose.content.fields import Fields
from nmtchoose.content.names import known_name, known_names, meant_by
from nmtchoose.content.nodes import Mapping as MappingNode
from nmtchoose.content.nodes import Node, Scalar, Sequence
from nmtchoose.content.scope import Scope
from nmtchoose.content.values import in_bounds, items_of, wrong_type
from nmtchoose.errors import Code
from nmtchoose.model.rules import MOST_PRESSURE, Sites


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What exists: questions, facts and settings in `scope`, and the ids of sources, therapies and rows."""

    scope: Scope
    sites_by_name: Mapping[str, tuple[str, ...]]
    sources: tuple[str, ...]
    therapies: tuple[str, ...]
    rows: tuple[str, ...] = ()

    @property
    def log(self) -> FaultLog:
        """Where faults go."""
        return self.scope.log

    def need_sources(self, fields: Fields) -> tuple[str, ...]:
        """Return the sources that `fields` names; at least one has to be there."""
        node = fields.node_at("sources")
        if node is None or (isinstance(node, Sequence) and not node.items):
            self.log.add(Code.NO_SOURCES, fields.node if node is None else node, what=fields.what)
            return ()
        items = items_of(node, self.log, "'sources'")
        return known_names(items, self.sources, self.log, "a source", Code.UNKNOWN_SOURCE)

    def therapy(self, node: Node | None) -> str:
        """Return the therapy that `node` names, or an empty string."""
        if node is None:
            return ""
        return known_name(node, self.therapies, self.log, "a therapy", Code.UNKNOWN_THERAPY)

    def therapy_list(self, fields: Fields, name: str) -> tuple[str, ...]:
        """Return the therapies in the optional list `name`."""
        return known_names(fields.items(name), self.therapies, self.log, "a therapy", Code.UNKNOWN_THERAPY)

    def by_therapy(self, fields: Fields, name: str, low: int, high: int) -> dict[str, int]:
        """Return the numbers between `low` and `high` in the optional mapping `name`, by therapy."""
        numbers: dict[str, int] = {}
        for key, value in fields.entries(name):
            if key.text not in self.therapies:
                self.log.add(Code.UNKNOWN_THERAPY, key, near=self.therapies, name=key.text)
            number = self.number(value, f"'{key.text}'", low, high)
            if number is not None:
                numbers[key.text] = number
        return numbers

    def pressure(self, fields: Fields, name: str) -> int | None:
        """Return the optional pressure `name`, 1 to 5."""
        node = fields.node_at(name)
        return None if node is None else self.number(node, f"'{name}'", 1, MOST_PRESSURE)

    def number(self, node: Node, what: str, low: int, high: int) -> int | None:
        """Return a whole number between `low` and `high`; the name of a number setting may stand for it."""
        number = self.scope.number(node, what)
        return None if number is None else in_bounds(number, node, self.log, what, low, high)

    def sites(self, node: Node) -> Sites:
        """Return body sites: names, or `{named: [...], marked_in: [...]}`."""
        if not isinstance(node, MappingNode):
            return Sites(named=self._named(node))
        with Fields(node, self.log, "a set of sites") as fields:
            if not node.entries:
                self.log.add(Code.EMPTY_LIST, node, what="a set of sites")
            named, marked_in = fields.node_at("named"), fields.node_at("marked_in")
            return Sites(
                named=() if named is None else self._named(named),
                marked_in=() if marked_in is None else self.marked_in(marked_in),
            )

    def _named(self, node: Node) -> tuple[str, ...]:
        return meant_by(self._one_or_more(node), self.sites_by_name, self.log, Code.UNKNOWN_SITE)

    def marked_in(self, node: Node) -> tuple[str, ...]:
        """Return the sites questions that `node` names, one or a list."""
        items = self._one_or_more(node)
        names = known_names(items, self.scope.questions, self.log, "a question", Code.UNKNOWN_QUESTION)
        for item in items:
            question = self.scope.questions.get(item.text) if isinstance(item, Scalar) else None
            if question is not None and not question.sites:
                self.log.add(Code.NOT_A_SITES_QUESTION, item, question=question.id)
        return names

    def _one_or_more(self, node: Node) -> tuple[Node, ...]:
        if isinstance(node, MappingNode):
            wrong_type(self.log, node, "a set of sites", "a site or a list")
            return ()
        return (node,) if isinstance(node, Scalar) else items_of(node, self.log, "a set of sites")
