"""The questionnaire as a form to fill by hand: its numbers, its fingerprint, and when each part is to be filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from nmtchoose.model.condition import AllOf, Condition, Is
from nmtchoose.model.questionnaire import UNSURE, Question, Questionnaire, Section
from nmtchoose.words.conditions import on_a_form

FORMAT = "nmtchoose/sheet/1"
SHORT_SHA = 12
_ALONE = "Only this one: "
"""Stands before the sign in a question that was made for it; above it, the form already has the question."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the form. `number` is `7`, or `7b` for one that asks a sign of list 7 by itself.

    `only_if` says in words when to answer it; empty for a question that everybody answers. Of a sign it says only what
    comes on top of "not sure" at its list, which `list_number` numbers. `opens` is the section that begins with it, and
    `unsure` stands at the first sign of a list: the answer to the list after which the signs are asked.
    """

    number: str
    question: Question
    only_if: str
    words: str
    list_number: str = ""
    opens: Section | None = None
    unsure: str = ""

    @property
    def line(self) -> str:
        """The question as it stands on the form, without its number."""
        return f"If {self.only_if}: {self.words}" if self.only_if else self.words


def fingerprint(questionnaire: Questionnaire) -> str:
    """Return the line that ties a sheet to its questionnaire."""
    return f"{FORMAT} {questionnaire.stamp.version} {questionnaire.stamp.sha256[:SHORT_SHA]}"


def asked(questionnaire: Questionnaire) -> tuple[Asked, ...]:
    """Return every question in order, numbered, with its "if" in words that name other questions by number."""
    numbers = _numbers(questionnaire)
    in_order = pairwise((None, *questionnaire.questions))
    return tuple(_asked(one, before, numbers, questionnaire) for before, one in in_order if one)


def choices(question: Question) -> Iterator[tuple[str, str]]:
    """Yield every answer to choose, special ones last, after the heading that begins with it, if one does."""
    above = ""
    for option in question.options:
        yield option.heading if option.heading != above else "", option.id
        above = option.heading or above
    yield from (("", one) for one in question.specials)


def _asked(
    question: Question, before: Question | None, numbers: Mapping[str, str], questionnaire: Questionnaire
) -> Asked:
    when, words, list_number, unsure = question.ask_when, question.ask.client, "", ""
    if question.sign_of is not None:
        when = _beyond_the_list(when, question.sign_of)
        words = words.rpartition(_ALONE)[2]
        list_number = numbers.get(question.sign_of, "")
        first = before is None or before.sign_of != question.sign_of
        unsure = questionnaire[question.sign_of].label(UNSURE) if first and list_number else ""
    only_if = "" if when is None else on_a_form(when, questionnaire, numbers)
    goes_on = before is not None and before.section == question.section
    opens = None if goes_on else questionnaire.section(question.section)
    return Asked(numbers[question.id], question, only_if, words, list_number, opens, unsure)


def _beyond_the_list(condition: Condition | None, list_id: str) -> Condition | None:
    """Return what a sign depends on besides "not sure" at its list."""
    unsure = Is(list_id, (UNSURE,))
    if condition == unsure:
        return None
    if isinstance(condition, AllOf):
        return AllOf(tuple(part for part in condition.parts if part != unsure))
    return condition


def _numbers(questionnaire: Questionnaire) -> dict[str, str]:
    whole = 0
    signs: Counter[str] = Counter()
    given: dict[str, str] = {}
    for question in questionnaire.questions:
        above = question.sign_of or ""
        if above in given:
            given[question.id] = f"{given[above]}{_lettered(signs[above])}"
            signs[above] += 1
        else:
            whole += 1
            given[question.id] = str(whole)
    return given


def _lettered(place: int) -> str:
    """Return a to z, then aa, ab and so on."""
    rest, last = divmod(place, len(_LETTERS))
    return (_lettered(rest - 1) if rest else "") + _LETTERS[last]
