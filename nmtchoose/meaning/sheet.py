"""All answers of one client as wires, replayed as `nmtchoose.engine.evaluate.view` replays them.

A sheet holds only answers that count: a question that does not apply has none, and an option that is not offered is
not chosen. The engine ignores all others, so nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nmtchoose.meaning.answer_wires import AnswerWires, counting, open_answer
from nmtchoose.meaning.circuit import HOLDS, TRUE, Circuit, Kleene, Wire
from nmtchoose.meaning.thresholds import Thresholds
from nmtchoose.meaning.truths import Readings, Truths
from nmtchoose.model.condition import Condition
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire


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
        self._readings: Readings = beside._readings if beside else Readings()
        self._truths = Truths(circuit, questionnaire, self.asked)

    def truth(self, condition: Condition) -> Kleene:
        """Return whether `condition` holds."""
        if self.beside is not None and not self.reads_changed(condition):
            return self.beside.truth(condition)
        return self._truths.of(condition)

    def is_moved(self, question: Question) -> bool:
        """Return whether asking `question`, or offering its options, depends on an answer that was changed."""
        return any(self.reads_changed(condition) for condition in _gate_conditions(question))

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


def open_sheet(circuit: Circuit, questionnaire: Questionnaire, thresholds: Mapping[str, Thresholds]) -> Sheet:
    """Return a sheet for a solver: it chooses the answers, and only such that count are allowed."""
    sheet = Sheet(circuit, questionnaire)
    for question in questionnaire.questions:
        offers = sheet.offers(question)
        applies = sheet.applies(question, offers)
        answer = open_answer(circuit, question, applies, offers, thresholds.get(question.id))
        sheet.asked[question.id] = Asked(question.kind, answer, applies, offers)
    return sheet


def given_sheet(
    circuit: Circuit,
    given: Mapping[str, AnswerWires],
    questionnaire: Questionnaire,
    thresholds: Mapping[str, Thresholds],
) -> Sheet:
    """Return the sheet that comes of the answers `given`, of which some may not count."""
    sheet = Sheet(circuit, questionnaire)
    for question in questionnaire.questions:
        offers = sheet.offers(question)
        applies = sheet.applies(question, offers)
        answer = counting(circuit, given[question.id], applies, offers, thresholds.get(question.id))
        sheet.asked[question.id] = Asked(question.kind, answer, applies, offers)
    return sheet


def _gate_conditions(question: Question) -> Iterator[Condition]:
    if question.ask_when is not None:
        yield question.ask_when
    for option in question.options:
        if option.show_when is not None:
            yield option.show_when
