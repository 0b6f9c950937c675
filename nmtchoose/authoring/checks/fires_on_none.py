"""A safety rule that fires when nothing is wrong: what a `not` too many looks like."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair, at_rule
from nmtchoose.engine.evaluate import View, truth
from nmtchoose.errors import Code, Fault
from nmtchoose.model.answers import Answer
from nmtchoose.model.condition import questions_of
from nmtchoose.model.questionnaire import NONE, Question
from nmtchoose.model.rules import Rule


def check(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every safety rule over lists alone that "none of these" makes true."""
    for rule in pair.table.rules:
        lists = [pair.questionnaire[one] for one in questions_of(rule.when)]
        lists = [question for question in lists if question.sign_of is None]
        if rule.stage.is_safety and lists and _fires_on_none(rule, lists, pair):
            label = lists[0].label(NONE)
            yield pair.decided.warning(Code.FIRES_ON_NONE, *at_rule(rule), "when", name=rule.id, none=label)


def _fires_on_none(rule: Rule, lists: list[Question], pair: Pair) -> bool:
    if not all(NONE in question.specials for question in lists):
        return False
    answers: dict[str, Answer] = {question.id: (NONE,) for question in lists}
    applies = {one: one in answers for one in questions_of(rule.when)}
    return truth(rule.when, View(pair.questionnaire, applies, answers)) is True
