"""The small questionnaire and table of the engine's tests, with reassuring answers marked, and variations of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from msgspec.structs import replace

from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.condition import AnyOf, InRange, Is
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Kind, Purpose, Question, Questionnaire
from nmtchoose.model.rules import Rule, RuleTable, Stage
from tests.engine.small import QUESTIONNAIRE as ENGINE_QUESTIONNAIRE
from tests.engine.small import STAMP, TABLE, question, rule


def reassured(asked: Question) -> Question:
    """Mark the option `no`."""
    return replace(asked, options=tuple(replace(one, reassuring=one.id == "no") for one in asked.options))


QUESTIONNAIRE = replace(ENGINE_QUESTIONNAIRE, questions=tuple(map(reassured, ENGINE_QUESTIONNAIRE.questions)))

EVERY_DISPOSITION = (
    rule("lump", Stage.MEDICAL, Is("later_life", ("stiff",)), disposition=Disposition.MEDICAL_SOON),
    rule("wait", Stage.DEFER, InRange("age", None, 15), disposition=Disposition.DEFER),
)
SOUND = replace(TABLE, rules=(*TABLE.rules, *EVERY_DISPOSITION))
"""A table in which everything can happen and every property holds."""


def with_rules(*more: Rule, table: RuleTable = SOUND) -> RuleTable:
    """Return the sound table with these rules, each in place of the one with its id, if there is one."""
    ids = {one.id for one in more}
    return replace(table, rules=(*(one for one in table.rules if one.id not in ids), *more))


def asking(*questions: Question) -> Questionnaire:
    """Return a questionnaire of only these questions."""
    return replace(QUESTIONNAIRE, questions=questions)


def over(questionnaire: Questionnaire, *rules: Rule) -> RuleTable:
    """Return the small table with only these rules, reading nothing but `questionnaire`."""
    asked = tuple(one for one in TABLE.decision.enough_of if one in questionnaire.by_id)
    decision = replace(TABLE.decision, enough_of=asked, enough_answers=0, enough_points=0, sequences=())
    plain = tuple(one for one in TABLE.therapies if one.choose_when is None)
    return replace(TABLE, rules=rules, therapies=plain, decision=decision)


def all_answers(questionnaire: Questionnaire, numbers: tuple[int, ...]) -> Iterator[Answers]:
    """Yield every set of answers, complete or not; of numbers only `numbers`."""
    choices = [(None, *possible_answers(one, numbers)) for one in questionnaire.questions]
    for chosen in product(*choices):
        answers = zip(questionnaire.questions, chosen, strict=True)
        yield {one.id: answer for one, answer in answers if answer is not None}


def possible_answers(asked: Question, numbers: tuple[int, ...]) -> Iterator[Answer]:
    """Yield every answer to one question."""
    if asked.kind is Kind.NUMBER:
        yield from numbers
    elif asked.kind is Kind.TEXT:
        yield "a few words"
    elif asked.kind is Kind.ONE:
        yield from (option.id for option in asked.options)
    else:
        ids = [option.id for option in asked.options]
        for ticked in product((False, True), repeat=len(ids)):
            if any(ticked):
                yield tuple(one for one, tick in zip(ids, ticked, strict=True) if tick)
    for name in asked.specials:
        yield (name,) if asked.kind is Kind.MANY else name


__all__ = [
    "QUESTIONNAIRE",
    "SOUND",
    "STAMP",
    "AnyOf",
    "Purpose",
    "all_answers",
    "asking",
    "over",
    "question",
    "rule",
    "with_rules",
]
