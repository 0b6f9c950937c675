"""What stands in a file: texts, lists and mappings, each with its place.

Every scalar is text first. Only `true` and `false` are booleans too, and plain decimal integers numbers; `yes`, `no`,
`null`, `12:30` and dates are words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,8})")


@dataclass(frozen=True, slots=True)
class Scalar:
    """One text as written; `plain` when it stands without quotes."""

    text: str
    plain: bool
    line: int
    column: int

    @property
    def number(self) -> int | None:
        """The whole number that is written here, or None."""
        return int(self.text) if self.plain and _NUMBER.fullmatch(self.text) else None

    @property
    def truth(self) -> bool | None:
        """True or False where exactly `true` or `false` is written, else None."""
        return {"true": True, "false": False}.get(self.text) if self.plain else None


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the file, each key once."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int

    def __getitem__(self, name: str) -> Node | None:
        return next((value for key, value in self.entries if key.text == name), None)


Node = Scalar | Sequence | Mapping


def describe(node: Node) -> str:
    """Return in words what `node` is: "a list", "a number", "the text 'no'"."""
    match node:
        case Sequence():
            return "a list"
        case Mapping():
            return "a mapping"
        case Scalar("", True):
            return "nothing"
    if node.truth is not None:
        return node.text
    return "a number" if node.number is not None else "text"


def plain_value(node: Node) -> object:
    """Return `node` as strings, numbers, booleans, lists and dicts; a key without a value becomes None."""
    match node:
        case Sequence(items):
            return [plain_value(item) for item in items]
        case Mapping(entries):
            return {key.text: plain_value(value) for key, value in entries}
        case Scalar("", True):
            return None
    if node.truth is not None:
        return node.truth
    return node.text if node.number is None else node.number


DEEPEST = 40
_BRACKET_OR_TEXT = re.compile(r'[\[\]{}]|"(?:[^"\\]|\\.)*"?', re.DOTALL)


def too_deep_at(text: str) -> int | None:
    """Return where the first bracket stands that opens more than DEEPEST levels; those inside "texts" do not count."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return None  # nearly always: counting is much quicker than looking at every bracket
    levels = 0
    for found in _BRACKET_OR_TEXT.finditer(text):
        if found[0] in "[{":
            levels += 1
        elif found[0] in "]}":
            levels -= 1
        if levels > DEEPEST:
            return found.start()
    return None
