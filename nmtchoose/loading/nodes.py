"""What stands in a file: texts, lists and mappings, each with its place; where something stands; what is wrong there.

Every scalar is text first. Only `true` and `false` are booleans too, and plain decimal integers numbers; `yes`, `no`,
`null`, `12:30` and dates are words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from nmtchoose.errors import Code, Fault, fault, suggestion

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


MOST_FAULTS = 100
"""After this many faults a file is not worth listing further."""
_LONGEST_NAME = 60
_MOST_NAMES = 500


@dataclass(frozen=True, slots=True)
class Place:
    """A line and a column, both counted from 1."""

    line: int
    column: int


def place_after(before: str) -> Place:
    """Return the place of what follows the text `before`."""
    line_start = max(before.rfind("\n"), before.rfind("\r")) + 1
    lines = before.count("\n") + before.count("\r") - before.count("\r\n")
    return Place(lines + 1, len(before) - line_start + 1)


Placed = Place | Node
"""Whatever stands at a line and column."""


class FaultLog:
    """The faults found so far in the file called `file`."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._faults: list[Fault] = []

    def add(self, code: Code, at: Placed, /, *, near: Iterable[str] = (), **values: object) -> None:
        """Record `code` at `at`, filling its sentences with `values`, of which `name` is shortened and made printable.

        With `near` they may say `{suggestion}`, the closest of `near` to `name`, and `{known}`, all of them.
        """
        if len(self._faults) > MOST_FAULTS:
            return
        if len(self._faults) == MOST_FAULTS:
            code, near, values = Code.TOO_MANY_FAULTS, (), {"limit": MOST_FAULTS}
        name = shorten(str(values.get("name", "")))
        names = [shorten(one) for one in islice(near, _MOST_NAMES)]
        values |= {"name": name, "suggestion": suggestion(name, names), "known": ", ".join(names[:40]) or "(none yet)"}
        self._faults.append(fault(code, self.file, at.line, at.column, warning=False, **values))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All faults, from the top of the file to its end."""
        return tuple(sorted(self._faults, key=lambda one: (one.line, one.column)))


def shorten(text: str) -> str:
    """Return `text` in one printable line of at most about 60 characters."""
    shown = "".join(char if unicodedata.category(char)[0] != "C" else "?" for char in text[: _LONGEST_NAME + 1])
    return shown if len(text) <= _LONGEST_NAME else shown[:_LONGEST_NAME] + "..."


Path = tuple[str, ...]
"""How to get to something in a file: `("questions", "age", "help")`, `("rules", "fit", "old-pain")`."""
BEGINNING = Place(1, 1)


@dataclass(frozen=True, slots=True)
class Places:
    """The place of every key and item, and all texts, in the order of the file: the model carries none of them.

    In a path, a key stands for its value, and an item of a list goes by its number from 0.
    """

    at: dict[Path, Placed]
    texts: dict[Path, str]

    def of(self, *path: str) -> Placed:
        """Return the place of `path`, or of the nearest thing around it that the file has."""
        while path and path not in self.at:
            path = path[:-1]
        return self.at.get(path, BEGINNING)


def places_of(root: Node | None) -> Places:
    """Return the places in the file that `root` was read from; none for a file that could not be read."""
    at: dict[Path, Placed] = {}
    texts: dict[Path, str] = {}
    waiting: list[tuple[Path, Placed, Node]] = [] if root is None else [((), BEGINNING, root)]
    while waiting:
        path, place, node = waiting.pop()
        at.setdefault(path, place)
        if isinstance(node, Scalar):
            texts[path] = node.text.strip()
        waiting += reversed([((*path, name), where, part) for name, where, part in _parts(node)])
    return Places(at, texts)


def _parts(node: Node) -> Iterable[tuple[str, Placed, Node]]:
    if isinstance(node, Mapping):
        return [(key.text, key, value) for key, value in node.entries]
    items = node.items if isinstance(node, Sequence) else ()
    return [(str(number), item, item) for number, item in enumerate(items)]
