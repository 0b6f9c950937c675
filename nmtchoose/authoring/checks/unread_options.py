"""An option that no rule, fact, `ask_when`, `show_when`, decision or contradiction reads.

Emergency and safety questions have the stricter check `no_consequence`.
"""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.authoring.checks.reads import conditions_of, options_read, questions_marked_in
from nmtchoose.errors import Code, Fault
from nmtchoose.model.questionnaire import Kind, Option, Question


def check(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every option without readers, in fit and comfort questions where some option has one."""
    read = options_read(conditions_of(pair), pair.questionnaire)
    off = pair.named_in_rules_that_are_off()
    whole = questions_marked_in(pair.table.rules) | {pair.table.pain_question}
    for question in pair.written_questions():
        some_read = any((question.id, option.id) in read for option in question.options)
        if question.id in whole or question.purpose.is_safety or not some_read:
            continue
        for option in unread(question, read):
            if option.id in off:
                continue
            path = ("questions", question.id, "options", option.id)
            yield pair.asked.warning(Code.UNREAD_OPTION, *path, name=option.id, question=question.id)


def unread(question: Question, read: frozenset[tuple[str, str]]) -> list[Option]:
    """Return the options of `question` that nothing tells apart from not choosing them.

    Where one option has to be chosen, the first that is not named is still told apart: it is "none of the others".
    """
    options = [option for option in question.options if (question.id, option.id) not in read]
    return options[1:] if question.kind is Kind.ONE else options
