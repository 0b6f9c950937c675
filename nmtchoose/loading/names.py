"""Ids: how they look, which are taken, and which words are kept for the language itself."""

import re
from collections.abc import Collection, Iterable, Mapping

from nmtchoose.errors import Code
from nmtchoose.loading.fault_log import FaultLog, Placed
from nmtchoose.loading.nodes import Node
from nmtchoose.loading.values import text_of
from nmtchoose.model.questionnaire import SPECIAL_ANSWERS

LONGEST_ID = 60
CONDITION_WORDS = frozenset(("all", "any", "not", "at_least", "fact", "setting", "always"))
RESERVED = CONDITION_WORDS | {*SPECIAL_ANSWERS}
WORD = "[a-z][a-z0-9_]*"
DASHED = "[a-z0-9][a-z0-9_-]*"
_WORD_ALLOWED = "lower case letters, digits and '_', starting with a letter"
_DASHED_ALLOWED = "lower case letters, digits, '_' and '-'"


class Ids:
    """The ids that one kind of thing has so far. `what` names the kind: "a question"."""

    def __init__(self, log: FaultLog, what: str, *, dashed: bool = False) -> None:
        self._log = log
        self._what = what
        self._pattern, self._allowed = (DASHED, _DASHED_ALLOWED) if dashed else (WORD, _WORD_ALLOWED)
        self._lines: dict[str, int] = {}

    def claim(self, name: str, at: Placed) -> None:
        """Remember the id `name`, which stands at `at`, and log what is wrong with it."""
        if name in RESERVED:
            self._log.add(Code.RESERVED_ID, at, name=name)
        elif not re.fullmatch(self._pattern, name) or len(name) > LONGEST_ID:
            self._log.add(Code.BAD_ID, at, name=name, what=self._what, limit=LONGEST_ID, allowed=self._allowed)
        elif name in self._lines:
            self._log.add(Code.DUPLICATE_ID, at, name=name, what=self._what, first=self._lines[name])
        self._lines.setdefault(name, at.line)


def known_name(node: Node, known: Collection[str], log: FaultLog, what: str, unknown: Code) -> str:
    """Return the name in `node` if it is one of `known`; else log `unknown` with the closest and return ""."""
    name = text_of(node, log, what)
    if name and name not in known:
        log.add(unknown, node, near=known, name=name)
        return ""
    return name


def known_names(
    items: Iterable[Node], known: Collection[str], log: FaultLog, what: str, unknown: Code
) -> tuple[str, ...]:
    """Return the names in `items` that are among `known`, each once, in the order of the file."""
    names = [known_name(item, known, log, what, unknown) for item in items]
    return tuple(dict.fromkeys(name for name in names if name))


def meant_by(
    items: Iterable[Node], meanings: Mapping[str, tuple[str, ...]], log: FaultLog, unknown: Code, question: str = ""
) -> tuple[str, ...]:
    """Return all that the names in `items` mean, each once; names without a meaning are logged as `unknown`."""
    found: dict[str, None] = {}
    for item in items:
        name = text_of(item, log, "a name")
        if name and name not in meanings:
            log.add(unknown, item, near=meanings, name=name, question=question)
        found |= dict.fromkeys(meanings.get(name, ()))
    return tuple(found)


class Labels:
    """The labels that the choices of one question have so far; two that look alike could not be told apart."""

    def __init__(self, log: FaultLog) -> None:
        self._log = log
        self._owners: dict[str, str] = {}

    def claim(self, label: str, owner: str, at: Placed) -> None:
        """Remember `label` for the choice `owner`, and log when another choice has it already."""
        look = label.casefold()
        if look and look in self._owners:
            self._log.add(Code.DUPLICATE_LABEL, at, name=label, first=self._owners[look])
        self._owners.setdefault(look, owner)
