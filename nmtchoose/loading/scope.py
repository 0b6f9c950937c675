"""Reading one node where it stands: as text, a number, true or false, a list, a name; and what may be named there.

After a logged fault a harmless stand-in comes back, so that the rest of the file is still read. `what` names the value
in messages, as in "'label' is empty".
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from nmtchoose.errors import Code
from nmtchoose.loading import nodes
from nmtchoose.loading.nodes import FaultLog, Node, Placed, Scalar, Sequence, describe
from nmtchoose.loading.yaml_nodes import HIDDEN
from nmtchoose.model.condition import Condition, Fact, children
from nmtchoose.model.questionnaire import SPECIAL_ANSWERS, Option, Question, Stem
from nmtchoose.model.rules import PRESSURE_WORDS

Setting = int | bool


class Size(NamedTuple):
    """How many parts a condition has with its facts written out, and how deep they are nested."""

    parts: int
    depth: int


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be named here, and the log for what may not.

    `questions` may be read, and in conditions also `lists`: every `each` by its id. `later` exist but are asked later.
    `facts` and `settings` are None where they cannot be used, in questions.yaml. `labels` are the words of special
    answers, and `sites` the places of the body. The rest are ids; `forms` are the therapies that are a form of another,
    and `pressure` holds the words of the scale, lightest first.
    """

    log: FaultLog
    questions: Mapping[str, Question] = field(default_factory=dict)
    lists: Mapping[str, Question] = field(default_factory=dict)
    later: Collection[str] = ()
    facts: Mapping[str, Fact] | None = None
    settings: Mapping[str, Setting] | None = None
    fact_sizes: Mapping[str, Size] = field(default_factory=dict)
    sections: Collection[str] = ()
    screens: Mapping[str, Stem] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    sites: tuple[Option, ...] = ()
    sites_by_name: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sources: Collection[str] = ()
    therapies: tuple[str, ...] = ()
    forms: Collection[str] = ()
    rows: Collection[str] = ()
    pressure: tuple[str, ...] = PRESSURE_WORDS

    def question(self, at: Scalar) -> Question | None:
        """Return the question or list with the id at `at`, or log why it cannot be read here."""
        found = self.questions.get(at.text) or self.lists.get(at.text)
        if found is None and at.text in self.later:
            self.log.add(Code.ASKED_LATER, at, name=at.text)
        elif found is None:
            self.log.add(Code.UNKNOWN_QUESTION, at, near=(*self.questions, *self.lists), name=at.text)
        return found

    def fact(self, at: Node) -> Fact | None:
        """Return the fact that `at` names, or log why there is none."""
        if self.facts is None:
            self.log.add(Code.NOT_HERE, at, what="a fact")
            return None
        name = known_name(at, self.facts, self, "a fact", Code.UNKNOWN_FACT)
        return self.facts.get(name)

    def setting(self, at: Node, wanted: type[Setting]) -> Setting | None:
        """Return the value of the setting that `at` names if it is of the type `wanted`, or log why there is none."""
        if self.settings is None:
            self.log.add(Code.NOT_HERE, at, what="a setting")
            return None
        name = known_name(at, self.settings, self, "a setting", Code.UNKNOWN_SETTING)
        value = self.settings.get(name)
        if value is None or type(value) is wanted:
            return value
        words = {bool: "true or false", int: "a number"}
        self.log.add(Code.WRONG_SETTING, at, name=name, got=words[type(value)], wanted=words[wanted])
        return None

    def size(self, condition: Condition) -> Size:
        """Return how big `condition` is with its facts written out, without walking through them again."""
        if isinstance(condition, Fact):
            sizes = [self.fact_sizes.get(condition.name, Size(1, 1))]
        else:
            sizes = [self.size(part) for part in children(condition)]
        return Size(1 + sum(size.parts for size in sizes), 1 + max((size.depth for size in sizes), default=0))


LONGEST_TEXT = 2_000
LONGEST_LIST = 2_000
_WORDS_FOR_TRUTH = frozenset(("yes", "no", "on", "off", "y", "n", "true", "false"))
_HINTS = {
    "text": "Write words, in quotes if need be.",
    "a whole number": "Write digits only, such as 3.",
    "true or false": "Write true or false, without quotes.",
    "true, false or text": "Write true, false, or the words to show.",
    "a list": "Write it as [a, b], or as lines that start with '- '.",
    "a mapping": "Write it as lines of 'key: value'.",
}


def wrong_type(node: Node, scope: Scope, what: str, wanted: str) -> None:
    """Log that `node` is not `wanted`."""
    hint = _HINTS.get(wanted, "Write it like the others.")
    scope.log.add(Code.WRONG_TYPE, node, what=what, wanted=wanted, got=describe(node), hint=hint)


def text_of(node: Node, scope: Scope, what: str) -> str:
    """Return `node` as text, without the line breaks and spaces around it."""
    if not isinstance(node, Scalar) or node.truth is not None:
        wrong_type(node, scope, what, "text")
        return ""
    text = node.text.strip()
    hidden = HIDDEN.search(text)
    if not text:
        scope.log.add(Code.EMPTY_TEXT, node, what=what)
    elif len(text) > LONGEST_TEXT:
        scope.log.add(Code.LONG_TEXT, node, what=what, limit=LONGEST_TEXT)
    elif hidden:
        scope.log.add(Code.TEXT_CHARACTER, node, what=what, name=f"U+{ord(hidden[0]):04X}")
    else:
        return text
    return ""


def number_of(node: Node, scope: Scope, what: str) -> int | None:
    """Return the whole number at `node`: digits, or the name of a number setting where settings can be used."""
    if isinstance(node, Scalar) and node.number is not None:
        return node.number
    if scope.settings is None or not isinstance(node, Scalar) or node.truth is not None or not node.text:
        wrong_type(node, scope, what, "a whole number")
        return None
    return scope.setting(node, int)


def in_bounds(number: int, at: Placed, scope: Scope, what: str, low: int, high: int) -> int | None:
    """Return `number` if it lies between `low` and `high`, else None."""
    if low <= number <= high:
        return number
    scope.log.add(Code.NUMBER_OUT_OF_RANGE, at, what=what, number=number, low=low, high=high)
    return None


def flag_of(node: Node, scope: Scope, what: str) -> bool | None:
    """Return True or False for `true` or `false`, or None."""
    truth = node.truth if isinstance(node, Scalar) else None
    if truth is None:
        wrong_type(node, scope, what, "true or false")
    return truth


def flag_or_text(node: Node, scope: Scope, what: str) -> bool | str | None:
    """Return True, False or a text, or None. Words such as `no` are refused: they look like `false` but are text."""
    if isinstance(node, Scalar) and node.truth is not None:
        return node.truth
    if not isinstance(node, Scalar) or node.text.lower() in _WORDS_FOR_TRUTH:
        wrong_type(node, scope, what, "true, false or text")
        return None
    return text_of(node, scope, what) or None


def items_of(node: Node, scope: Scope, what: str) -> tuple[Node, ...]:
    """Return the items of a list, which may not be empty nor hold more than 2,000."""
    if not isinstance(node, Sequence):
        wrong_type(node, scope, what, "a list")
        return ()
    if not node.items:
        scope.log.add(Code.EMPTY_LIST, node, what=what)
    if len(node.items) > LONGEST_LIST:
        scope.log.add(Code.TOO_MANY, node, what=what, limit=LONGEST_LIST)
    return node.items[:LONGEST_LIST]


def entries_of(node: Node, scope: Scope, what: str) -> tuple[tuple[Scalar, Node], ...]:
    """Return the keys and values of a mapping."""
    if not isinstance(node, nodes.Mapping):
        wrong_type(node, scope, what, "a mapping")
        return ()
    return node.entries


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


def known_name(node: Node, known: Collection[str], scope: Scope, what: str, unknown: Code) -> str:
    """Return the name in `node` if it is one of `known`; else log `unknown` with the closest and return ""."""
    name = text_of(node, scope, what)
    if name and name not in known:
        scope.log.add(unknown, node, near=known, name=name)
        return ""
    return name


def known_names(
    items: Iterable[Node], known: Collection[str], scope: Scope, what: str, unknown: Code
) -> tuple[str, ...]:
    """Return the names in `items` that are among `known`, each once, in the order of the file."""
    names = [known_name(item, known, scope, what, unknown) for item in items]
    return tuple(dict.fromkeys(name for name in names if name))


def meant_by(
    items: Iterable[Node], meanings: Mapping[str, tuple[str, ...]], scope: Scope, unknown: Code, question: str = ""
) -> tuple[str, ...]:
    """Return all that the names in `items` mean, each once; names without a meaning are logged as `unknown`."""
    found: dict[str, None] = {}
    for item in items:
        name = text_of(item, scope, "a name")
        if name and name not in meanings:
            scope.log.add(unknown, item, near=meanings, name=name, question=question)
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
