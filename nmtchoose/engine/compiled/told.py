"""The answers that made a rule true, as source: the same walk as `because` of the reference evaluator, unrolled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from nmtchoose.engine.compiled.expressions import Expressions
from nmtchoose.model.answers import Answer
from nmtchoose.model.condition import AllOf, AnyOf, AtLeastOf, Condition, Fact, Is, Leaf, Not, leaves

_STEP = "    "
WHOLE = "whole"
"""The name of the constant that stands for "the whole answer matters" where else the options of a condition stand."""

OPTIONS = "options"
"""How the names of constants begin that hold the options of a condition."""


def option_sets(conditions: Iterator[Condition]) -> Mapping[tuple[str, ...], str]:
    """Return a name for the options of every condition that names some."""
    wanted = dict.fromkeys(leaf.options for one in conditions for leaf in leaves(one) if isinstance(leaf, Is))
    return {options: f"{OPTIONS}{number}" for number, options in enumerate(wanted)}


class _Part(NamedTuple):
    """One condition on one question that may have decided a rule, and the expressions that say whether it did."""

    place: int
    what: str
    decided_if: tuple[str, ...]


def told_lines(condition: Condition, write: Expressions) -> list[str]:
    """Return the lines that put into `because` what makes `condition`, which is true, true."""
    parts = list(_deciding(condition, write, (), value=True))
    lines: list[str] = []
    for place in sorted({part.place for part in parts}):
        lines += _told(place, [part for part in parts if part.place == place], write)
    return lines


def _told(place: int, parts: Sequence[_Part], write: Expressions) -> Iterator[str]:
    """Yield the lines for one question; several conditions on it may have decided, and then all of them count."""
    sure = dict.fromkeys(part.what for part in parts if not part.decided_if)
    maybe = [part for part in parts if part.decided_if]
    yield f"wanted = {' + '.join(sure) or '()'}"
    for part in maybe:
        yield f"if {' and '.join(part.decided_if)}:"
        yield f"{_STEP}wanted += {part.what}"
    said = f"relevant(a{place}, wanted)" if write.is_many(place) else f"a{place}"
    yield f"if wanted and a{place} is not None:"
    yield f"{_STEP}because[id{place}] = {said}"


def _deciding(condition: Condition, write: Expressions, held: tuple[str, ...], *, value: bool) -> Iterator[_Part]:
    """Yield each condition on one question that may give `condition` its `value`, where all of `held` hold."""
    match condition:
        case AllOf(parts) | AnyOf(parts) | AtLeastOf(_, parts):
            certain = isinstance(condition, AllOf if value else AnyOf)
            for part in parts:
                decided = f"({write.true(part)})" if value else f"not ({write.possible(part)})"
                yield from _deciding(part, write, held if certain else (*held, decided), value=value)
        case Not(part):
            yield from _deciding(part, write, held, value=not value)
        case Fact(_, body):
            yield from _deciding(body, write, held, value=value)
        case _:
            yield _Part(write.place(condition.question), _what(condition, write), held)


def _what(leaf: Leaf, write: Expressions) -> str:
    return write.name_of(leaf.options) if isinstance(leaf, Is) else WHOLE


def relevant(answer: Answer, wanted: tuple[frozenset[str], ...]) -> Answer:
    """Return the options of `answer` that are in one of `wanted`; all of it where one of them has nothing in it."""
    if not isinstance(answer, tuple) or len(answer) == 1:
        return answer
    said: set[str] = set()
    for options in wanted:
        matching = options.intersection(answer)
        if not matching:
            return answer
        said |= matching
    return tuple(one for one in answer if one in said)
