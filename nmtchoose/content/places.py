"""Where in a file something stands, by its path: `("questions", "age", "help")`, `("rules", "fit", "old-pain")`.

The model carries no places, so that it stays small and equal by value. This index is made beside it, from the nodes,
for tools that point at what they find.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nmtchoose.content import nodes
from nmtchoose.content.fault_log import Place
from nmtchoose.content.nodes import Node, Scalar, Sequence

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the file: its path, its words and its place."""

    path: Path
    words: str
    place: Place


@dataclass(frozen=True, slots=True)
class Places:
    """The place of every key and every item, and all texts, in the order of the file.

    In a path, a key stands for its value, an item of a list with an `id` goes by its id, and any other item by its
    number from 0.
    """

    at: Mapping[Path, Place]
    texts: tuple[Text, ...]

    def of(self, *path: str) -> Place:
        """Return the place of `path`, or of the nearest thing around it that the file has."""
        while path and path not in self.at:
            path = path[:-1]
        return self.at.get(path, Place(1, 1))


def places_of(root: Node | None) -> Places:
    """Return the places in the file that `root` was read from; none for a file that could not be read."""
    at: dict[Path, Place] = {}
    texts: list[Text] = []
    waiting: list[tuple[Path, Place, Node]] = [] if root is None else [((), Place(1, 1), root)]
    while waiting:
        path, place, node = waiting.pop()
        at.setdefault(path, place)
        if isinstance(node, Scalar):
            texts.append(Text(path, node.text.strip(), Place(node.line, node.column)))
        waiting += reversed([((*path, name), where, part) for name, where, part in _parts(node)])
    return Places(at, tuple(texts))


def _parts(node: Node) -> Iterator[tuple[str, Place, Node]]:
    if isinstance(node, nodes.Mapping):
        for key, value in node.entries:
            yield key.text, Place(key.line, key.column), value
    elif isinstance(node, Sequence):
        for number, item in enumerate(node.items):
            name = item["id"] if isinstance(item, nodes.Mapping) else None
            yield name.text if isinstance(name, Scalar) else str(number), Place(item.line, item.column), item
