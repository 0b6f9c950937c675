"""The answer to one question as wires: one for each option, special answer and threshold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from nmtchoose.meaning.circuit import FALSE, TRUE, Circuit, Ground, Kleene, Why, Wire
from nmtchoose.meaning.thresholds import Thresholds
from nmtchoose.model.answers import Answer, chosen, special
from nmtchoose.model.questionnaire import Kind, Question


@dataclass(frozen=True, slots=True)
class AnswerWires:
    """What the answer to one question is.

    `options` and `specials` are true when chosen. `real` means a real answer, no special one. `missing` means none
    at all. `reached` says, by threshold, that the number is at least that; `minimum` and `maximum` bound it.
    """

    options: Mapping[str, Wire]
    specials: Mapping[str, Wire]
    real: Wire
    missing: Wire
    reached: Mapping[int, Wire] = field(default_factory=dict)
    minimum: int = 0
    maximum: int = 0

    def chosen(self, option_id: str) -> Wire:
        """Return whether that option or special answer was chosen; false when there is no such answer."""
        return self.options.get(option_id, self.specials.get(option_id, FALSE))

    def number_at_least(self, number: int) -> Wire:
        """Return whether a number was answered that is at least `number`, which has to be a known threshold."""
        if number <= self.minimum:
            return self.real
        return FALSE if number > self.maximum else self.reached[number]

    def number_from(self, low: int | None, high: int | None) -> tuple[Wire, Wire]:
        """Return two wires that are both true when a number between `low` and `high` was answered."""
        at_least = self.real if low is None else self.number_at_least(low)
        return at_least, self.real if high is None else -self.number_at_least(high + 1)

    @property
    def all(self) -> tuple[Wire, ...]:
        """Every wire that makes up the answer."""
        return (*self.options.values(), *self.specials.values(), *self.reached.values(), self.real)

    def true_with(self, answer: Answer | None) -> Iterator[Wire]:
        """Yield every wire that is true when `answer`, which was checked, was given, or none was."""
        if answer is None or answer == "":
            return
        alone = special(answer)
        if alone is not None:
            yield from (wire for name, wire in self.specials.items() if name == alone)
        elif isinstance(answer, int):
            yield self.real
            yield from (wire for cut, wire in self.reached.items() if answer >= cut)
        else:
            yield self.real
            yield from (self.options[one] for one in chosen(answer) if one in self.options)


def answer_of(circuit: Circuit, options: Mapping[str, Wire], specials: Mapping[str, Wire]) -> AnswerWires:
    """Return the answer to a question with options in which `options` and `specials` were chosen."""
    real = circuit.any_of(options.values())
    return AnswerWires(options, specials, real, -circuit.any_of((real, *specials.values())))


def new_answer(circuit: Circuit, question: Question, thresholds: Thresholds | None) -> AnswerWires:
    """Return an answer to `question` that is given from outside: each of its wires is an input."""
    options = {option.id: circuit.input() for option in question.options}
    specials = {name: circuit.input() for name in question.specials}
    if options:
        return answer_of(circuit, options, specials)
    reached = {cut: circuit.input() for cut in (thresholds.cuts if thresholds else ())}
    low, high = (thresholds.minimum, thresholds.maximum) if thresholds else (0, 0)
    real = circuit.input()
    return AnswerWires({}, specials, real, -circuit.any_of((real, *specials.values())), reached, low, high)


def counting(circuit: Circuit, given: AnswerWires, applies: Kleene, offers: Mapping[str, Wire]) -> AnswerWires:
    """Return what counts of the answer `given`: nothing where the question does not apply, and no option that is not
    offered.
    """
    counts = -applies.false
    specials = {name: circuit.all_of((wire, counts)) for name, wire in given.specials.items()}
    if given.options:
        options = {one: circuit.all_of((wire, counts, offers[one])) for one, wire in given.options.items()}
        return answer_of(circuit, options, specials)
    reached = {cut: circuit.all_of((wire, counts)) for cut, wire in given.reached.items()}
    real = circuit.all_of((given.real, counts))
    missing = -circuit.any_of((real, *specials.values()))
    return replace(given, specials=specials, real=real, missing=missing, reached=reached)


def open_answer(
    circuit: Circuit, question: Question, applies: Kleene, offers: Mapping[str, Wire], thresholds: Thresholds | None
) -> AnswerWires:
    """Return any answer to `question` that counts where it `applies` with the options it `offers`, for a solver."""
    answer = new_answer(circuit, question, thresholds)
    _demand_one_answer(circuit, question, answer)
    if applies.false != FALSE:
        circuit.require((answer.missing, -applies.false), Ground(Why.ASKED, question.id))
    for option_id, offered in offers.items():
        if offered != TRUE:
            circuit.require((-answer.options[option_id], offered), Ground(Why.OFFERED, question.id, option_id))
    return answer


def _demand_one_answer(circuit: Circuit, question: Question, answer: AnswerWires) -> None:
    ground = Ground(Why.ONE_ANSWER, question.id)
    circuit.at_most_one(answer.specials.values(), ground)
    if question.kind is Kind.ONE:
        circuit.at_most_one(answer.options.values(), ground)
    for real in answer.options.values() or (answer.real,):
        for alone in answer.specials.values():
            circuit.require((-real, -alone), ground)
    below = answer.real
    for at_least in answer.reached.values():
        circuit.require((-at_least, below), ground)
        below = at_least
