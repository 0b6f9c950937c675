"""Edits of a YAML text at the places of its nodes.

Lines that are longer than a screen are broken: bracketed lists and mappings, and texts on the line of their key.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import yaml

LONGEST_LINE = 120


def long_lines_broken(text: str) -> str:
    """Return `text` with every value that makes a line too long written on lines of its own, where it can be."""
    edits = list(_edits(text, composed(text), None))
    return edited(text, edits)


def _edits(text: str, node: yaml.Node, key: yaml.Node | None) -> Iterator[Edit]:
    """Yield the edits inside `node`, which stands at `key` in a mapping, or without one in a list."""
    if isinstance(node, yaml.ScalarNode):
        if key is not None and node.style not in ("|", ">") and _is_long(text, node):
            yield _broken(text, node, key)
    elif getattr(node, "flow_style", False):
        if _is_long(text, node):
            yield _broken(text, node, key)
    elif isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _edits(text, value, name)
    else:
        for item in node.value:
            yield from _edits(text, item, None)


def _is_long(text: str, node: yaml.Node) -> bool:
    start = text.rfind("\n", 0, node.start_mark.index) + 1
    end = text.find("\n", node.end_mark.index)
    lines = text[start : end if end >= 0 else len(text)].split("\n")
    return max(map(len, lines)) > LONGEST_LINE and "#" not in text[node.start_mark.index : node.end_mark.index]


def _broken(text: str, node: yaml.Node, key: yaml.Node | None) -> Edit:
    if key is None:
        return Edit.of(node, _lines(text, node, node.start_mark.column))
    column = key.start_mark.column
    colon = text.index(":", key.end_mark.index) + 1
    return Edit(colon, node.end_mark.index, _value(text, node, column, colon - key.start_mark.index))


def _value(text: str, node: yaml.Node, column: int, before: int) -> str:
    """Return what stands after a key and its colon, which begin at `column` and are `before` long."""
    plain = _written(text, node)
    if column + before + 1 + len(plain) <= LONGEST_LINE:
        return f" {plain}"
    if isinstance(node, yaml.ScalarNode):
        return _folded(plain, node, column + 2)
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return " " + _filled(text, node, column + before + 1)
    return "\n" + " " * (column + 2) + _lines(text, node, column + 2)


def _lines(text: str, node: yaml.Node, column: int) -> str:
    """Return a collection on lines of its own, of which the first already is at `column`."""
    lines: list[str] = []
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = f"{_written(text, key)}:"
            lines.append(name + _value(text, value, column, len(name)))
    else:
        for item in node.value if isinstance(node, yaml.SequenceNode) else ():
            written = _written(text, item)
            long = column + 2 + len(written) > LONGEST_LINE and isinstance(item, yaml.CollectionNode)
            lines.append("- " + (_lines(text, item, column + 2) if long else written))
    return ("\n" + " " * column).join(lines)


def _filled(text: str, node: yaml.SequenceNode, column: int) -> str:
    items = ", ".join(_written(text, item) for item in node.value)
    lines = textwrap.wrap(items, LONGEST_LINE - column - 2, break_long_words=False, break_on_hyphens=False)
    return f"[{(chr(10) + ' ' * (column + 1)).join(lines)}]"


def _folded(plain: str, node: yaml.ScalarNode, column: int) -> str:
    """Return a long text as a folded block, if it reads the same there."""
    words: str = node.value
    if " ".join(words.split()) != words:
        return f" {plain}"
    lines = textwrap.wrap(words, LONGEST_LINE - column, break_long_words=False, break_on_hyphens=False)
    return " >-" + "".join(f"\n{' ' * column}{line}" for line in lines)


def _written(text: str, node: yaml.Node) -> str:
    """Return how `node` is written, on one line."""
    return " ".join(text[node.start_mark.index : node.end_mark.index].split())


class Edit(NamedTuple):
    """What stands from `start` to `end` becomes `put`."""

    start: int
    end: int
    put: str

    @classmethod
    def of(cls, node: yaml.Node, put: str) -> Edit:
        """Return the edit that puts `put` in the place of `node`."""
        return cls(node.start_mark.index, node.end_mark.index, put)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with all `edits`, none of which touches another."""
    for start, end, put in sorted(edits, reverse=True):
        text = text[:start] + put + text[end:]
    return text


def composed(text: str) -> yaml.Node:
    """Return the nodes of `text`, which loads, with their places in it."""
    root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    assert root is not None
    return root


def one_line(text: str, node: yaml.Node) -> str | None:
    """Return how `node` is written, if that can stand on one line anywhere, else None."""
    block = isinstance(node, yaml.CollectionNode) and not node.flow_style
    written = text[node.start_mark.index : node.end_mark.index]
    return None if block or getattr(node, "style", None) in ("|", ">") or "\n" in written else written
