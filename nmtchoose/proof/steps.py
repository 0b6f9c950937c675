"""One more risk: what "adding a red flag, a contraindication or a 'not sure'" means, precisely.

A step changes the answer to one question whose purpose is `emergency` or `safety`, in one of these ways:

- list: an option that is not reassuring is ticked as well; "none of these" then goes away;
- list in which every option is reassuring: one of them is unticked;
- single choice: a reassuring answer is replaced by an option that is not reassuring;
- both: a reassuring answer is replaced by "not sure" or "prefer not to say". On a list that is "none of these", or,
  where every option is reassuring, any of them.

All other answers stay as they are, as far as they still count. A question that applies only after the step may have
any answer, or none.

On a question for body sites "none of these" is no reassurance, since a place marked in its stead says more: there a
step only adds a place to others. Not looked at: numbers, which have no direction; free text; the question where the
client marks what hurts, since one more painful place is not a risk by itself; and questions that were not answered
before, since an answer in place of a missing one makes things known.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nmtchoose.meaning.answer_wires import AnswerWires, answer_of
from nmtchoose.meaning.circuit import FALSE, TRUE, Circuit, Ground, Why, Wire
from nmtchoose.meaning.sheet import Asked, Sheet
from nmtchoose.model.questionnaire import DECLINED, NONE, UNSURE, Kind, Question, Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.proof.carried_over import carried_over
from nmtchoose.proof.encoded import Encoded


@dataclass(frozen=True, slots=True)
class Step:
    """One more risk: `option` (or a special answer) is `added`, or, when it is reassuring, taken away."""

    question: str
    option: str
    added: bool = True


@dataclass(frozen=True, slots=True)
class Stepped:
    """A sheet after one of some steps. `ready` says of each whether it can be taken, and is."""

    sheet: Sheet
    ready: Mapping[Step, Wire]

    @property
    def possible(self) -> Wire:
        """Whether a step is taken that can be."""
        return self.sheet.circuit.any_of(self.ready.values())


def steps_of(questionnaire: Questionnaire, table: RuleTable) -> Iterator[Step]:
    """Yield every step that the questions of `questionnaire` allow."""
    for question in questionnaire.questions:
        if not _has_direction(question, table):
            continue
        yield from (Step(question.id, option.id) for option in question.options if not option.reassuring)
        yield from (Step(question.id, name) for name in question.specials if name in (UNSURE, DECLINED))
        if _lists_reassurances(question):
            yield from (Step(question.id, option.id, added=False) for option in question.options)


def without_direction(questionnaire: Questionnaire, table: RuleTable) -> tuple[str, ...]:
    """Return the safety questions with single choices of which none is marked as reassuring."""
    return tuple(
        question.id
        for question in questionnaire.questions
        if question.purpose.is_safety and question.kind is Kind.ONE and not _has_direction(question, table)
    )


def _has_direction(question: Question, table: RuleTable) -> bool:
    if not question.purpose.is_safety or question.id == table.pain_question:
        return False
    return question.kind is Kind.MANY or any(option.reassuring for option in question.options)


def _lists_reassurances(question: Question) -> bool:
    return question.kind is Kind.MANY and all(option.reassuring for option in question.options)


def stepped(encoded: Encoded, steps: Sequence[Step]) -> Stepped:
    """Return the sheet of `encoded` after one of `steps`, which are all of the same question.

    Which of them was taken is as open as the answers are: one search looks through them all.
    """
    base, circuit, about = encoded.sheet, encoded.circuit, steps[0].question
    sheet = Sheet(circuit, encoded.questionnaire, beside=base)
    taken = _one_taken(circuit, steps)
    for question in encoded.questionnaire.questions:
        before = base.asked[question.id]
        if question.id == about:
            answers = {step: _answer_after(circuit, question, before, step) for step in steps}
            possible = {step: _can_be_taken(circuit, question, before, answers[step], step) for step in steps}
            answer = _whichever(circuit, taken, answers)
            sheet.asked[question.id] = Asked(question.kind, answer, before.applies, before.offers)
            sheet.changed.add(question.id)
        else:
            carried_over(sheet, question, before, encoded.thresholds.get(question.id))
    ready = {step: circuit.all_of((wire, possible[step])) for step, wire in taken.items()}
    return Stepped(sheet, ready)


def _one_taken(circuit: Circuit, steps: Sequence[Step]) -> dict[Step, Wire]:
    """Return for each of `steps` whether it is the one that is taken: at most one is."""
    if len(steps) == 1:
        return {steps[0]: TRUE}
    taken = {step: circuit.input() for step in steps}
    circuit.at_most_one(taken.values(), Ground(Why.ONE_ANSWER, steps[0].question))
    return taken


def _whichever(circuit: Circuit, taken: Mapping[Step, Wire], answers: Mapping[Step, AnswerWires]) -> AnswerWires:
    """Return the one of `answers` that belongs to the step that is `taken`."""
    first = next(iter(answers.values()))

    def either(of: Callable[[AnswerWires], Mapping[str, Wire]], name: str) -> Wire:
        return circuit.any_of(circuit.all_of((wire, of(answers[step])[name])) for step, wire in taken.items())

    options = {name: either(lambda one: one.options, name) for name in first.options}
    specials = {name: either(lambda one: one.specials, name) for name in first.specials}
    return answer_of(circuit, options, specials)


def _answer_after(circuit: Circuit, question: Question, before: Asked, step: Step) -> AnswerWires:
    alone = question.kind is Kind.ONE or step.option in question.specials
    options = dict.fromkeys(before.answer.options, FALSE) if alone else dict(before.answer.options)
    specials = dict.fromkeys(before.answer.specials, FALSE)
    if step.option in specials:
        specials[step.option] = TRUE
    else:
        options[step.option] = TRUE if step.added else FALSE
    if not step.added and NONE in specials:
        specials[NONE] = -circuit.any_of(options.values())
    return answer_of(circuit, options, specials)


def _can_be_taken(circuit: Circuit, question: Question, before: Asked, after: AnswerWires, step: Step) -> Wire:
    answer = before.answer
    if not step.added:
        return circuit.all_of((answer.options[step.option], -after.missing))
    if question.kind is Kind.ONE:
        ready = circuit.any_of(answer.options[option.id] for option in question.options if option.reassuring)
    elif step.option not in question.specials:
        given = answer.real if question.sites else circuit.any_of((answer.real, answer.chosen(NONE)))
        ready = circuit.all_of((given, -answer.options[step.option]))
    elif _lists_reassurances(question):
        ready = answer.real
    else:
        ready = FALSE if question.sites else answer.chosen(NONE)
    return circuit.all_of((ready, before.offers.get(step.option, TRUE)))
