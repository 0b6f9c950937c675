"""What may be named at the place where something is read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from nmtchoose.errors import Code
from nmtchoose.loading.fault_log import FaultLog
from nmtchoose.loading.names import known_name
from nmtchoose.loading.nodes import Node, Scalar
from nmtchoose.loading.values import in_bounds, wrong_type
from nmtchoose.model.condition import Condition, Fact, children
from nmtchoose.model.questionnaire import Question
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
    `facts` and `settings` are None where they cannot be used, in questions.yaml. The rest are ids; `forms` are the
    therapies that are a form of another, and `pressure` holds the words of the scale, lightest first.
    """

    log: FaultLog
    questions: Mapping[str, Question] = field(default_factory=dict)
    lists: Mapping[str, Question] = field(default_factory=dict)
    later: Collection[str] = ()
    facts: Mapping[str, Fact] | None = None
    settings: Mapping[str, Setting] | None = None
    fact_sizes: Mapping[str, Size] = field(default_factory=dict)
    sections: Collection[str] = ()
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
        name = known_name(at, self.facts, self.log, "a fact", Code.UNKNOWN_FACT)
        return self.facts.get(name)

    def setting(self, at: Node, wanted: type[Setting]) -> Setting | None:
        """Return the value of the setting that `at` names if it is of the type `wanted`, or log why there is none."""
        if self.settings is None:
            self.log.add(Code.NOT_HERE, at, what="a setting")
            return None
        name = known_name(at, self.settings, self.log, "a setting", Code.UNKNOWN_SETTING)
        value = self.settings.get(name)
        if value is None or type(value) is wanted:
            return value
        words = {bool: "true or false", int: "a number"}
        self.log.add(Code.WRONG_SETTING, at, name=name, got=words[type(value)], wanted=words[wanted])
        return None

    def number(self, at: Node, what: str) -> int | None:
        """Return the whole number at `at`: digits, or the name of a number setting where settings can be used."""
        if isinstance(at, Scalar) and at.number is not None:
            return at.number
        if self.settings is None or not isinstance(at, Scalar) or at.truth is not None or not at.text:
            wrong_type(self.log, at, what, "a whole number")
            return None
        return self.setting(at, int)

    def number_between(self, at: Node, what: str, low: int, high: int) -> int | None:
        """Return the whole number at `at`, as `number` does, if it is between `low` and `high`."""
        number = self.number(at, what)
        return None if number is None else in_bounds(number, at, self.log, what, low, high)

    def size(self, condition: Condition) -> Size:
        """Return how big `condition` is with its facts written out, without walking through them again."""
        if isinstance(condition, Fact):
            sizes = [self.fact_sizes.get(condition.name, Size(1, 1))]
        else:
            sizes = [self.size(part) for part in children(condition)]
        return Size(1 + sum(size.parts for size in sizes), 1 + max((size.depth for size in sizes), default=0))
