"""A staff voice that was copied from the client's and still says "you"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.errors import Code, Fault

_TO_THE_CLIENT = re.compile(r"\b(you|your|yours|yourself|i|my|me)\b", re.IGNORECASE)


def check(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every question that staff would read out as if to themselves."""
    for question in pair.written_questions():
        said = _TO_THE_CLIENT.search(question.ask.staff)
        if said and question.ask.staff.casefold() == question.ask.client.casefold():
            path = ("questions", question.id, "ask", "staff")
            yield pair.asked.warning(Code.SAME_VOICE, *path, word=said[0])
