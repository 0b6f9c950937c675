"""The obvious wrong edits of one condition: a part dropped, turned round, any for all, a number off, another option."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from nmtchoose.loading.comparisons import includes
from nmtchoose.model.condition import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Condition,
    CountAtLeast,
    InRange,
    Is,
    Not,
)
from nmtchoose.model.questionnaire import SPECIAL_ANSWERS, Questionnaire

Edit = tuple[str, Condition]
"""The kind of the edit, and the condition after it."""

DROPPED, NEGATED, ANY_FOR_ALL = "part dropped", "negated", "any for all"
ONE_OFF, TEN_TIMES, OTHER_OPTION, OPTION_DROPPED = "one off", "ten times", "neighbour option", "option dropped"


def wrong_edits(condition: Condition, questionnaire: Questionnaire) -> Iterator[Edit]:
    """Yield every obvious wrong edit of `condition`; its facts are left alone, since they are edited in one place."""
    match condition:
        case Is(question, options):
            yield NEGATED, Not(condition)
            yield from _other_options(question, options, questionnaire)
        case AllOf(parts) | AnyOf(parts):
            if len(parts) > 1:
                yield ANY_FOR_ALL, AnyOf(parts) if isinstance(condition, AllOf) else AllOf(parts)
                yield from ((DROPPED, replace(condition, parts=rest)) for rest in _without_one(parts))
            yield from _inside(condition, parts, questionnaire)
        case AtLeastOf(count, parts):
            yield from ((ONE_OFF, AtLeastOf(count + step, parts)) for step in (-1, 1) if 0 < count + step <= len(parts))
            yield from ((DROPPED, AtLeastOf(count, rest)) for rest in _without_one(parts) if len(rest) >= count)
            yield from _inside(condition, parts, questionnaire)
        case Not(part):
            yield NEGATED, part
            yield from ((kind, Not(edited)) for kind, edited in wrong_edits(part, questionnaire) if kind != NEGATED)
        case InRange(question, low, high):
            asked = questionnaire[question]
            yield NEGATED, Not(condition)
            for kind, factor, step in ((ONE_OFF, 1, -1), (ONE_OFF, 1, 1), (TEN_TIMES, 10, 0)):
                for name, bound in (("low", low), ("high", high)):
                    number = -1 if bound is None else bound * factor + step
                    if number != bound and (asked.minimum or 0) <= number <= (asked.maximum or number):
                        yield kind, replace(condition, **{name: number})
        case CountAtLeast(question, count):
            yield NEGATED, Not(condition)
            yield from ((ONE_OFF, CountAtLeast(question, count + step)) for step in (-1, 1) if count + step > 0)
        case _:
            yield NEGATED, Not(condition)


def _other_options(question_id: str, options: tuple[str, ...], questionnaire: Questionnaire) -> Iterator[Edit]:
    question = questionnaire[question_id]
    named = [one for one in options if one not in SPECIAL_ANSWERS]
    order = [one.id for one in question.options]
    if question.sites:
        order = []
    for one in named if len(named) > 1 else ():
        yield OPTION_DROPPED, includes(question, [other for other in options if other != one])
    for one in named if order else ():
        place = order.index(one)
        neighbour = order[place + 1] if place + 1 < len(order) else order[place - 1]
        if neighbour not in options:
            yield OTHER_OPTION, includes(question, [neighbour if other == one else other for other in options])


def _inside(condition: Condition, parts: Sequence[Condition], questionnaire: Questionnaire) -> Iterator[Edit]:
    for place, part in enumerate(parts):
        for kind, edited in wrong_edits(part, questionnaire):
            yield kind, replace(condition, parts=(*parts[:place], edited, *parts[place + 1 :]))


def _without_one(parts: tuple[Condition, ...]) -> Iterator[tuple[Condition, ...]]:
    yield from ((*parts[:place], *parts[place + 1 :]) for place in range(len(parts)))
