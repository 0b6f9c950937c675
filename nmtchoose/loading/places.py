"""Where in a file something stands, by its path: `("questions", "age", "help")`, `("rules", "fit", "old-pain")`.

The model carries no places, to stay small and equal by value: this index is made beside it, from the nodes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nmtchoose.loading import nodes
from nmtchoose.loading.fault_log import Place, Placed
from nmtchoose.loading.nodes import Node, Scalar, Sequence

Path = tuple[str, ...]
BEGINNING = Place(1, 1)


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the file: its path, its words and its place."""

    path: Path
    words: str
    place: Placed


@dataclass(frozen=True, slots=True)
class Places:
    """The place of every key and item, and all texts, in the order of the file.

    In a path, a key stands for its value, and an item of a list goes by its number from 0.
    """

    at: Mapping[Path, Placed]
    texts: tuple[Text, ...]

    def of(self, *path: str) -> Placed:
        """Return the place of `path`, or of the nearest thing around it that the file has."""
        while path and path not in self.at:
            path = path[:-1]
        return self.at.get(path, BEGINNING)


def places_of(root: Node | None) -> Places:
    """Return the places in the file that `root` was read from; none for a file that could not be read."""
    at: dict[Path, Placed] = {}
    texts: list[Text] = []
    waiting: list[tuple[Path, Placed, Node]] = [] if root is None else [((), BEGINNING, root)]
    while waiting:
        path, place, node = waiting.pop()
        at.setdefault(path, place)
        if isinstance(node, Scalar):
            texts.append(Text(path, node.text.strip(), node))
        waiting += reversed([((*path, name), where, part) for name, where, part in _parts(node)])
    return Places(at, tuple(texts))


def _parts(node: Node) -> Iterable[tuple[str, Placed, Node]]:
    if isinstance(node, nodes.Mapping):
        return [(key.text, key, value) for key, value in node.entries]
    items = node.items if isinstance(node, Sequence) else ()
    return [(str(number), item, item) for number, item in enumerate(items)]
