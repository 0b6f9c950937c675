"""Questions, answers and body sites in the words that the client saw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nmtchoose.engine.words import option_words
from nmtchoose.model.answers import Answer, chosen, special
from nmtchoose.model.questionnaire import Kind, Questionnaire

WEEKS = "weeks"
"""The unit of a length of time."""

PAIN_LIMITS = "pain_limits"
"""How much pain holds back from what matters."""

_WEEKS_TO_PICTURE = 9


def question_words(question_id: str, questionnaire: Questionnaire) -> str:
    """Return the question as the client is asked it; the id in words when there is no such question."""
    question = questionnaire.by_id.get(question_id)
    return question.ask.client if question else question_id.replace("_", " ")


def staff_question_words(question_id: str, questionnaire: Questionnaire) -> str:
    """Return the question as staff ask it about the client; the id in words when there is no such question."""
    question = questionnaire.by_id.get(question_id)
    return question.ask.staff if question else question_id.replace("_", " ")


def short_label(question_id: str) -> str:
    """Return the id of a question as a label, such as `Pain now`, where there is no room for the question."""
    if question_id == PAIN_LIMITS:
        return "Holds back"
    return question_id.replace("_", " ").capitalize()


def answer_words(question_id: str, answer: Answer, questionnaire: Questionnaire) -> str:
    """Return an answer in words: labels, a number with its unit, or the text that was typed."""
    question = questionnaire.by_id.get(question_id)
    if question is None:
        return ", ".join(map(str, answer)) if isinstance(answer, tuple) else str(answer)
    if isinstance(answer, int):
        return _number_words(answer, question.unit)
    alone = special(answer)
    if alone:
        return question.label(alone)
    if question.kind is Kind.TEXT:
        return str(answer)
    return "; ".join(option_words(question, option) for option in chosen(answer))


def told_alone(question_id: str, answer: Answer, questionnaire: Questionnaire) -> str:
    """Return an answer in words that need no question; where they would, the question comes with them.

    What was ticked in a list speaks for itself; "yes", "not sure" and a number do not.
    """
    words = answer_words(question_id, answer, questionnaire)
    if isinstance(answer, tuple) and special(answer) is None:
        return words
    return f"{staff_question_words(question_id, questionnaire)} {words}"


def _number_words(number: int, unit: str) -> str:
    """Return a number with its unit; weeks that are hard to picture also as months or years."""
    if unit == WEEKS and number == 0:
        return "less than a week"
    words = f"{number} {unit.removesuffix('s') if number == 1 else unit}".strip()
    if unit != WEEKS or number < _WEEKS_TO_PICTURE:
        return words
    months = round(number * 12 / 52)
    return f"{words} (about {months} months)" if months < 24 else f"{words} (about {round(number / 52)} years)"


def answered(because: Iterable[Mapping[str, Answer]], questionnaire: Questionnaire) -> tuple[tuple[str, str], ...]:
    """Return (question, answer) in words for all the answers of `because`, each question once with all it was given."""
    told: dict[str, dict[str, None]] = {}
    for answers in because:
        for question_id, answer in answers.items():
            told.setdefault(question_id, {}).update(dict.fromkeys(_one_by_one(question_id, answer, questionnaire)))
    return tuple((question_words(one, questionnaire), "; ".join(words)) for one, words in told.items())


def _one_by_one(question_id: str, answer: Answer, questionnaire: Questionnaire) -> Iterable[str]:
    if isinstance(answer, tuple):
        return (answer_words(question_id, (one,), questionnaire) for one in answer)
    return (answer_words(question_id, answer, questionnaire),)
