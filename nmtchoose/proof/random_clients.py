"""Random clients: most of what can happen happens to one of a few, so that the solver is asked only for the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

from nmtchoose.meaning.thresholds import Thresholds
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.questionnaire import NONE, Kind, Question, Questionnaire

SOME_TEXT = "some words"
"""Stands for any free text, which decides nothing but that there is one."""

_DENSITIES = (0.02, 0.1, 0.3, 0.6)
"""How many answers of a client stand out: few lead through a whole interview, many fire many rules."""


def random_clients(questionnaire: Questionnaire, thresholds: Mapping[str, Thresholds], count: int) -> Iterator[Answers]:
    """Yield `count` complete sets of answers, always the same ones; some of the answers may not count."""
    choose = Random(1)  # noqa: S311 - the same clients each time, and nothing secret about them
    for number in range(count):
        often = _DENSITIES[number % len(_DENSITIES)]
        yield {one.id: _answer(one, thresholds.get(one.id), often, choose) for one in questionnaire.questions}


def _answer(question: Question, thresholds: Thresholds | None, often: float, choose: Random) -> Answer:
    if question.specials and choose.random() < often / 10:
        return _alone(question, choose.choice(question.specials))
    match question.kind:
        case Kind.NUMBER if thresholds:
            return choose.choice(thresholds.stretches).low
        case Kind.ONE:
            calm = [option for option in question.options if option.reassuring]
            return choose.choice(calm if calm and choose.random() >= often else question.options).id
        case Kind.MANY:
            ticked = tuple(option.id for option in question.options if choose.random() < often)
            return ticked or _alone(question, NONE if NONE in question.specials else question.options[0].id)
        case _:
            return SOME_TEXT


def _alone(question: Question, name: str) -> Answer:
    return (name,) if question.kind is Kind.MANY else name
