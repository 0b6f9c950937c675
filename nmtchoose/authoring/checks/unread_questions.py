"""A question whose answers nobody reads. Free text is passed on to the therapist, so it needs no reader."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.authoring.checks.reads import conditions_of, questions_marked_in
from nmtchoose.errors import Code, Fault
from nmtchoose.model.condition import questions_of
from nmtchoose.model.questionnaire import Kind


def check(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every question without readers."""
    read = {question for condition in conditions_of(pair) for question in questions_of(condition)}
    read |= questions_marked_in(pair.table.rules) | set(pair.table.decision.enough_of) | {pair.table.pain_question}
    read |= pair.named_in_rules_that_are_off()
    for question in pair.written_questions():
        if question.id not in read and question.kind is not Kind.TEXT:
            yield pair.asked.warning(Code.UNREAD_QUESTION, "questions", question.id, name=question.id)
