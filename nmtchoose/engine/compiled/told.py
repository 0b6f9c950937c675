"""The answers that made a rule true, as source: the same walk as `because` of the reference evaluator, unrolled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nmtchoose.engine.compiled.expressions import Expressions
from nmtchoose.model.answers import Answer
from nmtchoose.model.condition import AllOf, AnyOf, AtLeastOf, Condition, Fact, Is, Leaf, Not, leaves

_STEP = "    "
WHOLE = "whole"
"""The name of the constant that stands for "the whole answer matters" among sets of options."""

OPTIONS = "options"
"""How the names of constants begin that hold the options of a condition."""


def option_sets(conditions: Iterator[Condition]) -> Mapping[tuple[str, ...], str]:
    """Return a name for the options of every condition that names some."""
    wanted = dict.fromkeys(leaf.options for one in conditions for leaf in leaves(one) if isinstance(leaf, Is))
    return {options: f"{OPTIONS}{number}" for number, options in enumerate(wanted)}


def told_lines(condition: Condition, write: Expressions) -> list[str]:
    """Return the lines that put into `because` what makes `condition`, which is true, true."""
    places = sorted({write.place(leaf.question) for leaf in leaves(condition)})
    if not places:
        return []
    first = " = ".join(f"w{place}" for place in places) + " = ()"
    lines = [first, *_deciding(condition, write, value=True)]
    for place in places:
        lines += [f"if w{place} and a{place} is not None:"]
        lines += [f"{_STEP}because[id{place}] = relevant(a{place}, w{place})"]
    return lines


def _deciding(condition: Condition, write: Expressions, *, value: bool) -> Iterator[str]:
    """Yield lines that note each condition on one question that gives `condition` its `value`."""
    match condition:
        case AllOf(parts) | AnyOf(parts) | AtLeastOf(_, parts):
            certain = isinstance(condition, AllOf if value else AnyOf)
            for part in parts:
                lines = list(_deciding(part, write, value=value))
                if certain or not lines:
                    yield from lines
                else:
                    yield f"if {write.true(part)}:" if value else f"if not ({write.possible(part)}):"
                    yield from (_STEP + line for line in lines)
        case Not(part):
            yield from _deciding(part, write, value=not value)
        case Fact(_, body):
            yield from _deciding(body, write, value=value)
        case _:
            yield f"w{write.place(condition.question)} += ({_what(condition, write)},)"


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
