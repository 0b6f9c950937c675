"""The answers that made a rule true, as source: the same walk as `because` of the reference evaluator, unrolled.

For each question that a rule asks about, an expression gathers the bits of the conditions that decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from nmtchoose.engine.compiled.expressions import TRUE, Expressions
from nmtchoose.engine.compiled.readings import Reading
from nmtchoose.model.answers import Answer
from nmtchoose.model.condition import AllOf, AnyOf, AtLeastOf, Condition, Fact, Is, Leaf, Not

_STEP = "    "


class _Part(NamedTuple):
    """One condition on one question. It decided if its own value is `value` and all of `held` hold.

    `sure` says that it decided whenever the rule is true.
    """

    leaf: Leaf
    value: bool
    held: tuple[str, ...]
    sure: bool


def told_lines(into: str, condition: Condition, write: Expressions) -> list[str]:
    """Return the lines that put the answers that make `condition`, which is true, true under the name `into`."""
    parts = list(_deciding(condition, write, (), (), value=True, sure=True))
    sure: list[str] = []
    lines: list[str] = []
    for place in sorted({write.place(part.leaf.question) for part in parts}):
        several = [part for part in parts if write.place(part.leaf.question) == place]
        is_sure = any(part.value and part.sure for part in several)
        said = _said(place, several, write, is_sure=is_sure)
        if is_sure:
            sure.append(f"id{place}: {said}")
        else:
            lines += [f"if {_test(place, several, write)}:", f"{_STEP}because[id{place}] = {said}"]
    return [f"{into} = {'because = ' if lines else ''}{{{', '.join(sure)}}}", *lines]


def _said(place: int, parts: Sequence[_Part], write: Expressions, *, is_sure: bool) -> str:
    """Return an expression of what matters of an answer. Where a condition is false, all of it does."""
    false = [part for part in parts if not part.value]
    if not write.is_many(place) or len(false) == len(parts) or (is_sure and any(part.sure for part in false)):
        return f"a{place}"
    bits = [_where(held, f"{TRUE}{place} & {mask}") for held, mask in _true(parts, write).items()]
    bits += [_where(part.held, f"whole{place}") for part in false]
    return f"tell{place}(a{place}, {' | '.join(dict.fromkeys(bits))})"


def _test(place: int, parts: Sequence[_Part], write: Expressions) -> str:
    """Return an expression that holds where one of `parts` decided. One that is false may never have been answered."""
    tests = [(*held, f"{TRUE}{place} & {mask}") for held, mask in _true(parts, write).items()]
    tests += [(f"id{place} in kept", *part.held) for part in parts if not part.value]
    return " or ".join(f"({' and '.join(test)})" for test in dict.fromkeys(tests))


def _true(parts: Sequence[_Part], write: Expressions) -> Mapping[tuple[str, ...], int]:
    """Return the bits of the conditions that have to be true, by what else has to hold."""
    masks: dict[tuple[str, ...], int] = {}
    for part in parts:
        if part.value:
            masks[part.held] = masks.get(part.held, 0) | write.bit(part.leaf)
    return masks


def _where(held: tuple[str, ...], bits: str) -> str:
    return f"({bits} if {' and '.join(held)} else 0)" if held else bits


def _deciding(
    condition: Condition,
    write: Expressions,
    held: tuple[str, ...],
    own: tuple[str, ...],
    *,
    value: bool,
    sure: bool,
) -> Iterator[_Part]:
    """Yield each condition on one question that may give `condition` its `value`, where all of `held` hold.

    `own` says that `condition` has that value at all; it is empty where that follows from `held`.
    """
    match condition:
        case AllOf(parts) | AnyOf(parts) | AtLeastOf(_, parts):
            certain = isinstance(condition, AllOf if value else AnyOf)
            one_is_enough = isinstance(condition, AnyOf if value else AllOf)
            outer = held if one_is_enough else (*held, *own)
            for part in parts:
                theirs = () if certain else (f"({write.true(part)})" if value else f"not ({write.possible(part)})",)
                yield from _deciding(part, write, outer, theirs, value=value, sure=sure and certain)
        case Not(part):
            yield from _deciding(part, write, held, own, value=not value, sure=sure)
        case Fact(_, body):
            yield from _deciding(body, write, held, own, value=value, sure=sure)
        case _:
            yield _Part(condition, value, held if value else (*held, *own), sure)


def teller(reading: Reading) -> Callable[[tuple[str, ...], int], Answer]:
    """Return the function that leaves of an answer the options that conditions with the given bits named.

    All of it is left where a condition decided that names no option, or none that was chosen.
    """
    options = {bit: leaf.options if isinstance(leaf, Is) else None for leaf, bit in reading.bits.items()}

    def tell(answer: tuple[str, ...], decided: int) -> Answer:
        if len(answer) == 1:
            return answer
        wanted: set[str] = set()
        while decided:
            named = options.get(decided & -decided)
            if named is None:
                return answer
            wanted.update(named)
            decided &= decided - 1
        return tuple([one for one in answer if one in wanted])

    return tell
