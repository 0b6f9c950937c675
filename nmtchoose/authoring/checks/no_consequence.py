"""A sign in a safety question that no safety rule reads: somebody ticks it, and nothing happens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.authoring.checks.reads import (
    conditions_of,
    conditions_of_questions,
    options_read,
    questions_marked_in,
)
from nmtchoose.errors import Code, Fault
from nmtchoose.model.condition import questions_of
from nmtchoose.model.questionnaire import Question, Questionnaire
from nmtchoose.model.rules import Rule


def check(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every option of an emergency or safety question that leads to no consequence.

    A consequence is a safety rule, or another emergency or safety question. Options marked `reassuring` need none, nor
    do options of a question where the answer that leads to it has a rule of its own. A question that nobody reads at
    all is the business of `unread_questions`.
    """
    asking = (question for question in pair.questionnaire.questions if question.purpose.is_safety)
    rules = [rule for rule in pair.table.rules if rule.stage.is_safety]
    read = options_read((*conditions_of_questions(asking), *(rule.when for rule in rules)), pair.questionnaire)
    marked = questions_marked_in(rules) | {pair.table.pain_question}
    off = pair.named_in_rules_that_are_off()
    read_by_anything = {one for condition in conditions_of(pair) for one in questions_of(condition)}
    for question in pair.written_questions():
        if not question.purpose.is_safety or question.id in marked or question.id not in read_by_anything:
            continue
        if _led_here_by_a_rule(question, rules, pair.questionnaire):
            continue
        for option in question.options:
            if option.reassuring or (question.id, option.id) in read or option.id in off:
                continue
            path = ("questions", question.id, "options", option.id)
            values = {"name": option.id, "question": question.id, "purpose": question.purpose}
            yield pair.asked.warning(Code.NO_CONSEQUENCE, *path, **values)


def _led_here_by_a_rule(question: Question, rules: Sequence[Rule], questionnaire: Questionnaire) -> bool:
    if question.ask_when is None:
        return False
    without_it = [rule.when for rule in rules if question.id not in questions_of(rule.when)]
    return bool(options_read([question.ask_when], questionnaire) & options_read(without_it, questionnaire))
