"""What conditions mean, as literals: the same visitor of the condition tree as `nmtchoose.engine.evaluate.truth`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from nmtchoose.authoring.proof.answer_literals import AnswerLiterals
from nmtchoose.authoring.proof.gates import FALSE, TRUE, Gates, Literal
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


@dataclass(frozen=True, slots=True)
class Kleene:
    """Two literals, never both true: the condition is true, it is false. Neither means unknown."""

    true: Literal
    false: Literal


HOLDS = Kleene(TRUE, FALSE)


class Placed(Protocol):
    """A question on a sheet: what conditions need to know about it."""

    @property
    def answer(self) -> AnswerLiterals:
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

    def __init__(self, gates: Gates, questionnaire: Questionnaire, asked: Mapping[str, Placed]) -> None:
        self._gates = gates
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
                true = self._gates.all_of(one.true for one in truths)
                return Kleene(true, self._gates.any_of(one.false for one in truths))
            case AnyOf(parts):
                truths = [self.of(part) for part in parts]
                true = self._gates.any_of(one.true for one in truths)
                return Kleene(true, self._gates.all_of(one.false for one in truths))
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
        possible = self._gates.at_least(count, [-one.false for one in parts])
        return Kleene(self._gates.at_least(count, [one.true for one in parts]), -possible)

    def _leaf(self, leaf: Leaf) -> Kleene:
        answer = self._asked[leaf.question].answer
        none = answer.chosen(NONE)
        match leaf:
            case Answered():
                true = self._gates.any_of((answer.real, none))
                return Kleene(true, -true)
            case Is(_, options):
                true = self._gates.any_of(answer.chosen(one) for one in options)
                return self._decided(leaf, true, none, self._asked_one_by_one(leaf, answer))
            case CountAtLeast(_, count):
                enough = self._gates.at_least(count, answer.options.values())
                return self._decided(leaf, self._gates.all_of((answer.real, enough)), none)
            case InRange(_, low, high):
                numeric = (answer.real, FALSE) if answer.options else answer.number_from(low, high)
                return self._decided(leaf, self._gates.all_of(numeric), none)

    def _asked_one_by_one(self, leaf: Is, answer: AnswerLiterals) -> Literal:
        """Return "not sure" where it decides a list, because each sign is asked by itself next."""
        asked_again = self._questionnaire[leaf.question].unsure_as == ONE_BY_ONE
        return answer.chosen(UNSURE) if asked_again else FALSE

    def _decided(self, leaf: Leaf, true: Literal, *deciding: Literal) -> Kleene:
        """Return a leaf that is false where it is not `true` although the answer is real or one of `deciding`."""
        placed = self._asked[leaf.question]
        decided = self._gates.any_of((placed.applies.false, placed.answer.real, *deciding))
        return Kleene(true, self._gates.all_of((decided, -true)))
