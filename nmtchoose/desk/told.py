"""A question and an answer in the words in which they may be said."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from nmtchoose.desk.prompter import Typed, Voice
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Question
from nmtchoose.words.answers import answer_words, together


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
