"""What conditions mean, as wires: the same visitor of the condition tree as `nmtchoose.engine.evaluate.truth`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from nmtchoose.meaning.answer_wires import AnswerWires
from nmtchoose.meaning.circuit import FALSE, Circuit, Kleene, Wire
from nmtchoose.model.condition import (
    AllOf,
    Answered,
    AnyOf,
    AtLeastOf,
    Condition,
    CountAtLeast,
    Fact,
    InRange,
    Is,
    Leaf,
    Not,
    questions_of,
)
from nmtchoose.model.questionnaire import NONE, ONE_BY_ONE, UNSURE, Questionnaire


class Placed(Protocol):
    """A question on a sheet: what conditions need to know about it."""

    @property
    def answer(self) -> AnswerWires:
        """What was answered."""

    @property
    def applies(self) -> Kleene:
        """Whether the question is asked."""


class Readings:
    """Which questions each condition reads, found once per condition."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Condition, frozenset[str]]] = {}

    def of(self, condition: Condition) -> frozenset[str]:
        """Return the ids of all questions that `condition` reads."""
        if id(condition) not in self._known:
            self._known[id(condition)] = (condition, questions_of(condition))
        return self._known[id(condition)][1]


class Truths:
    """Conditions over one sheet, each written down once."""

    def __init__(self, circuit: Circuit, questionnaire: Questionnaire, asked: Mapping[str, Placed]) -> None:
        self._circuit = circuit
        self._questionnaire = questionnaire
        self._asked = asked
        self._known: dict[int, tuple[Condition, Kleene]] = {}

    def of(self, condition: Condition) -> Kleene:
        """Return whether `condition` holds."""
        if id(condition) not in self._known:
            self._known[id(condition)] = (condition, self._truth(condition))
        return self._known[id(condition)][1]

    def _truth(self, condition: Condition) -> Kleene:
        match condition:
            case AllOf(parts):
                truths = [self.of(part) for part in parts]
                true = self._circuit.all_of(one.true for one in truths)
                return Kleene(true, self._circuit.any_of(one.false for one in truths))
            case AnyOf(parts):
                truths = [self.of(part) for part in parts]
                true = self._circuit.any_of(one.true for one in truths)
                return Kleene(true, self._circuit.all_of(one.false for one in truths))
            case Not(part):
                inner = self.of(part)
                return Kleene(inner.false, inner.true)
            case AtLeastOf(count, parts):
                return self._at_least(count, [self.of(part) for part in parts])
            case Fact(_, body):
                return self.of(body)
            case _:
                return self._leaf(condition)

    def _at_least(self, count: int, parts: Sequence[Kleene]) -> Kleene:
        possible = self._circuit.at_least(count, [-one.false for one in parts])
        return Kleene(self._circuit.at_least(count, [one.true for one in parts]), -possible)

    def _leaf(self, leaf: Leaf) -> Kleene:
        answer = self._asked[leaf.question].answer
        none = answer.chosen(NONE)
        match leaf:
            case Answered():
                true = self._circuit.any_of((answer.real, none))
                return Kleene(true, -true)
            case Is(_, options):
                true = self._circuit.any_of(answer.chosen(one) for one in options)
                return self._decided(leaf, true, none, self._asked_one_by_one(leaf, answer))
            case CountAtLeast(_, count):
                enough = self._circuit.at_least(count, answer.options.values())
                return self._decided(leaf, self._circuit.all_of((answer.real, enough)), none)
            case InRange(_, low, high):
                numeric = (answer.real, FALSE) if answer.options else answer.number_from(low, high)
                return self._decided(leaf, self._circuit.all_of(numeric), none)

    def _asked_one_by_one(self, leaf: Is, answer: AnswerWires) -> Wire:
        """Return "not sure" where it decides a list, because each sign is asked by itself next."""
        asked_again = self._questionnaire[leaf.question].unsure_as == ONE_BY_ONE
        return answer.chosen(UNSURE) if asked_again else FALSE

    def _decided(self, leaf: Leaf, true: Wire, *deciding: Wire) -> Kleene:
        """Return a leaf that is false where it is not `true` although the answer is real or one of `deciding`."""
        placed = self._asked[leaf.question]
        decided = self._circuit.any_of((placed.applies.false, placed.answer.real, *deciding))
        return Kleene(true, self._circuit.all_of((decided, -true)))
