"""An option that is never offered."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.authoring.checks.search import can_hold
from nmtchoose.errors import Code, Fault
from nmtchoose.model.condition import AllOf


def check(pair: Pair) -> Iterator[Fault]:
    """Yield an error for every option whose `show_when` is not true with any answers with which it is asked for."""
    for question in pair.written_questions():
        asked = () if question.ask_when is None else (question.ask_when,)
        for option in question.options:
            if option.show_when is None or can_hold(AllOf((*asked, option.show_when)), pair.questionnaire) is not False:
                continue
            path = ("questions", question.id, "options", option.id, "show_when")
            yield pair.asked.error(Code.NEVER_OFFERED, *path, name=option.id, question=question.id)
