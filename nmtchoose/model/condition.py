"""The condition tree: a small closed language over answers, made by one parser, `nmtchoose.loading.conditions`.

Evaluating, wording and proving are separate visitors, each in its own file. What a leaf means for a question that was
not asked, not answered, or answered "not sure" is written in `nmtchoose.engine.evaluate` and nowhere else.
"""

from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace


class Is(Struct, frozen=True, tag=True):
    """The answer to `question` is, or includes, at least one of `options`, which may hold special answers."""

    question: str
    options: tuple[str, ...]


class InRange(Struct, frozen=True, tag=True):
    """The number answered to `question` lies between `low` and `high`, both included; None is unbounded."""

    question: str
    low: int | None
    high: int | None


class CountAtLeast(Struct, frozen=True, tag=True):
    """At least `count` real options of `question` were chosen (special answers do not count)."""

    question: str
    count: int


class Answered(Struct, frozen=True, tag=True):
    """`question` has a real answer: not missing, not `unsure`, not `declined`."""

    question: str


class AllOf(Struct, frozen=True, tag=True):
    """Every part holds. With no parts: always true."""

    parts: "tuple[Condition, ...]"


class AnyOf(Struct, frozen=True, tag=True):
    """At least one part holds. With no parts: never true."""

    parts: "tuple[Condition, ...]"


class AtLeastOf(Struct, frozen=True, tag=True):
    """At least `count` of the parts hold."""

    count: int
    parts: "tuple[Condition, ...]"


class Not(Struct, frozen=True, tag=True):
    """The part does not hold; unknown stays unknown."""

    part: "Condition"


class Fact(Struct, frozen=True, tag=True):
    """A named condition of the rule table, kept by name so that it can be explained by name."""

    name: str
    body: "Condition"


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


def rebuilt(condition: Condition, edit: Callable[[Condition], Condition]) -> Condition:
    """Return `condition` with each of its direct parts as `edit` has it."""
    match condition:
        case AllOf(parts) | AnyOf(parts) | AtLeastOf(_, parts):
            return replace(condition, parts=tuple(map(edit, parts)))
        case Not(part):
            return Not(edit(part))
        case Fact(name, body):
            return Fact(name, edit(body))
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


def facts_of(condition: Condition) -> frozenset[str]:
    """Return the names of all facts that `condition` rests on, directly or by way of other facts."""
    named = frozenset((condition.name,)) if isinstance(condition, Fact) else frozenset[str]()
    return named.union(*map(facts_of, children(condition)))


def questions_of(condition: Condition) -> frozenset[str]:
    """Return the ids of all questions that `condition` reads directly."""
    return frozenset(leaf.question for leaf in leaves(condition))
