"""What a condition cannot do without: conditions that need the same answer are passed over together.

A condition cannot be true or unknown while no answer that it needs may have been given. Most people say "no" to most
questions about risks, and then one look at one answer spares many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from nmtchoose.engine.compiled.expressions import POSSIBLE, Expressions
from nmtchoose.model.condition import AllOf, AnyOf, AtLeastOf, Condition, Fact, Not

Need = Mapping[int, int]
"""Numbers of questions, each with bits of which at least one has to be possible."""


class Guarded(NamedTuple):
    """Source lines, and the expression that holds wherever any of them does something; "" where none is known."""

    guard: str
    lines: list[str]


class Needs:
    """Finds what conditions need in common."""

    def __init__(self, write: Expressions) -> None:
        self._write = write
        self._asked: dict[int, Need] = {}

    def of(self, condition: Condition | None) -> Need:
        """Return what has to be possible for `condition` to be true or unknown; a negation is taken to need nothing."""
        match condition:
            case AllOf(parts):
                return {place: mask for part in parts for place, mask in self.of(part).items()}
            case AtLeastOf(count, _) if count < 1:
                return {}
            case AnyOf(parts) | AtLeastOf(_, parts) if parts:
                return reduce(_either, [self.of(part) for part in parts])
            case Fact(_, body):
                return self.of(body)
            case None | Not() | AnyOf() | AtLeastOf():
                return {}
            case _:
                place = self._write.place(condition.question)
                return {**self._to_ask(place), place: self._write.bit(condition)}

    def in_order(self, steps: Sequence[tuple[Condition | None, list[str]]]) -> Iterator[Guarded]:
        """Yield the lines of `steps` in their order, neighbours together where they need the same answer."""
        shared: Need = {}
        run: list[list[str]] = []
        for condition, lines in steps:
            need = {place: mask for place, mask in self.of(condition).items() if self._is_quiet(place)}
            if run and not (both := _either(shared, need)):
                yield _guarded(shared, run)
                run = []
            shared = both if run else need
            run.append(lines)
        yield _guarded(shared, run)

    def in_any_order(self, steps: Sequence[tuple[Condition, list[str]]]) -> Iterator[Guarded]:
        """Yield the lines of `steps`, those together that need the same answer, in as few parts as possible."""
        waiting = [(self.of(condition), lines) for condition, lines in steps]
        while places := Counter(place for need, _ in waiting for place in need):
            best = max(places, key=lambda place: (self._is_quiet(place), places[place]))
            chosen = [one for one in waiting if best in one[0]]
            waiting = [one for one in waiting if best not in one[0]]
            mask = reduce(or_, [need[best] for need, _ in chosen])
            yield _guarded({best: mask}, [lines for _, lines in chosen])
        yield _guarded({}, [lines for _, lines in waiting])

    def _to_ask(self, place: int) -> Need:
        """An answer counts only where its question may be asked, so it needs what its question needs."""
        if place not in self._asked:
            self._asked[place] = self.of(self._write.question(place).ask_when)
        return self._asked[place]

    def _is_quiet(self, place: int) -> bool:
        """Most people's answers to a choice about risks say nothing; where it hurts always says something."""
        question = self._write.question(place)
        return question.purpose.is_safety and bool(question.options) and not question.sites


def _guarded(shared: Need, run: Sequence[list[str]]) -> Guarded:
    lines = [line for one in run for line in one]
    if len(run) < 2 or not shared:
        return Guarded("", lines)
    place, mask = next(iter(shared.items()))
    return Guarded(f"{POSSIBLE}{place} & {mask}", lines)


def _either(one: Need, other: Need) -> Need:
    return {place: mask | other[place] for place, mask in one.items() if place in other}
