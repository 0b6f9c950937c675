"""Conducting an interview with whoever can be asked and waited for."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from nmtchoose.desk.interview import Interview, answered, back, due
from nmtchoose.desk.offering_back import offered_back
from nmtchoose.desk.prompter import Prompter, Screen, Turn, Typed
from nmtchoose.desk.same_as_before import confirmed, is_time_to_confirm
from nmtchoose.desk.told import above, asked
from nmtchoose.model.answers import Answer

OnAnswer = Callable[[Interview], None]
"""Is called with the interview after every answer."""


def conduct(interview: Interview, prompter: Prompter, on_answer: OnAnswer = lambda interview: None) -> Interview:
    """Ask until nothing that matters is unanswered, and return the interview then.

    Back shows the question before, as often as wanted, with its answer as the default; an answer then leads to the
    first question that is still open. An emergency ends it at once, after the last line of its screen.
    KeyboardInterrupt and EOFError of the prompter pass through.
    """
    while True:
        if is_time_to_confirm(interview):
            interview = confirmed(interview, prompter)
            on_answer(interview)
            continue
        screen = due(interview)
        if screen is None:
            return interview
        after = put(interview, screen, prompter)
        if after is None:
            interview = back(interview, screen)
            again = interview.tables.questionnaire[str(interview.again)]
            prompter.say(f"Back to: {above(again, interview.voice)}")
            continue
        interview = after
        on_answer(interview)


def put(interview: Interview, screen: Screen, prompter: Prompter) -> Interview | None:
    """Put `screen` and return the interview with its answers, those of all its lines together; None for Back."""
    replies: tuple[Answer | Typed, ...] | Turn
    if screen.lines:
        replies = prompter.ask_lines(screen)
    else:
        reply = prompter.ask(screen)
        replies = reply if isinstance(reply, Turn) else (reply,)
    if isinstance(replies, Turn):
        return None
    for one, reply in zip(screen.lines or (screen,), replies, strict=True):
        interview, grown = answered(interview, one, reply)
        for question in grown:
            prompter.say(f"This offers more now, so it is asked again: {asked(question, interview.voice)}")
    if screen.question.finds:
        return offered_back(interview, screen.question, prompter, lambda one: _put_once(one, prompter))
    return interview


def _put_once(interview: Interview, prompter: Prompter) -> Interview:
    """Put the question that is due, and return the interview after it; Back leaves its answer as it is."""
    screen = due(interview)
    answered_now = put(interview, screen, prompter) if screen else None
    return replace(answered_now or interview, again=None)
