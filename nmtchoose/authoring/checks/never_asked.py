"""A question that can never be asked."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.authoring.checks.search import can_hold
from nmtchoose.errors import Code, Fault


def check(pair: Pair) -> Iterator[Fault]:
    """Yield an error for every question whose `ask_when` no answers make true."""
    for question in pair.written_questions():
        if question.ask_when is not None and can_hold(question.ask_when, pair.questionnaire) is False:
            path = ("questions", question.id, "ask_when")
            yield pair.asked.error(Code.NEVER_ASKED, *path, name=question.id)
