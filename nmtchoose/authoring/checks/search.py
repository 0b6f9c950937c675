"""Looking for answers that make a condition true: a small bounded search, exact in what it denies.

Only the questions that a condition reads, and those that decide whether they are asked, are varied, each over one
answer for every class of answers that the condition can tell apart. What a condition means is left to
`nmtchoose.engine.evaluate`. Where the search would be long it gives up and says so; the prover has no such bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations

from nmtchoose.engine.evaluate import Truth, View, truth
from nmtchoose.model.answers import Answer
from nmtchoose.model.condition import Answered, Condition, CountAtLeast, InRange, Is, Leaf, leaves, questions_of
from nmtchoose.model.questionnaire import Kind, Option, Question, Questionnaire
from nmtchoose.model.rules import Rule

MOST_WORK = 100_000
"""Leaves looked at: a part of a second."""
MOST_OTHERS = 300
MOST_QUESTIONS = 40


class _GaveUp(Exception):  # noqa: N818 - it says that the search ended, not that something is wrong
    """The search would be too long."""


def can_hold(condition: Condition, questionnaire: Questionnaire) -> bool | None:
    """Return whether any answers make `condition` true; None when that would take too long to find out."""

    return _found((condition,), _holds(condition), questionnaire)[0]


def example(condition: Condition, questionnaire: Questionnaire) -> View | None:
    """Return answers that make `condition` true, or None where none were found."""
    return _found((condition,), _holds(condition), questionnaire)[1]


def can_hold_without(condition: Condition, other: Condition, questionnaire: Questionnaire) -> bool | None:
    """Return whether any answers make `condition` true and `other` not; None when that would take too long."""

    def verdict(seen: View, whole: bool) -> bool | None:
        first, second = truth(condition, seen), truth(other, seen)
        if first is False or second is True:
            return False
        if first is True and (second is False or whole):
            return True
        return False if whole else None

    return _found((condition, other), verdict, questionnaire)[0]


Verdict = Callable[[View, bool], bool | None]
"""Given answers so far, and whether they are all: True for "found", False for "not this way", None for "go on"."""


def _holds(condition: Condition) -> Verdict:
    def verdict(seen: View, whole: bool) -> bool | None:
        value = truth(condition, seen)
        return False if whole and value is None else value

    return verdict


def _found(
    conditions: tuple[Condition, ...], verdict: Verdict, questionnaire: Questionnaire
) -> tuple[bool | None, View | None]:
    """Return whether answers were found, and those answers.

    The search starts with the questions that decide what is asked; where that is too long, it goes without them.
    """
    read = frozenset().union(*(questions_of(condition) for condition in conditions))
    for questions in (_with_what_leads_there(conditions, questionnaire), read):
        try:
            search = _Search(conditions, questions, verdict, questionnaire)
            return (True, search.seen()) if search.found() else (False, None)
        except _GaveUp:
            continue
    return None, None


def _with_what_leads_there(conditions: tuple[Condition, ...], questionnaire: Questionnaire) -> frozenset[str]:
    found: set[str] = set()
    waiting = [question for condition in conditions for question in questions_of(condition)]
    while waiting:
        question = waiting.pop()
        if question not in found:
            found.add(question)
            shown_when = _shown_when(questionnaire[question], conditions)
            waiting += [one for condition in shown_when for one in questions_of(condition)]
    return frozenset(found)


def _shown_when(question: Question, conditions: tuple[Condition, ...]) -> list[Condition]:
    """Return what decides whether `question`, and those of its options that `conditions` name, are shown."""
    named = _named(question, conditions)
    shown_when = [question.ask_when, *(option.show_when for option in question.options if option.id in named)]
    return [one for one in shown_when if one is not None]


def _named(question: Question, conditions: tuple[Condition, ...]) -> frozenset[str]:
    """Return the options of `question` that `conditions` name or count."""
    here = [leaf for one in conditions for leaf in leaves(one) if leaf.question == question.id]
    if any(isinstance(leaf, CountAtLeast) for leaf in here):
        return frozenset(option.id for option in question.options)
    return frozenset(option for leaf in here if isinstance(leaf, Is) for option in leaf.options)


@dataclass(slots=True)
class _Search:
    """One search, depth first in the order of the questionnaire."""

    conditions: tuple[Condition, ...]
    read: frozenset[str]
    verdict: Verdict
    questionnaire: Questionnaire
    work: int = 0
    named: dict[str, frozenset[str]] = field(default_factory=dict)
    applies: dict[str, Truth] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)

    def found(self) -> bool:
        """Return whether answers were found; raises _GaveUp where that would take too long."""
        if len(self.read) > MOST_QUESTIONS:
            raise _GaveUp
        questions = [question for question in self.questionnaire.questions if question.id in self.read]
        self.named = {one.id: _named(one, self.conditions) for one in questions}
        shown_when = [one for question in questions for one in _shown_when(question, self.conditions)]
        told_apart = [leaf for condition in (*self.conditions, *shown_when) for leaf in leaves(condition)]
        # A leaf that asks whether a question is answered is never unknown, so answers so far decide nothing.
        cautious = any(isinstance(leaf, Answered) for leaf in told_apart)
        by_question = {one.id: [leaf for leaf in told_apart if leaf.question == one.id] for one in questions}
        return self._from(questions, by_question, cautious)

    def _from(self, questions: list[Question], told_apart: dict[str, list[Leaf]], cautious: bool) -> bool:
        self.work += sum(map(len, told_apart.values()))
        if self.work > MOST_WORK:
            raise _GaveUp
        whole = not questions
        if whole or not cautious:
            verdict = self.verdict(self.seen(), whole)
            if verdict is not None:
                return verdict
        question, *later = questions
        for applies, answer in self._states(question, told_apart[question.id]):
            self.applies[question.id] = applies
            if answer is not None:
                self.answers[question.id] = answer
            if self._from(later, told_apart, cautious):
                return True
            self.applies.pop(question.id)
            self.answers.pop(question.id, None)
        return False

    def _offers(self, option: Option) -> bool:
        return option.show_when is None or truth(option.show_when, self.seen()) is not False

    def seen(self) -> View:
        """Return the answers that the search has come to."""
        return View(self.questionnaire, self.applies, self.answers)

    def _states(self, question: Question, told_apart: list[Leaf]) -> Iterator[tuple[Truth, Answer | None]]:
        """Yield whether `question` is asked, with an answer, as far as the questions before it leave that open.

        Only who is asked answers: where it cannot be told whether a question applies, the interview leaves it out.
        """
        decided = question.ask_when is None or questions_of(question.ask_when) <= self.read
        asked: Truth = True
        if decided and question.ask_when is not None:
            asked = truth(question.ask_when, self.seen())
        offered = [one for one in question.options if one.id not in self.named[question.id] or self._offers(one)]
        if asked is True:
            for answer in chain(_answers(question, offered, told_apart), question.specials):
                many = question.kind is Kind.MANY and isinstance(answer, str)
                yield True, (answer,) if many and isinstance(answer, str) else answer
        yield asked, None
        if not decided:
            yield False, None


def _answers(question: Question, offered: Sequence[Option], told_apart: Iterable[Leaf]) -> Iterator[Answer]:
    """Yield one real answer for each class of answers that the leaves can tell apart."""
    match question.kind:
        case Kind.NUMBER:
            yield from _numbers(question, told_apart)
        case Kind.ONE:
            yield from (members[0] for members in _classes(offered, told_apart))
        case Kind.MANY:
            yield from _choices(offered, told_apart)
        case Kind.TEXT:
            yield "text"


def _numbers(question: Question, told_apart: Iterable[Leaf]) -> Iterator[int]:
    low, high = question.minimum or 0, question.maximum or 0
    ranges = [leaf for leaf in told_apart if isinstance(leaf, InRange)]
    edges = {leaf.low for leaf in ranges if leaf.low is not None}
    edges |= {leaf.high + 1 for leaf in ranges if leaf.high is not None}
    yield from sorted({low} | {edge for edge in edges if low <= edge <= high})


def _classes(offered: Sequence[Option], told_apart: Iterable[Leaf]) -> list[list[str]]:
    """Return the options, together where every leaf treats them alike."""
    named = [frozenset(leaf.options) for leaf in told_apart if isinstance(leaf, Is)]
    classes: dict[tuple[bool, ...], list[str]] = {}
    for option in offered:
        classes.setdefault(tuple(option.id in options for options in named), []).append(option.id)
    return list(classes.values())


def _choices(offered: Sequence[Option], told_apart: Iterable[Leaf]) -> Iterator[Answer]:
    """Yield sets of options, small ones first. Options that are alike matter only by how many of them are counted."""
    told = list(told_apart)
    most = max((leaf.count for leaf in told if isinstance(leaf, CountAtLeast)), default=1)
    pool = [option for members in _classes(offered, told) for option in members[:most]]
    for size in range(1, len(pool) + 1):
        yield from combinations(pool, size)


def that_fire_with(rule: Rule, others: Sequence[Rule], questionnaire: Questionnaire) -> Iterator[Rule]:
    """Yield those of `others` that also fire with some answers that make `rule` fire: the only ones worth a search."""
    seen = example(rule.when, questionnaire) if others else None
    for other in others[:MOST_OTHERS]:
        shared = questions_of(rule.when) & questions_of(other.when)
        if seen is not None and shared and truth(other.when, seen) is True:
            yield other
