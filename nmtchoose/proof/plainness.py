"""How plain a set of answers is: the fewer answers stand out, the easier an example is to read.

An answer stands out when it is not the plainest one: "none of these", the first reassuring option, "no", the first
option, or a number at which the fewest conditions hold. "Not sure" and "prefer not to say" stand out twice as much as
a real answer, since an example with them shows less.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

from nmtchoose.meaning.circuit import Circuit, Wire
from nmtchoose.meaning.sheet import Asked, Sheet
from nmtchoose.meaning.thresholds import Thresholds
from nmtchoose.model.answers import Answer, Answers, special
from nmtchoose.model.questionnaire import NONE, Kind, Question, Questionnaire


def standing_out(sheet: Sheet, thresholds: Mapping[str, Thresholds], besides: Container[str] = ()) -> tuple[Wire, ...]:
    """Return a wire for everything on `sheet` that stands out, at the questions `besides` those named.

    Each option ticked counts by itself.
    """
    return tuple(
        wire
        for question in sheet.questionnaire.questions
        if question.id not in besides
        for wire in _remarkable(sheet.circuit, question, sheet.asked[question.id], thresholds.get(question.id))
    )


def given(sheet: Sheet) -> tuple[Wire, ...]:
    """Return a wire for every question that is answered at all."""
    return tuple(-asked.answer.missing for asked in sheet.asked.values())


def _remarkable(circuit: Circuit, question: Question, asked: Asked, thresholds: Thresholds | None) -> list[Wire]:
    answer = asked.answer
    specials = [wire for name, wire in answer.specials.items() if name != NONE] * 2
    if question.kind is Kind.NUMBER and thresholds is not None:
        plain = thresholds.plainest
        within = answer.number_from(plain.low, plain.high)
        return [circuit.all_of((answer.real, -circuit.all_of(within))), *specials]
    if question.kind is Kind.TEXT:
        return [answer.real, *specials]
    plainest = plainest_option(question)
    return [wire for option, wire in answer.options.items() if option != plainest] + specials


def plainest_option(question: Question) -> str | None:
    """Return the option of a single choice that stands out least; None for a list, where none of them is plain."""
    if question.kind is not Kind.ONE:
        return None
    reassuring = [option.id for option in question.options if option.reassuring]
    usual = [option.id for option in question.options if option.id == "no"]
    return [*reassuring, *usual, *(option.id for option in question.options)][0]


def remarkable_answers(
    questionnaire: Questionnaire, thresholds: Mapping[str, Thresholds], answers: Answers
) -> dict[str, Answer]:
    """Return only those of `answers` that stand out."""
    return {
        question_id: answer
        for question_id, answer in answers.items()
        if _stands_out(questionnaire[question_id], answer, thresholds.get(question_id))
    }


def _stands_out(question: Question, answer: Answer, thresholds: Thresholds | None) -> bool:
    alone = special(answer)
    if alone is not None:
        return alone != NONE
    if isinstance(answer, int) and thresholds is not None:
        return not thresholds.plainest.low <= answer <= thresholds.plainest.high
    return answer != plainest_option(question)
