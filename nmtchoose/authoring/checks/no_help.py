"""A safety question with hard words and no help."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.errors import Code, Fault
from nmtchoose.model.questionnaire import Purpose


def check(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every emergency question that has no help, neither its own nor at its options."""
    for question in pair.written_questions():
        helped = question.help or any(option.help for option in question.options)
        if question.purpose is Purpose.EMERGENCY and not helped:
            values = {"name": question.id, "purpose": question.purpose}
            yield pair.asked.warning(Code.NO_HELP, "questions", question.id, **values)
