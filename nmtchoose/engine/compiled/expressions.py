"""Conditions as Python expressions over bits: one for "it is true", one for "it is not false".

Two expressions of two values each say the same as one of three. They hold numbers and names made here, never a word of
the two files.
"""

from __future__ import annotations

from collections.abc import Mapping

from nmtchoose.engine.compiled.readings import Reading
from nmtchoose.model.condition import AllOf, AnyOf, AtLeastOf, Condition, Fact, Leaf, Not, leaves
from nmtchoose.model.questionnaire import Kind, Question

TRUE, POSSIBLE = "t", "p"
"""How the variables begin that hold the verdicts of a question's answer: `t3` and `p3` for the fourth question."""


class Expressions:
    """Writes conditions on the questions of `readings`, which are numbered in their order."""

    def __init__(self, readings: tuple[Reading, ...]) -> None:
        self._places: Mapping[str, int] = {one.question.id: place for place, one in enumerate(readings)}
        self._readings = readings
        self.read: set[int] = set()
        """The numbers of the questions whose verdicts were written down so far."""

    def place(self, question_id: str) -> int:
        """Return the number of a question."""
        return self._places[question_id]

    def question(self, place: int) -> Question:
        """Return the question with a number."""
        return self._readings[place].question

    def bit(self, leaf: Leaf) -> int:
        """Return the bit of a condition on one question."""
        return self._readings[self._places[leaf.question]].bit(leaf)

    def is_many(self, place: int) -> bool:
        """Return True where several options may be chosen."""
        return self._readings[place].question.kind is Kind.MANY

    def note(self, *conditions: Condition) -> None:
        """Count the questions of `conditions` among those that are read."""
        self.read |= {self._places[leaf.question] for one in conditions for leaf in leaves(one)}

    def true(self, condition: Condition) -> str:
        """Return an expression that holds where `condition` is true."""
        return self._written(condition, TRUE, POSSIBLE)

    def possible(self, condition: Condition) -> str:
        """Return an expression that holds where `condition` is true or unknown."""
        return self._written(condition, POSSIBLE, TRUE)

    def _written(self, condition: Condition, wanted: str, other: str) -> str:
        match condition:
            case AllOf(parts):
                return _joined(" and ", [self._written(part, wanted, other) for part in parts]) or "True"
            case AnyOf(parts):
                return _joined(" or ", self._any(parts, wanted, other)) or "False"
            case AtLeastOf(count, parts):
                counted = " + ".join(f"(1 if {self._written(part, wanted, other)} else 0)" for part in parts)
                return f"({counted or 0}) >= {count:d}"
            case Not(part):
                return f"not ({self._written(part, other, wanted)})"
            case Fact(_, body):
                return self._written(body, wanted, other)
            case _:
                return f"{wanted}{self._place(condition)} & {self.bit(condition)}"

    def _any(self, parts: tuple[Condition, ...], wanted: str, other: str) -> list[str]:
        """Conditions on one question become one look at its bits."""
        bits: dict[int, int] = {}
        rest: list[str] = []
        for part in parts:
            if isinstance(part, Leaf):
                bits[self._place(part)] = bits.get(self._place(part), 0) | self.bit(part)
            else:
                rest.append(self._written(part, wanted, other))
        return [*(f"{wanted}{place} & {mask}" for place, mask in bits.items()), *rest]

    def _place(self, leaf: Leaf) -> int:
        place = self._places[leaf.question]
        self.read.add(place)
        return place


def _joined(word: str, parts: list[str]) -> str:
    return word.join(f"({part})" for part in parts) if len(parts) > 1 else "".join(parts)
