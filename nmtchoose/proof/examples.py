"""The plainest answers that break a property: the fewer of them stand out, the easier an example is to read.

An answer stands out when it is not the plainest one: "none of these", the first reassuring option, "no", the first
option, or a number at which the fewest conditions hold. "Not sure" and "prefer not to say" stand out twice as much as
a real answer, since an example with them shows less.
"""

from collections.abc import Container, Mapping, Sequence

from nmtchoose.engine.interview import state
from nmtchoose.meaning.circuit import Circuit, Values, Wire
from nmtchoose.meaning.sheet import Asked, Sheet
from nmtchoose.meaning.thresholds import Thresholds
from nmtchoose.model.answers import Answer, Answers, special
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.questionnaire import NONE, Kind, Question, Questionnaire
from nmtchoose.proof.encoded import Encoded
from nmtchoose.proof.witness import answers_on, confirmed
from nmtchoose.words.answers import answer_words


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


def smallest(encoded: Encoded, wanted: Sequence[Wire], more_costs: Sequence[Wire] = ()) -> Values | None:
    """Return the plainest way to make `wanted` true: in a complete interview if there is one, else in any."""
    costs = with_more(standing_out(encoded.sheet, encoded.thresholds), more_costs)
    whole = encoded.solver.smallest((*wanted, encoded.result.interview.complete), costs)
    return whole or encoded.solver.smallest(wanted, costs, given(encoded.sheet))


def with_more(costs: Sequence[Wire], more: Sequence[Wire]) -> tuple[Wire, ...]:
    """Return `costs` with those of `more` that are not among them."""
    known = set(costs)
    return (*costs, *(one for one in more if one not in known))


def assessed(encoded: Encoded, found: Values) -> tuple[dict[str, Answer], Assessment]:
    """Return the answers that `found` stands for, with the engine's assessment, which has to agree with the solver."""
    answers = answers_on(encoded.sheet, found)
    return answers, confirmed(encoded.result, found, answers)


def in_words(encoded: Encoded, answers: Answers, about: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the answers that stand out, and those to the questions `about`, each as `question: answer`.

    When the interview is not complete every answer is told, since then it matters that the others are missing.
    """
    questionnaire = encoded.questionnaire
    missing = state(questionnaire, encoded.table, answers).missing
    told = answers if missing else remarkable_answers(questionnaire, encoded.thresholds, answers)
    words = [
        f"{question_id}: {answer_words(questionnaire[question_id], answers[question_id])}"
        for question_id in questionnaire.by_id
        if question_id in answers and (question_id in told or question_id in about)
    ]
    return (*words, "nothing else is answered") if missing else tuple(words)
