"""The questionnaire as a form to fill by hand: its numbers, its fingerprint, and when each part is to be filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nmtchoose.model.condition import (
    AllOf,
    Answered,
    AnyOf,
    AtLeastOf,
    Condition,
    CountAtLeast,
    Fact,
    InRange,
    Is,
    Not,
)
from nmtchoose.model.questionnaire import UNSURE, Question, Questionnaire
from nmtchoose.reports.site_words import sites_in_words

FORMAT = "nmtchoose/sheet/1"
SHORT_SHA = 12
_ALONE = "Only this one: "
"""Stands before the sign in a question that was made for it; above it, the form already has the question."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_FEW = 4
"""Up to so many answers are named in an "if"; from then on, "one of the places" or "anything but" is shorter."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the form. `number` is `7`, or `7b` for one that asks a sign of list 7 by itself.

    `only_if` says in words when to answer it; empty for a question that everybody answers. Of a sign it says only what
    comes on top of "not sure" at its list, which `list_number` numbers.
    """

    number: str
    question: Question
    only_if: str
    words: str
    list_number: str = ""

    @property
    def line(self) -> str:
        """The question as it stands on the form, without its number."""
        return f"If {self.only_if}: {self.words}" if self.only_if else self.words


def fingerprint(questionnaire: Questionnaire) -> str:
    """Return the line that ties a sheet to its questionnaire."""
    return f"{FORMAT} {questionnaire.stamp.version} {questionnaire.stamp.sha256[:SHORT_SHA]}"


def asked(questionnaire: Questionnaire) -> tuple[Asked, ...]:
    """Return every question in order, numbered, with its "if" in words that name other questions by number."""
    numbers = dict(_numbers(questionnaire))
    return tuple(_asked(one, numbers, questionnaire) for one in questionnaire.questions)


def _asked(question: Question, numbers: Mapping[str, str], questionnaire: Questionnaire) -> Asked:
    when = question.ask_when
    words = question.ask.client
    if question.sign_of is not None:
        when = _beyond_the_list(when, question.sign_of)
        words = words.rpartition(_ALONE)[2]
    only_if = "" if when is None else _words(when, numbers, questionnaire)
    return Asked(numbers[question.id], question, only_if, words, numbers.get(question.sign_of or "", ""))


def _beyond_the_list(condition: Condition | None, list_id: str) -> Condition | None:
    """Return what a sign depends on besides "not sure" at its list."""
    unsure = Is(list_id, (UNSURE,))
    if condition == unsure:
        return None
    if isinstance(condition, AllOf):
        return AllOf(tuple(part for part in condition.parts if part != unsure))
    return condition


def _numbers(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    whole = 0
    signs: dict[str, int] = {}
    given: dict[str, str] = {}
    for question in questionnaire.questions:
        if question.sign_of in given:
            place = signs.get(question.sign_of or "", 0)
            signs[question.sign_of or ""] = place + 1
            number = f"{given[question.sign_of or '']}{_lettered(place)}"
        else:
            whole += 1
            number = str(whole)
        given[question.id] = number
        yield question.id, number


def _lettered(place: int) -> str:
    """Return a to z, then aa, ab and so on."""
    rest, last = divmod(place, len(_LETTERS))
    return (_lettered(rest - 1) if rest else "") + _LETTERS[last]


def _words(condition: Condition, numbers: Mapping[str, str], questionnaire: Questionnaire) -> str:
    match condition:
        case Fact(_, body):
            return _words(body, numbers, questionnaire)
        case Is(question, options):
            return f"you ticked {_options(questionnaire[question], options, questionnaire)} at {numbers[question]}"
        case Not(Is(question, options)):
            named = _options(questionnaire[question], options, questionnaire)
            return f"you ticked anything but {named} at {numbers[question]}"
        case InRange(question, low, high):
            return f"{numbers[question]} is {_range(low, high)}"
        case CountAtLeast(question, count):
            return f"you ticked at least {count} at {numbers[question]}"
        case Answered(question):
            return f"you answered {numbers[question]}"
        case Not(part):
            return f"it is not so that {_words(part, numbers, questionnaire)}"
        case AllOf(parts):
            return ", and ".join(_words(part, numbers, questionnaire) for part in parts)
        case AnyOf(parts):
            return ", or ".join(
                dict.fromkeys(_words(part, numbers, questionnaire) for part in _shorter(parts, questionnaire))
            )
        case AtLeastOf(count, parts):
            inside = "; ".join(_words(part, numbers, questionnaire) for part in parts)
            return f"at least {count} of these: {inside}"


def _shorter(parts: Sequence[Condition], questionnaire: Questionnaire) -> list[Condition]:
    """Leave out the signs asked by themselves where their list is named: whoever fills them in reads both."""
    lists = {part.question for part in parts if isinstance(part, Is)}
    return [part for part in parts if not (isinstance(part, Is) and questionnaire[part.question].sign_of in lists)]


def _options(question: Question, options: Sequence[str], questionnaire: Questionnaire) -> str:
    real = [one for one in options if question.option(one)]
    if len(real) == len(question.options) > _FEW:
        return "anything"
    if question.sites:
        named = [
            *sites_in_words(real, questionnaire),
            *(f'"{question.label(one)}"' for one in options if one not in real),
        ]
    else:
        named = [f'"{question.label(one)}"' for one in options]
    return " or ".join((", ".join(named[:-1]), named[-1])) if len(named) > 1 else "".join(named)


def _range(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return str(low) if low == high else f"from {low} to {high}"
    return f"{low} or more" if low is not None else f"{high} or less"
