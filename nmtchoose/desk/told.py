"""A question and an answer in the words in which they may be said."""

from __future__ import annotations

from msgspec.structs import replace

from nmtchoose.desk.prompter import Typed, Voice
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Question
from nmtchoose.words.answers import answer_words


def spoken(question: Question, voice: Voice) -> Question:
    """Return `question` with its options in the words that staff read out, where they do."""
    if not voice.is_staff or (question.private and voice is Voice.STAFF):
        return question
    said = (replace(option, label=option.staff) if option.staff else option for option in question.options)
    return replace(question, options=tuple(said))


def asked(question: Question, voice: Voice) -> str:
    """Return the words of a question in `voice`; private ones are always asked in the client's own."""
    return question.ask.client if voice is Voice.CLIENT or question.private else question.ask.staff


def answer_told(question: Question, answer: Answer | Typed) -> str:
    """Return an answer as it may stay on the screen or be read aloud: a private one only says that it was given.

    What was typed is said as it was typed.
    """
    if question.private:
        return "answered (private)"
    if isinstance(answer, Typed):
        return answer.words
    return "nothing added" if answer == "" else answer_words(question, answer)
