"""What was answered."""

from collections.abc import Mapping

from msgspec import Struct

from nmtchoose.model.questionnaire import DECLINED, NONE, UNSURE

Answer = str | int | tuple[str, ...]
"""`one`: an option id or a special answer. `many`: option ids in questionnaire order, or one special answer, in a
tuple. `number`: a whole number, or a special answer. `text`: the text, or a special answer."""

Answers = Mapping[str, Answer]
"""Answers by question id. A question that is absent was not answered, which is never "no"."""


class Correction(Struct, frozen=True):
    """An answer that meant an emergency and was taken back as a wrong key: to which question, and `at` which time."""

    question: str
    answer: Answer
    at: str


DAYS_IN_A_MONTH = 30.4375
"""On average; wherever a number of months is counted."""


def special(answer: Answer) -> str | None:
    """Return `none`, `unsure` or `declined` when `answer` is one of them, else None."""
    alone = answer[0] if isinstance(answer, tuple) and len(answer) == 1 else answer
    if isinstance(alone, str) and alone in (NONE, UNSURE, DECLINED):
        return alone
    return None


def chosen(answer: Answer) -> tuple[str, ...]:
    """Return the options chosen, without special answers; a single choice counts as a tuple of one."""
    if special(answer) is not None or isinstance(answer, int):
        return ()
    return answer if isinstance(answer, tuple) else (answer,)
