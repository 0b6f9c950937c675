"""What somebody typed as an answer."""

from __future__ import annotations

from datetime import date

from nmtchoose.desk.prompter import Screen, Typed
from nmtchoose.engine.answering import check_answer
from nmtchoose.engine.durations import Which, understood
from nmtchoose.errors import AnswerError, Code, fault
from nmtchoose.model.answers import Answer
from nmtchoose.words.answers import WEEKS


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
