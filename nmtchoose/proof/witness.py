"""From what the solver found to answers that the engine takes, and back.

Every set of answers that the solver finds is assessed by the real engine, and both have to agree on all of it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields

from nmtchoose.engine.assess import assess
from nmtchoose.meaning.answer_wires import AnswerWires
from nmtchoose.meaning.circuit import Values, Wire
from nmtchoose.meaning.result import Result
from nmtchoose.meaning.sheet import Sheet
from nmtchoose.meaning.thresholds import Stretch, stretches
from nmtchoose.meaning.verdict import Verdict, verdict, verdict_in
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.questionnaire import Kind, Question

SOME_TEXT = "some words"
"""Stands for any free text, which decides nothing but that there is one."""

Pick = Callable[[str, Stretch], int]
"""Which number of a stretch to answer to a question; all of them lead to the same result."""


def answers_on(sheet: Sheet, found: Values, pick: Pick = lambda question, stretch: stretch.low) -> dict[str, Answer]:
    """Return the answers that `found` puts on `sheet`; `pick` chooses the numbers, the lowest without it."""
    answers = {
        question.id: _answer(question, sheet.asked[question.id].answer, found, pick)
        for question in sheet.questionnaire.questions
    }
    return {question_id: answer for question_id, answer in answers.items() if answer is not None}


def near(answers: Answers) -> Pick:
    """Return a way to pick numbers as near as can be to those in `answers`."""

    def pick(question: str, stretch: Stretch) -> int:
        number = answers.get(question)
        return min(max(number, stretch.low), stretch.high) if isinstance(number, int) else stretch.low

    return pick


def _answer(question: Question, answer: AnswerWires, found: Values, pick: Pick) -> Answer | None:
    for name, wire in answer.specials.items():
        if found.holds(wire):
            return (name,) if question.kind is Kind.MANY else name
    if not found.holds(answer.real):
        return None
    if question.kind is Kind.TEXT:
        return SOME_TEXT
    if question.kind is Kind.NUMBER:
        return pick(question.id, stretch_of(answer, found))
    options = tuple(option.id for option in question.options if found.holds(answer.options[option.id]))
    return options if question.kind is Kind.MANY else options[0]


def stretch_of(answer: AnswerWires, found: Values) -> Stretch:
    """Return the stretch that the number answered lies in."""
    passed = sum(found.holds(wire) for wire in answer.reached.values())
    return stretches(answer.minimum, answer.maximum, answer.reached)[passed]


def fixed(wires: AnswerWires, answer: Answer | None) -> Iterator[Wire]:
    """Yield wires that are all true exactly when `answer` was given to one question, or none was."""
    true = set(wires.true_with(answer))
    for wire in wires.all:
        yield wire if wire in true else -wire


class ProofError(Exception):
    """The solver and the engine disagree: a fault of the program, never of the two files."""


def confirmed(result: Result, found: Values, answers: Answers) -> Assessment:
    """Return the engine's assessment of `answers`, which `found` stands for.

    Raises ProofError, which names what differs and no answer, when the solver and the engine disagree.
    """
    assessment = assess(result.outcome.sheet.questionnaire, result.outcome.table, answers)
    wrong = list(_different(verdict(result, found), verdict_in(assessment)))
    if wrong:
        raise ProofError(f"solver and engine disagree on: {', '.join(wrong[:10])}")
    return assessment


def _different(one: Verdict, other: Verdict) -> Iterator[str]:
    """Yield the names of what the two say differently."""
    for field in fields(Verdict):
        first, second = getattr(one, field.name), getattr(other, field.name)
        if first == second:
            continue
        if isinstance(first, Mapping):
            first, second = tuple(first.items()), tuple(second.items())
        if isinstance(first, tuple):
            yield from (f"{field.name} {name}" for name in sorted({*map(str, first)} ^ {*map(str, second)}))
        else:
            yield field.name
