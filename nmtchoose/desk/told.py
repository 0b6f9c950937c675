"""A question and an answer in the words in which they may be said, and what somebody typed as an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from nmtchoose.desk.prompter import Screen, Typed, Voice
from nmtchoose.engine.answering import check_answer
from nmtchoose.engine.durations import Which, understood
from nmtchoose.errors import AnswerError, Code, fault
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Question
from nmtchoose.words.answers import WEEKS, answer_words, together


def spoken(question: Question, voice: Voice) -> Question:
    """Return `question` with its options in the words that staff read out, where they do."""
    if not voice.is_staff or (question.private and voice is Voice.STAFF):
        return question
    said = (replace(option, label=option.staff) if option.staff else option for option in question.options)
    return replace(question, options=tuple(said))


def asked(question: Question, voice: Voice) -> str:
    """Return the words of a question in `voice`; private ones are always asked in the client's own."""
    return question.ask.client if voice is Voice.CLIENT or question.private else question.ask.staff


def above(question: Question, voice: Voice) -> str:
    """Return the words that a screen begins with: those of its question, or what stands above its lines."""
    return asked(replace(question, ask=question.screen_ask), voice)


def lines_told(lines: Iterable[tuple[Question, Answer]], voice: Voice) -> str:
    """Return the answers to the lines of one screen: `Yes: You fainted. No to the rest`; numbers one by one."""
    lines = tuple(lines)
    if not all(question.is_line for question, _ in lines):
        return "; ".join(together(asked(question, voice), answer_told(question, answer)) for question, answer in lines)
    told: dict[str, list[str]] = {}
    for question, answer in lines:
        if question.private:
            return answer_told(question, answer)
        told.setdefault(answer_told(question, answer), []).append(asked(question, voice))
    *some, last = sorted(told, key=lambda words: len(told[words]))
    rest = f"{last} to {'the rest' if some else 'all'}"
    return ". ".join((*(f"{words}: {'; '.join(told[words])}" for words in some), rest))


def answer_told(question: Question, answer: Answer | Typed) -> str:
    """Return an answer as it may stay on the screen or be read aloud: a private one only says that it was given.

    What was typed is said as it was typed.
    """
    if question.private:
        return "answered (private)"
    if isinstance(answer, Typed):
        return answer.words
    return "nothing added" if answer == "" else answer_words(question, answer)


def typed_answer(screen: Screen, text: str, today: date | None = None) -> Answer | Typed:
    """Return what `text` answers to `screen`; a length of time, up to `today`, with how to say it again.

    A number alone is no length of time. Raises AnswerError, which asks which length is meant where that is open: it
    repeats what was typed, and is for the screen alone.
    """
    question = screen.question
    if question.unit != WEEKS or text in question.specials:
        return check_answer(question, screen.options, text)
    found = understood(text, today or date.today())
    if isinstance(found, Which):
        raise AnswerError([fault(Code.ANSWER_WHICH_LENGTH, question=found.question)])
    if found is None:
        raise AnswerError([fault(Code.ANSWER_NOT_A_DURATION)])
    return Typed(check_answer(question, screen.options, found.weeks), found.words)
