"""All answers of one client as wires, replayed as `nmtchoose.engine.evaluate.view` replays them.

A sheet holds only answers that count: a question that does not apply has none, and an option that is not offered is
not chosen. The engine ignores all others, so nothing is lost. `Sheet.truth` is the same visitor of the condition tree
as `nmtchoose.engine.evaluate.truth`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from nmtchoose.meaning.answer_wires import AnswerWires
from nmtchoose.meaning.circuit import FALSE, HOLDS, TRUE, Circuit, Kleene, Wire
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
from nmtchoose.model.questionnaire import NONE, Kind, Question, Questionnaire

T = TypeVar("T")
Answering = Callable[[Question, Kleene, Mapping[str, Wire]], AnswerWires]
"""The answer to a question that applies so, with these options offered."""


class _Once(Generic[T]):
    """What `work_out` says of a condition, worked out once; conditions are large, so identity tells them apart."""

    def __init__(self, work_out: Callable[[Condition], T]) -> None:
        self._work_out = work_out
        self._known: dict[int, tuple[Condition, T]] = {}

    def of(self, condition: Condition) -> T:
        if id(condition) not in self._known:
            self._known[id(condition)] = (condition, self._work_out(condition))
        return self._known[id(condition)][1]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: its kind, its answer, whether it applies, and which options are offered."""

    kind: Kind
    answer: AnswerWires
    applies: Kleene
    offers: Mapping[str, Wire]


class Sheet:
    """Every question with its answer.

    A sheet that differs little from another stands `beside` it: `changed` names the questions whose answer or place
    is another one, and every condition that reads none of them is taken from there.
    """

    def __init__(self, circuit: Circuit, questionnaire: Questionnaire, beside: Sheet | None = None) -> None:
        self.circuit = circuit
        self.questionnaire = questionnaire
        self.asked: dict[str, Asked] = {}
        self.beside = beside
        self.changed: set[str] = set()
        self._readings: _Once[frozenset[str]] = beside._readings if beside else _Once(questions_of)
        self._truths = _Once(self._truth)

    def truth(self, condition: Condition) -> Kleene:
        """Return whether `condition` holds."""
        if self.beside is not None and not self.reads_changed(condition):
            return self.beside.truth(condition)
        return self._truths.of(condition)

    def is_moved(self, question: Question) -> bool:
        """Return whether asking `question`, or offering its options, depends on an answer that was changed."""
        return any(map(self.reads_changed, question.gates))

    def reads_changed(self, condition: Condition) -> bool:
        """Return whether `condition` reads a question that was changed."""
        return not self.changed.isdisjoint(self._readings.of(condition))

    def offers(self, question: Question) -> dict[str, Wire]:
        """Return for each option of `question` whether it is offered after the answers so far."""
        return {
            option.id: TRUE if option.show_when is None else -self.truth(option.show_when).false
            for option in question.options
        }

    def applies(self, question: Question, offers: Mapping[str, Wire]) -> Kleene:
        """Return whether `question` applies after the answers so far, with the options that `offers` says."""
        when = HOLDS if question.ask_when is None else self.truth(question.ask_when)
        if not question.options:
            return when
        some = self.circuit.any_of(offers.values())
        return Kleene(self.circuit.all_of((some, when.true)), self.circuit.any_of((-some, when.false)))

    def _truth(self, condition: Condition) -> Kleene:
        match condition:
            case AllOf(parts):
                return self._all(map(self._truths.of, parts))
            case AnyOf(parts):
                return self._all(self._truths.of(part).opposite for part in parts).opposite
            case Not(part):
                return self._truths.of(part).opposite
            case AtLeastOf(count, parts):
                truths = [self._truths.of(part) for part in parts]
                possible = self.circuit.at_least(count, [-one.false for one in truths])
                return Kleene(self.circuit.at_least(count, [one.true for one in truths]), -possible)
            case Fact(_, body):
                return self._truths.of(body)
            case _:
                return self._leaf(condition)

    def _all(self, parts: Iterable[Kleene]) -> Kleene:
        truths = list(parts)
        true = self.circuit.all_of(one.true for one in truths)
        return Kleene(true, self.circuit.any_of(one.false for one in truths))

    def _leaf(self, leaf: Leaf) -> Kleene:
        answer = self.asked[leaf.question].answer
        none = answer.chosen(NONE)
        match leaf:
            case Answered():
                true = self.circuit.any_of((answer.real, none))
                return Kleene(true, -true)
            case Is(_, options):
                return self._decided(leaf, self.circuit.any_of(answer.chosen(one) for one in options), none)
            case CountAtLeast(_, count):
                enough = self.circuit.at_least(count, answer.options.values())
                return self._decided(leaf, self.circuit.all_of((answer.real, enough)), none)
            case InRange(_, low, high):
                numeric = (answer.real, FALSE) if answer.options else answer.number_from(low, high)
                return self._decided(leaf, self.circuit.all_of(numeric), none)

    def _decided(self, leaf: Leaf, true: Wire, none: Wire) -> Kleene:
        """Return a leaf that is false where it is not `true` although the answer is real or `none` of these."""
        placed = self.asked[leaf.question]
        decided = self.circuit.any_of((placed.applies.false, placed.answer.real, none))
        return Kleene(true, self.circuit.all_of((decided, -true)))


def sheet_of(circuit: Circuit, questionnaire: Questionnaire, answering: Answering) -> Sheet:
    """Return the sheet on which every question has the answer that `answering` says."""
    sheet = Sheet(circuit, questionnaire)
    for question in questionnaire.questions:
        offers = sheet.offers(question)
        applies = sheet.applies(question, offers)
        sheet.asked[question.id] = Asked(question.kind, answering(question, applies, offers), applies, offers)
    return sheet
