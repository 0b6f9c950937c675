"""The condition tree: a small closed language over answers, with no code in it.

One parser (`nmtchoose.content.conditions`) makes this tree. Evaluating it, putting it into words, compiling and
proving are separate visitors, each in its own file. What a leaf means for a question that was not asked, not
answered, or answered "not sure" is written in `nmtchoose.engine.evaluate` and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nmtchoose.model.quick import dataclass


@dataclass(frozen=True, slots=True)
class Is:
    """The answer to `question` is, or includes, at least one of `options`.

    `options` may hold the special answers `none`, `unsure` and `declined`.
    """

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InRange:
    """The number answered to `question` lies between `low` and `high`, both included; None is unbounded."""

    question: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class CountAtLeast:
    """At least `count` real options of `question` were chosen (special answers do not count)."""

    question: str
    count: int


@dataclass(frozen=True, slots=True)
class Answered:
    """`question` has a real answer: not missing, not `unsure`, not `declined`."""

    question: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds. With no parts: always true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds. With no parts: never true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AtLeastOf:
    """At least `count` of the parts hold."""

    count: int
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold; unknown stays unknown."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Fact:
    """A named condition of the rule table, kept by name so that it can be explained by name."""

    name: str
    body: Condition


Leaf = Is | InRange | CountAtLeast | Answered
Condition = Leaf | AllOf | AnyOf | AtLeastOf | Not | Fact

ALWAYS = AllOf(())
NEVER = AnyOf(())


def children(condition: Condition) -> tuple[Condition, ...]:
    """Return the direct parts of `condition`; empty for a leaf."""
    match condition:
        case AllOf(parts) | AnyOf(parts) | AtLeastOf(_, parts):
            return parts
        case Not(part):
            return (part,)
        case Fact(_, body):
            return (body,)
        case _:
            return ()


def with_parts(condition: Condition, change: Callable[[Condition], Condition]) -> Condition:
    """Return `condition` with each of its direct parts changed."""
    match condition:
        case AllOf(parts):
            return AllOf(tuple(map(change, parts)))
        case AnyOf(parts):
            return AnyOf(tuple(map(change, parts)))
        case AtLeastOf(count, parts):
            return AtLeastOf(count, tuple(map(change, parts)))
        case Not(part):
            return Not(change(part))
        case Fact(name, body):
            return Fact(name, change(body))
        case _:
            return condition


def switched_off(condition: Condition) -> bool:
    """Return True when `condition` is false whatever is answered, because a setting that it needs is off."""
    match condition:
        case AllOf(parts):
            return any(switched_off(part) for part in parts)
        case AnyOf(parts):
            return all(switched_off(part) for part in parts)
        case AtLeastOf(count, parts):
            return sum(not switched_off(part) for part in parts) < count
        case Fact(_, body):
            return switched_off(body)
        case Not(part):
            return part == ALWAYS
        case _:
            return False


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield every leaf of `condition`, left to right, with repetitions."""
    if isinstance(condition, Leaf):
        yield condition
    for part in children(condition):
        yield from leaves(part)


def questions_of(condition: Condition) -> frozenset[str]:
    """Return the ids of all questions that `condition` reads directly."""
    return frozenset(leaf.question for leaf in leaves(condition))
