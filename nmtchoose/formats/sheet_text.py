"""The form as plain text: empty to fill in, or filled with answers. `nmtchoose.formats.sheet_reading` reads it back."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from nmtchoose.formats.sheet_form import Asked, asked, choices, fingerprint
from nmtchoose.model.answers import Answer, Answers, chosen, special
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire
from nmtchoose.words.sentences import STOP_HERE

WIDTH = 78
ANSWER = "Answer:"
BLANK = "_" * 20
_INDENT = "   "

HOW_TO = (
    "How to fill in this form: put an x between the brackets, like [x], before every answer that fits. Write a number"
    f' or words after "{ANSWER}". Leave everything else as it is. Where a question starts with "If", skip it unless'
    f" that is so for you. {STOP_HERE}"
)


def sheet_text(questionnaire: Questionnaire, answers: Answers | None = None) -> str:
    """Return the form with `answers` filled in; without any it is empty.

    The fingerprint stands in the second line. Each option has a line of its own that starts with its brackets.
    """
    given = answers or {}
    lines = [questionnaire.title.upper(), fingerprint(questionnaire), "", *_wrapped(HOW_TO, "")]
    for one in asked(questionnaire):
        lines += _asked(one, given.get(one.question.id))
    return "\n".join(lines) + "\n"


def _asked(one: Asked, answer: Answer | None) -> Iterator[str]:
    question = one.question
    if one.opens:
        yield from ("", "", f"== {one.opens.title} ==", *_wrapped(one.opens.intro, ""))
    if one.above:
        yield from ("", *_wrapped(one.above, "", _INDENT))
    if question.is_line:
        yield from _line(one, answer)
        return
    yield ""
    yield from _wrapped(f"{one.number}. {one.line}", "", _INDENT)
    yield from _wrapped(question.help, _INDENT)
    if question.kind in (Kind.NUMBER, Kind.TEXT):
        yield _open_line(question, answer)
    for heading, box in _boxes(question, answer):
        if heading:
            yield f"{_INDENT}{heading}"
        yield from _wrapped(box, _INDENT, f"{_INDENT}    ")


def _line(one: Asked, answer: Answer | None) -> Iterator[str]:
    """Yield a line below a question: its boxes stand behind it where there is room."""
    line = f"{_INDENT}{one.number}. {one.line}"
    boxes = "   ".join(box for _, box in _boxes(one.question, answer))
    room = WIDTH - len(line) - len(boxes)
    if room > 1:
        yield f"{line}{' ' * room}{boxes}"
    else:
        yield from (*_wrapped(line.strip(), _INDENT, _INDENT * 2), f"{_INDENT * 2}{boxes}")


def _open_line(question: Question, answer: Answer | None) -> str:
    """Return the line for a number or words. What was typed is not wrapped, so that it comes back as it is."""
    filled = "" if answer is None or isinstance(answer, tuple) or answer in question.specials else str(answer)
    hint = f" ({question.minimum} to {question.maximum} {question.unit})".replace(" )", ")")
    return f"{_INDENT}{hint.strip() + ' ' if question.kind is Kind.NUMBER else ''}{ANSWER} {filled or BLANK}"


def _boxes(question: Question, answer: Answer | None) -> Iterator[tuple[str, str]]:
    """Yield the words of each answer with its brackets, after the heading that begins with it, if one does."""
    alone = None if answer is None else special(answer)
    given = (alone,) if alone else () if answer is None else chosen(answer)
    for heading, one in choices(question):
        yield heading, f"[{'x' if one in given else ' '}] {question.label(one)}"


def _wrapped(text: str, first: str, further: str | None = None) -> list[str]:
    """Return `text` in lines. Words stay whole, so that joining the lines with spaces gives the text again."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if further is None else further,
        break_long_words=False,
        break_on_hyphens=False,
    )
