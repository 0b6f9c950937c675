"""What somebody typed as an answer."""

from __future__ import annotations

from datetime import date

from nmtchoose.desk.prompter import Screen, Typed
from nmtchoose.engine.answering import check_answer, length_typed
from nmtchoose.model.answers import Answer
from nmtchoose.words.answers import WEEKS


def typed_answer(screen: Screen, text: str, today: date | None = None) -> Answer | Typed:
    """Return what `text` answers to `screen`; a length of time, up to `today`, with how to say it again.

    A number alone is no length of time. Raises AnswerError.
    """
    question = screen.question
    if question.unit != WEEKS or text in question.specials:
        return check_answer(question, screen.options, text)
    length = length_typed(text, today or date.today())
    return Typed(check_answer(question, screen.options, length.weeks), length.words)
