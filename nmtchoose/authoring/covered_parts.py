"""What cases reach inside the conditions of the safety rules: every part by itself, and both sides of each threshold.

A part of "all of these" is told apart by a case in which only it is missing, a part of "any of these" by one in which
only it is there: dropping it would be seen. All cases are looked at together, one bit of a number for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import and_, or_

from nmtchoose.authoring.run_cases import Outcome
from nmtchoose.engine.evaluate import View, truth, view
from nmtchoose.meaning.thresholds import bounds
from nmtchoose.model.condition import AllOf, AnyOf, AtLeastOf, Condition, Fact, InRange, Leaf, Not, leaves
from nmtchoose.model.tables import Tables
from nmtchoose.words.conditions import by_name

Bits = int
"""One bit for each case."""


def parts_told_apart(outcomes: Sequence[Outcome], tables: Tables) -> tuple[int, tuple[str, ...]]:
    """Return how many parts the conditions of the safety rules have, and those that no case tells apart."""
    cases = _Cases([view(tables.questionnaire, one.kept) for one in outcomes])
    told: dict[str, bool] = {}
    for rule in tables.rules.rules:
        if rule.stage.is_safety:
            for part, apart in cases.parts(rule.when):
                told[f"{rule.id}: {by_name(part, tables.questionnaire)}"] = apart
    return len(told), tuple(name for name, apart in told.items() if not apart)


def thresholds_stood_on(outcomes: Sequence[Outcome], tables: Tables) -> tuple[int, tuple[str, ...]]:
    """Return how many numbers stand beside thresholds of the safety rules, and those that no case answers."""
    wanted: dict[tuple[str, int], None] = {}
    for rule in tables.rules.rules:
        for leaf in leaves(rule.when) if rule.stage.is_safety else ():
            if isinstance(leaf, InRange):
                question = tables.questionnaire[leaf.question]
                beside = [leaf.low, leaf.low - 1] if leaf.low is not None else []
                beside += [leaf.high, leaf.high + 1] if leaf.high is not None else []
                low, high = bounds(question)
                wanted |= {(leaf.question, one): None for one in beside if low <= one <= high}
    given = {(question, answer) for one in outcomes for question, answer in one.kept.items() if isinstance(answer, int)}
    return len(wanted), tuple(f"{question}={number}" for question, number in wanted if (question, number) not in given)


class _Cases:
    """Conditions over all cases at once: for whom each is true, and for whom it is false."""

    def __init__(self, seen: Sequence[View]) -> None:
        self._seen = seen
        self._everybody = (1 << len(seen)) - 1
        self._known: dict[Condition, tuple[Bits, Bits]] = {}

    def parts(self, condition: Condition) -> Iterator[tuple[Condition, bool]]:
        """Yield every part of a compound in `condition`, and whether a case tells it apart."""
        match condition:
            case Fact(_, part) | Not(part):
                yield from self.parts(part)
            case AllOf(parts) | AnyOf(parts) | AtLeastOf(_, parts):
                true = [self._truth(part)[0] for part in parts]
                for place, part in enumerate(parts):
                    others = [*true[:place], *true[place + 1 :]]
                    if isinstance(condition, AllOf):
                        alone = ~true[place] & reduce(and_, others, self._everybody)
                    else:
                        alone = true[place] & ~reduce(or_, others, 0)
                    if len(parts) > 1:
                        yield part, bool(alone & self._everybody)
                    yield from self.parts(part)

    def _truth(self, condition: Condition) -> tuple[Bits, Bits]:
        if condition not in self._known:
            self._known[condition] = self._worked_out(condition)
        return self._known[condition]

    def _worked_out(self, condition: Condition) -> tuple[Bits, Bits]:
        match condition:
            case Fact(_, body):
                return self._truth(body)
            case Not(part):
                true, false = self._truth(part)
                return false, true
            case AllOf(parts) | AnyOf(parts):
                truths = [self._truth(part) for part in parts]
                trues, falses = [one for one, _ in truths], [other for _, other in truths]
                if isinstance(condition, AllOf):
                    return reduce(and_, trues, self._everybody), reduce(or_, falses, 0)
                return reduce(or_, trues, 0), reduce(and_, falses, self._everybody)
            case AtLeastOf(count, parts):
                truths = [self._truth(part) for part in parts]
                possible = self._at_least(count, [self._everybody & ~false for _, false in truths])
                return self._at_least(count, [true for true, _ in truths]), self._everybody & ~possible
            case leaf:
                return self._leaf(leaf)

    def _at_least(self, count: int, several: Sequence[Bits]) -> Bits:
        reached = [self._everybody, *([0] * count)]
        for bits in several:
            for number in range(count, 0, -1):
                reached[number] |= reached[number - 1] & bits
        return reached[count]

    def _leaf(self, leaf: Leaf) -> tuple[Bits, Bits]:
        true = false = 0
        for place, seen in enumerate(self._seen):
            said = truth(leaf, seen)
            true |= (said is True) << place
            false |= (said is False) << place
        return true, false
