"""Strict YAML: bytes in, nodes with their places out.

The tree is built from PyYAML's events and never by its composer, so that no file makes it recurse without end, expand
aliases or run anything. What is refused, and why, is in docs/the-two-files.md.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NoReturn

import yaml

from nmtchoose.errors import Code, ContentError
from nmtchoose.loading.nodes import (
    DEEPEST,
    FaultLog,
    Mapping,
    Node,
    Place,
    Scalar,
    Sequence,
    place_after,
    plain_value,
    too_deep_at,
)

LARGEST_FILE = 2_000_000
"""Bytes; the built-in files together have about a tenth of this."""
MOST_VALUES = 50_000
"""Several times what the built-in files hold."""
HIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""Control characters, odd line breaks and marks that turn the writing direction: things that editors do not show."""
_HINTS = {
    "mapping values are not allowed": "Put the text in quotes if it holds ': ', or mend the spaces before it.",
    "cannot start any token": "Put a text in quotes that starts with @, `, %, & or *.",
    "unexpected end of stream": "Close the quotes or brackets that are still open.",
    "could not find expected ':'": "Write 'key: value', with a space after the colon.",
}
_ANY_HINT = "Look at the spaces at the start of this line and the lines above, and at brackets and quotes."


class _Unreadable(Exception):  # noqa: N818 - it says that reading stops, and its fault is already in the log
    """Reading cannot go on."""


def read_nodes(content: bytes, log: FaultLog) -> Node | None:
    """Return the one document in `content`, or None when it is empty or cannot be read; `log` then says why.

    It can come back although `log` holds faults (a key twice, a tag), to look for more faults in its other parts.
    """
    try:
        return _Reader(_events(_decoded(content, log), log), log).document()
    except _Unreadable:
        return None


def read_plain(content: bytes, name: str) -> object:
    """Return the document in `content` as plain values, None when empty; raises ContentError for the file `name`."""
    log = FaultLog(name)
    node = read_nodes(content, log)
    if log.faults:
        raise ContentError(log.faults)
    return None if node is None else plain_value(node)


def _decoded(content: bytes, log: FaultLog) -> str:
    if len(content) > LARGEST_FILE:
        log.add(Code.YAML_TOO_LARGE, Place(0, 0), limit="2 MB")
        raise _Unreadable
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", "replace")
        log.add(Code.YAML_NOT_UTF8, place_after(before))
        raise _Unreadable from None
    refused = HIDDEN.search(text)
    if refused:
        log.add(Code.YAML_CHARACTER, place_after(text[: refused.start()]), name=f"U+{ord(refused[0]):04X}")
        raise _Unreadable
    return text


def _events(text: str, log: FaultLog) -> Iterator[yaml.Event]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        yield from yaml.parse(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        _log_syntax(error, text, log)
        raise _Unreadable from None
    except yaml.YAMLError:
        log.add(Code.YAML_SYNTAX, Place(1, 1), detail="it cannot be read", hint=_ANY_HINT)
        raise _Unreadable from None


def _log_syntax(error: yaml.MarkedYAMLError, text: str, log: FaultLog) -> None:
    mark = error.problem_mark or error.context_mark
    at = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
    line = next(islice(re.split("\r\n|\r|\n", text), at.line - 1, None), "")
    if line[at.column - 1 : at.column] == "\t":
        log.add(Code.YAML_TAB, at)
        return
    # PyYAML reads ahead in a line, and from 6.0.4 on gives up there before the first of many brackets is told.
    deep = too_deep_at(line[: at.column])
    if deep is not None:
        log.add(Code.TOO_DEEP, Place(at.line, deep + 1), limit=DEEPEST)
        return
    problem = error.problem or "it cannot be read"
    hint = next((hint for part, hint in _HINTS.items() if part in problem), _ANY_HINT)
    began = error.context_mark
    if began and error.context and began.line + 1 != at.line:
        problem = f"{problem} {error.context} that began in line {began.line + 1}"
    log.add(Code.YAML_SYNTAX, at, detail=problem, hint=hint)


class _Reader:
    """Puts a stream of events together into one tree. How deep it goes is limited, so that it may call itself."""

    def __init__(self, events: Iterator[yaml.Event], log: FaultLog) -> None:
        self._events = events
        self._log = log
        self._values = 0

    def document(self) -> Node | None:
        """Return the one document, or None without any; raises _Unreadable where the file cannot be read on."""
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.NodeEvent):
                root = self._node(event, 0)
            elif isinstance(event, yaml.DocumentStartEvent) and root is not None:
                self._refuse(Code.YAML_SECOND_DOCUMENT, _place(event))
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        at = _place(event)
        self._values += 1
        if self._values > MOST_VALUES:
            self._refuse(Code.YAML_TOO_MANY, at, limit=MOST_VALUES)
        if getattr(event, "anchor", None) is not None:
            self._refuse(Code.YAML_ALIAS, at)
        if getattr(event, "tag", None) is not None:
            self._log.add(Code.YAML_TAG, at)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, event.style in (None, ""), at.line, at.column)
        if depth >= DEEPEST:
            self._refuse(Code.TOO_DEEP, at, limit=DEEPEST)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self._nodes(depth + 1)), at.line, at.column)
        entries: dict[str, tuple[Scalar, Node]] = {}
        nodes = self._nodes(depth + 1)
        for key, value in zip(nodes, nodes, strict=True):
            self._enter(entries, key, value)
        return Mapping(tuple(entries.values()), at.line, at.column)

    def _nodes(self, depth: int) -> Iterator[Node]:
        for event in self._events:
            if isinstance(event, yaml.CollectionEndEvent):
                return
            yield self._node(event, depth)

    def _enter(self, entries: dict[str, tuple[Scalar, Node]], key: Node, value: Node) -> None:
        if not isinstance(key, Scalar) or not key.text:
            self._log.add(Code.YAML_KEY, key)
        elif key.plain and key.text == "<<":
            self._log.add(Code.YAML_MERGE_KEY, key)
        elif key.text in entries:
            self._log.add(Code.YAML_DUPLICATE_KEY, key, name=key.text, first=entries[key.text][0].line)
        else:
            entries[key.text] = (key, value)

    def _refuse(self, code: Code, at: Place, limit: int = 0) -> NoReturn:
        self._log.add(code, at, limit=limit)
        raise _Unreadable


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
