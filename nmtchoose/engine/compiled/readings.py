"""What every answer says to the conditions that read its question.

Each condition on one question is a bit. What it means is not decided here: for each possible answer the reference
evaluator is asked once, when a table is compiled, and its verdicts are kept as bits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from nmtchoose.engine.evaluate import View, truth
from nmtchoose.model.answers import Answer
from nmtchoose.model.condition import AnyOf, Condition, CountAtLeast, Fact, InRange, Is, Leaf, leaves
from nmtchoose.model.questionnaire import SPECIAL_ANSWERS, Kind, Question, Questionnaire, Stamp

_MOST_NUMBERS = 10_000
"""Numbers are looked up one by one where a question has no more of them than this."""


class Verdict(NamedTuple):
    """What one answer says: conditions that are true, those that are not false, and the plain rules of both kinds."""

    true: int
    possible: int
    fires: int
    opens: int


def plain_leaves(condition: Condition) -> tuple[Is, ...] | None:
    """Return the parts of a condition that is nothing but "any of these answers", else None.

    A rule with such a condition fires as soon as one answer says so, so its bit can stand with that answer.
    """
    match condition:
        case Is():
            return (condition,)
        case Fact(_, body):
            return plain_leaves(body)
        case AnyOf(parts):
            inner = [plain_leaves(part) for part in parts]
            return None if None in inner else tuple(leaf for one in inner if one for leaf in one)
        case _:
            return None


class Reading:
    """All conditions on one question, and the verdict of every answer to it."""

    def __init__(self, question: Question, read: Iterable[Leaf], rules: Mapping[Leaf, int]) -> None:
        """`rules` holds for a condition the bits of the plain rules that fire when it is true."""
        self.question = question
        self.bits: Mapping[Leaf, int] = {leaf: 1 << place for place, leaf in enumerate(dict.fromkeys(read))}
        self._rules = rules
        self._counts = [(leaf.count, bit) for leaf, bit in self.bits.items() if isinstance(leaf, CountAtLeast)]
        self._alone = Questionnaire(Stamp("", ""), "", (), (question,))
        self.missing = self._verdict(None)
        self.known: dict[Answer, Verdict] = {answer: self._verdict(answer) for answer in self._words()}
        self.known |= self._numbers()
        self._by_option = {option.id: self._verdict((option.id,)) for option in question.options}

    @property
    def whole(self) -> int:
        """A bit that is that of no condition."""
        return 1 << len(self.bits)

    @property
    def is_read(self) -> bool:
        """Whether any condition reads the question."""
        return bool(self.bits)

    @property
    def has_rules(self) -> bool:
        """Whether any answer to the question makes a plain rule fire."""
        return any(leaf in self._rules for leaf in self.bits)

    def bit(self, leaf: Leaf) -> int:
        """Return the bit of a condition on this question."""
        return self.bits[leaf]

    def verdict(self, answer: Answer) -> Verdict:
        """Return what `answer` says, however rare it is."""
        if isinstance(answer, tuple) and len(answer) > 1:
            return self._of_several(answer)
        return self.known.get(answer) or self._verdict(answer)

    def _words(self) -> Iterator[Answer]:
        question = self.question
        single = (*(option.id for option in question.options), *SPECIAL_ANSWERS)
        yield from ((one,) for one in single) if question.kind is Kind.MANY else single

    def _numbers(self) -> Iterator[tuple[Answer, Verdict]]:
        """Numbers between two bounds of conditions say the same: one of them is asked for all."""
        low, high = self.question.minimum, self.question.maximum
        if low is None or high is None or high - low > _MOST_NUMBERS:
            return
        ranges = [leaf for leaf in self.bits if isinstance(leaf, InRange)]
        bounds = {leaf.low for leaf in ranges} | {leaf.high + 1 for leaf in ranges if leaf.high is not None}
        starts = [low, *sorted(bound for bound in bounds if bound is not None and low < bound <= high), high + 1]
        for start, end in pairwise(starts):
            verdict = self._verdict(start)
            yield from ((number, verdict) for number in range(start, end))

    def _verdict(self, answer: Answer | None) -> Verdict:
        given = {} if answer is None else {self.question.id: answer}
        seen = View(self._alone, {self.question.id: True}, given)
        true = possible = 0
        for leaf, bit in self.bits.items():
            value = truth(leaf, seen)
            true |= bit if value is True else 0
            possible |= bit if value is not False else 0
        return self._with_rules(true, possible)

    def _of_several(self, answer: tuple[str, ...]) -> Verdict:
        """Several options say what each of them says; only counting needs to see them together."""
        true = fires = 0
        for option in answer:
            verdict = self._by_option.get(option) or self._verdict((option,))
            true |= verdict.true
            fires |= verdict.fires
        for count, bit in self._counts:
            if len(answer) >= count:
                true |= bit
        return Verdict(true, true, fires, 0)

    def _with_rules(self, true: int, possible: int) -> Verdict:
        fires = opens = 0
        for leaf, bit in self.bits.items():
            fires |= self._rules.get(leaf, 0) if bit & true else 0
            opens |= self._rules.get(leaf, 0) if bit & possible & ~true else 0
        return Verdict(true, possible, fires, opens)


def readings_of(
    questionnaire: Questionnaire, conditions: Iterable[Condition], rules: Mapping[Leaf, int]
) -> tuple[Reading, ...]:
    """Return the reading of every question, in order, for what `conditions` ask of it."""
    asked: dict[str, list[Leaf]] = {question.id: [] for question in questionnaire.questions}
    for condition in conditions:
        for leaf in leaves(condition):
            asked[leaf.question].append(leaf)
    return tuple(Reading(question, asked[question.id], rules) for question in questionnaire.questions)
