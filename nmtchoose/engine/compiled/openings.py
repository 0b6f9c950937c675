"""Which questions would decide a rule that is open, as source: `open_questions` of the reference evaluator, unrolled.

Questions are bits here, in their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nmtchoose.engine.compiled.expressions import POSSIBLE, TRUE, Expressions
from nmtchoose.engine.compiled.readings import Reading
from nmtchoose.engine.compiled.source import Numbered, function, replayed
from nmtchoose.model.condition import AllOf, AnyOf, AtLeastOf, Condition, Fact, Leaf, Not

ASKS = "asks"
"""How the variables begin that hold what to ask where the answer to a question leaves something open."""


def openings_source(write: Expressions, readings: Sequence[Reading], rules: Sequence[Numbered]) -> str:
    """Return the source of `replay(get, wanted)`.

    It returns, for each of `rules` whose bit is in `wanted`, its number and the questions that would decide it. Every
    rule that is wanted has to be open.
    """
    lines = ["found = []"]
    for rule in rules:
        lines += [
            f"if wanted & {1 << rule.number}:",
            f"    found.append(({rule.number}, {_asks(rule.condition, write)}))",
        ]
    asks = list(_to_ask(write, readings))
    return function("get, wanted", [*replayed(write, readings, ()), *reversed(asks), *lines, "return found"], write)


def _to_ask(write: Expressions, readings: Sequence[Reading]) -> Iterator[str]:
    """Yield a line for each question that is read, the last one first: what its answer leaves open, it would decide.

    Where nobody knows whether it is asked at all, the questions that leave that open have to be asked instead.
    """
    for place, reading in reversed(list(enumerate(readings))):
        ask_when = reading.question.ask_when
        if place in write.read and ask_when is not None:
            asks = f"{1 << place} if {write.true(ask_when)} else {_asks(ask_when, write)}"
            yield f"if {POSSIBLE}{place} & ~{TRUE}{place}: {ASKS}{place} = {asks}"
        elif place in write.read:
            yield f"{ASKS}{place} = {1 << place}"


def _asks(condition: Condition, write: Expressions) -> str:
    """Return an expression of the questions that would decide `condition`, which is open."""
    match condition:
        case AllOf(parts) | AnyOf(parts) | AtLeastOf(_, parts):
            return " | ".join(_parts(parts, write)) or "0"
        case Not(part) | Fact(_, part):
            return _asks(part, write)
        case _:
            write.note(condition)
            return f"{ASKS}{write.place(condition.question)}"


def _parts(parts: Sequence[Condition], write: Expressions) -> Iterator[str]:
    """Yield an expression for each of `parts`, of which any may be open; those on one question are taken together."""
    bits: dict[int, int] = {}
    for part in parts:
        if isinstance(part, Leaf):
            write.note(part)
            place = write.place(part.question)
            bits[place] = bits.get(place, 0) | write.bit(part)
        else:
            yield f"(({_asks(part, write)}) if ({write.possible(part)}) and not ({write.true(part)}) else 0)"
    for place, mask in bits.items():
        yield f"({ASKS}{place} if {POSSIBLE}{place} & ~{TRUE}{place} & {mask} else 0)"
