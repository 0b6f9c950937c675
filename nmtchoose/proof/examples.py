"""The smallest set of answers that breaks a property, confirmed by the engine and put into words."""

from __future__ import annotations

from collections.abc import Sequence

from nmtchoose.engine.interview import state
from nmtchoose.meaning.circuit import Values, Wire
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.assessment import Assessment
from nmtchoose.proof.encoded import Encoded
from nmtchoose.proof.plainness import given, remarkable_answers, standing_out
from nmtchoose.proof.witness import answers_on, confirmed
from nmtchoose.words.answers import answer_words


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
