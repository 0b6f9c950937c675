"""Boolean gates over numbered variables, written down as the clauses that a SAT solver reads.

A literal is a whole number: a variable, or with a minus its opposite. Equal gates are made only once, so whatever two
rules, two sets of answers or two rule tables have in common costs nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

Literal = int
TRUE: Literal = 1
FALSE: Literal = -TRUE

_WIDEST = 8
"""Longer gates are made as trees, so that a change of one input leaves most of the tree as it was."""


class Why(Enum):
    """Why answers have to be as a constraint says."""

    ONE_ANSWER = "one answer"
    ASKED = "asked"
    OFFERED = "offered"
    CARRIED_OVER = "carried over"


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a constraint comes from: a question, and the option it is about, if any."""

    why: Why
    question: str
    option: str = ""


class Gates:
    """Variables, the gates made of them, and the constraints on them.

    `clauses` only define gates: they never rule an answer out. `constraints` do, each with its ground, so that an
    impossible result can be explained by the grounds it needs.
    """

    def __init__(self) -> None:
        self.variables: int = TRUE
        self.clauses: list[tuple[Literal, ...]] = [(TRUE,)]
        self.constraints: list[tuple[tuple[Literal, ...], Ground]] = []
        self._made: dict[tuple[object, ...], Literal] = {}

    def variable(self) -> Literal:
        """Return a new variable."""
        self.variables += 1
        return self.variables

    def require(self, clause: Iterable[Literal], ground: Ground) -> None:
        """Demand that at least one of `clause` is true."""
        self.constraints.append((tuple(clause), ground))

    def at_most_one(self, literals: Iterable[Literal], ground: Ground) -> None:
        """Demand that no two of `literals` are true."""
        several = tuple(literals)
        for place, one in enumerate(several):
            for other in several[place + 1 :]:
                self.require((-one, -other), ground)

    def all_of(self, parts: Iterable[Literal]) -> Literal:
        """Return a literal that is true when all `parts` are."""
        return -self.any_of(-part for part in parts)

    def any_of(self, parts: Iterable[Literal]) -> Literal:
        """Return a literal that is true when one of `parts` is."""
        level = list(parts)
        while len(level) > _WIDEST:
            level = [self._any(level[start : start + _WIDEST]) for start in range(0, len(level), _WIDEST)]
        return self._any(level)

    def either(self, condition: Literal, then: Literal, otherwise: Literal) -> Literal:
        """Return `then` where `condition` is true and `otherwise` where it is not."""
        return self.any_of((self.all_of((condition, then)), self.all_of((-condition, otherwise))))

    def differ(self, one: Literal, other: Literal) -> Literal:
        """Return a literal that is true when exactly one of the two is."""
        if abs(one) == TRUE or abs(other) == TRUE or abs(one) == abs(other):
            return self.either(one, -other, other)
        flipped = (one < 0) != (other < 0)
        first, second = sorted((abs(one), abs(other)))
        key = ("differ", first, second)
        if key not in self._made:
            out = self._made[key] = self.variable()
            self.clauses += [(-out, first, second), (-out, -first, -second), (out, -first, second)]
            self.clauses.append((out, first, -second))
        return -self._made[key] if flipped else self._made[key]

    def at_least(self, count: int, parts: Iterable[Literal]) -> Literal:
        """Return a literal that is true when at least `count` of `parts` are."""
        if count <= 0:
            return TRUE
        seen = [TRUE] + [FALSE] * count
        for part in parts:
            for number in range(count, 0, -1):
                seen[number] = self.any_of((seen[number], self.all_of((part, seen[number - 1]))))
        return seen[count]

    def _any(self, parts: Iterable[Literal]) -> Literal:
        distinct = set(parts)
        distinct.discard(FALSE)
        if TRUE in distinct or any(-one in distinct for one in distinct):
            return TRUE
        if len(distinct) < 2:
            return next(iter(distinct), FALSE)
        key = ("any", *sorted(distinct))
        if key not in self._made:
            out = self._made[key] = self.variable()
            self.clauses.append((-out, *sorted(distinct)))
            self.clauses += [(out, -one) for one in sorted(distinct)]
        return self._made[key]
