"""The "S" of a SOAP note: what the client told, in plain words, for a therapist to read and change.

Nothing is concluded and nothing is left out: what was told, what was answered with "none of these" or "no", and what
was left open stand in three paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nmtchoose.model.answers import Answer, Answers, special
from nmtchoose.model.questionnaire import DECLINED, NONE, UNSURE, Question, Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.words.answers import answer_words, told_alone

_NO = "no"
PAIN_FROM = {
    "pain_weeks": "for {words}",
    "pain_now": "{words} now",
    "pain_worst": "{words} at its worst",
    "pain_limits": "holds back {words}",
}
"""Numbers that go into the sentence about pain, and how; a questionnaire without them gets a shorter sentence."""


def subjective(questionnaire: Questionnaire, rules: RuleTable, answers: Answers) -> tuple[str, ...]:
    """Return the paragraphs of the subjective part: what the client reports, denies and leaves open.

    Empty paragraphs are left out. Raises nothing.
    """
    told = [one for one in questionnaire.questions if one.id in answers and _says_something(answers[one.id])]
    opening, used = _opening(questionnaire, rules, answers)
    rest = [one for one in told if one.id not in used]
    paragraphs = (
        " ".join([*opening, *(_sentence(one, answers[one.id], questionnaire) for one in rest)]),
        _listing("Answered with no, or none of these:", _denied(questionnaire, answers)),
        _listing("Left open:", _open(questionnaire, answers)),
    )
    return tuple(paragraph for paragraph in paragraphs if paragraph)


def _says_something(answer: Answer) -> bool:
    return special(answer) is None and answer not in (_NO, "")


def _opening(questionnaire: Questionnaire, rules: RuleTable, answers: Answers) -> tuple[list[str], set[str]]:
    """Return sentences for age, goals and pain, and the ids of the questions that they tell."""
    sentences: list[str] = []
    used: set[str] = set()
    for question_id, start in (("age", "Client, "), ("goals", "Comes for: "), (rules.pain_question, "Pain at: ")):
        answer = answers.get(question_id)
        if answer is None or not _says_something(answer) or question_id not in questionnaire.by_id:
            continue
        used.add(question_id)
        words = answer_words(questionnaire[question_id], answer)
        if question_id == rules.pain_question:
            extra = [one for one in PAIN_FROM if isinstance(answers.get(one), int)]
            used |= set(extra)
            words = "; ".join([words, *(_pain(one, answers[one], questionnaire) for one in extra)])
        sentences.append(f"{start}{words}.")
    return sentences, used


def _pain(question_id: str, answer: Answer, questionnaire: Questionnaire) -> str:
    return PAIN_FROM[question_id].format(words=answer_words(questionnaire[question_id], answer))


def _sentence(question: Question, answer: Answer, questionnaire: Questionnaire) -> str:
    if question.sites:
        return _ended(f"{question.ask.staff} {answer_words(question, answer)}")
    return _ended(told_alone(question, answer))


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def _denied(questionnaire: Questionnaire, answers: Answers) -> Iterator[str]:
    for question in questionnaire.questions:
        answer = answers.get(question.id)
        if answer is not None and (special(answer) == NONE or answer == _NO):
            yield _name(question, questionnaire)


def _open(questionnaire: Questionnaire, answers: Answers) -> Iterator[str]:
    for question in questionnaire.questions:
        answer = answers.get(question.id)
        how = special(answer) if answer is not None else None
        if how in (UNSURE, DECLINED):
            yield f"{_name(question, questionnaire)} ({question.label(how)})"


def _name(question: Question, questionnaire: Questionnaire) -> str:
    """Return the question as staff ask it; one that asks a sign of a list by itself is named by the sign."""
    listed = questionnaire.by_id.get(question.sign_of or "")
    return f"{listed.label(question.id.rpartition('.')[2])}?" if listed else question.ask.staff


def _listing(start: str, items: Iterable[str]) -> str:
    told = " ".join(items)
    return f"{start} {told}" if told else ""
