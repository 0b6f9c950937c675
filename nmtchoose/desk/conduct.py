"""Conducting an interview with whoever can be asked and waited for."""

from __future__ import annotations

from collections.abc import Callable

from nmtchoose.desk.interview import Interview, answered, back, due
from nmtchoose.desk.prompter import Prompter, Turn
from nmtchoose.desk.told import asked

OnAnswer = Callable[[Interview], None]
"""Is called with the interview after every answer."""


def conduct(interview: Interview, prompter: Prompter, on_answer: OnAnswer = lambda interview: None) -> Interview:
    """Ask until nothing that matters is unanswered, and return the interview then.

    Back shows the question before, as often as wanted, with its answer as the default; an answer then leads to the
    first question that is still open. An emergency ends it at once. KeyboardInterrupt and EOFError of the prompter
    pass through.
    """
    while screen := due(interview):
        reply = prompter.ask(screen)
        if isinstance(reply, Turn):
            interview = back(interview, screen)
            again = interview.tables.questionnaire[str(interview.again)]
            prompter.say(f"Back to: {asked(again, interview.voice)}")
            continue
        interview, grown = answered(interview, screen, reply)
        for question in grown:
            prompter.say(f"This offers more now, so it is asked again: {asked(question, interview.voice)}")
        on_answer(interview)
    return interview
