"""Edits of a YAML text at the places of its nodes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import yaml


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
    """Return the nodes of `text`, which loads, with their places in it; raises ValueError when there are none."""
    root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if root is None:
        raise ValueError("an empty text has no nodes")
    return root


def one_line(text: str, node: yaml.Node) -> str | None:
    """Return how `node` is written, if that can stand on one line anywhere, else None."""
    block = isinstance(node, yaml.CollectionNode) and not node.flow_style
    written = text[node.start_mark.index : node.end_mark.index]
    return None if block or getattr(node, "style", None) in ("|", ">") or "\n" in written else written
