"""The "S" of a SOAP note: what the client told, in plain words, for a therapist to read and change.

Nothing is concluded and nothing is left out: what was told, what was answered with "none of these" or "no", and what
was left open stand in three paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterable

from nmtchoose.model.answers import Answer, Answers, special
from nmtchoose.model.questionnaire import DECLINED, NONE, UNSURE, Question
from nmtchoose.model.tables import Tables
from nmtchoose.words.answers import answer_words, together, told_alone

_NO = "no"
_PAIN_FROM = {
    "pain_weeks": "for {words}",
    "pain_now": "{words} now",
    "pain_worst": "{words} at its worst",
    "pain_limits": "holds back {words}",
}
"""Numbers that go into the sentence about pain, and how; a questionnaire without them gets a shorter sentence."""


def subjective(answers: Answers, tables: Tables) -> tuple[str, ...]:
    """Return the paragraphs of the subjective part: what the client reports, denies and leaves open.

    Empty paragraphs are left out. Raises nothing.
    """
    given = [(one, answers[one.id]) for one in tables.questionnaire.questions if one.id in answers]
    opening, used = _opening(answers, tables)
    rest = (_sentence(one, answer) for one, answer in given if one.id not in used and _says_something(answer))
    denied = (one for one, answer in given if special(answer) == NONE or answer == _NO)
    left_open = ((one, how) for one, answer in given if (how := special(answer)) in (UNSURE, DECLINED) and how)
    paragraphs = (
        " ".join([*opening, *rest]),
        _listing("Answered with no, or none of these:", (_name(one) for one in denied)),
        _listing("Left open:", (f"{_name(one)} ({one.label(how)})" for one, how in left_open)),
    )
    return tuple(paragraph for paragraph in paragraphs if paragraph)


def _says_something(answer: Answer) -> bool:
    return special(answer) is None and answer not in (_NO, "")


def _opening(answers: Answers, tables: Tables) -> tuple[list[str], set[str]]:
    """Return sentences for age, goals and pain, and the ids of the questions that they tell."""
    pain = tables.rules.pain_question
    sentences: list[str] = []
    used: set[str] = set()
    for question_id, start in (("age", "Client, "), ("goals", "Comes for: "), (pain, "Pain at: ")):
        answer, question = answers.get(question_id), tables.questionnaire.by_id.get(question_id)
        if answer is None or question is None or not _says_something(answer):
            continue
        extra = [one for one in _PAIN_FROM if question_id == pain and isinstance(answers.get(one), int)]
        used |= {question_id, *extra}
        numbers = (_PAIN_FROM[one].format(words=answer_words(tables.questionnaire[one], answers[one])) for one in extra)
        sentences.append(f"{start}{'; '.join((answer_words(question, answer), *numbers))}.")
    return sentences, used


def _sentence(question: Question, answer: Answer) -> str:
    sites = question.sites
    told = together(question.ask.staff, answer_words(question, answer)) if sites else told_alone(question, answer)
    return told if told.endswith((".", "?", "!")) else f"{told}."


def _name(question: Question) -> str:
    """Return the question as staff ask it."""
    asked = question.ask.staff
    return asked if asked.endswith((".", "?", "!")) else f"{asked}?"


def _listing(start: str, items: Iterable[str]) -> str:
    told = " ".join(items)
    return f"{start} {told}" if told else ""
