"""One client at a time, quickly: the circuit written down as straight lines of Python and compiled once.

All that is compiled are the numbers of wires; nothing of the two files reaches it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import compress
from typing import Any, NamedTuple, TypeVar

from nmtchoose.meaning.circuit import TRUE, Circuit, Gate, GateKind, Levels, Wire, cone
from nmtchoose.meaning.result import Meaning
from nmtchoose.meaning.verdict import Verdict, verdict
from nmtchoose.model.answers import Answers

_DEEPEST = 20
"""Gates that only one other reads are written inside it, up to this depth: Python's parser has a limit."""

T = TypeVar("T")
Lines = Callable[[Sequence[bool]], tuple[bool, ...]]


class _Group(NamedTuple):
    """Some outputs that are read together: their keys, and where their values stand among all."""

    keys: tuple[Any, ...]
    start: int
    end: int


class One:
    """Decides one client after another; made once for a pair of files."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning
        self._groups: dict[int, _Group] = {}
        outputs: list[Wire] = []
        for wires in meaning.result.groups:
            keys = tuple(wires) if isinstance(wires, Mapping) else tuple(range(len(wires)))
            self._groups[id(wires)] = _Group(keys, len(outputs), len(outputs) + len(keys))
            outputs += wires.values() if isinstance(wires, Mapping) else wires
        needed = cone(meaning.circuit, outputs)
        inputs = [wire for wire in needed if meaning.circuit.gates[wire].kind is GateKind.INPUT]
        self._places = {wire: place for place, wire in enumerate(inputs)}
        self._lines = _compiled(meaning.circuit, needed, inputs, outputs)

    def decide(self, answers: Answers) -> Verdict:
        """Return what follows from checked `answers`, the same as the walker says."""
        given, places = [False] * len(self._places), self._places
        for question, answer in answers.items():
            for wire in self._meaning.given[question].true_with(answer):
                if wire in places:
                    given[places[wire]] = True
        return verdict(self._meaning.result, _Client(self._groups, self._lines(given)))


class _Client(NamedTuple):
    """The outputs for one client; see `nmtchoose.meaning.verdict.Reader`."""

    groups: Mapping[int, _Group]
    values: tuple[bool, ...]

    def true(self, wires: Mapping[T, Wire]) -> tuple[T, ...]:
        """Return the keys of those of `wires` that are true, in order."""
        keys, start, end = self.groups[id(wires)]
        return tuple(compress(keys, self.values[start:end]))

    def limit(self, levels: Levels) -> int:
        """Return the place of the first of `levels` that is true, or how many there are."""
        _, start, end = self.groups[id(levels)]
        values = self.values[start:end]
        return values.index(True) if True in values else end - start


class _Written(NamedTuple):
    """A gate as Python, and how deep it is nested."""

    text: str
    depth: int


def _compiled(circuit: Circuit, needed: Sequence[Wire], inputs: Sequence[Wire], outputs: Sequence[Wire]) -> Lines:
    """Return a function from the values of `inputs` to those of `outputs`, in order."""
    uses = Counter(abs(part) for wire in needed for part in circuit.gates[wire].parts)
    uses.update(map(abs, outputs))
    written = {TRUE: _Written("True", 0)} | {wire: _Written(f"w{wire}", 0) for wire in inputs}
    lines = ["def decide(given):", f" ({''.join(f'{written[wire].text}, ' for wire in inputs)}) = given"]
    for wire in needed:
        if wire not in written:
            text, depth = _expression(circuit.gates[wire], written)
            if uses[wire] > 1 or depth > _DEEPEST:
                lines.append(f" w{wire} = {text}")
                text, depth = f"w{wire}", 0
            written[wire] = _Written(text, depth)
    returned = (written[abs(wire)].text if wire > 0 else f"not {written[abs(wire)].text}" for wire in outputs)
    names: dict[str, Lines] = {}
    exec("\n".join([*lines, f" return ({''.join(f'{text}, ' for text in returned)})"]), names)  # noqa: S102 - see above
    return names["decide"]


def _expression(gate: Gate, written: Mapping[Wire, _Written]) -> _Written:
    parts = [written[abs(part)] for part in gate.parts]
    depth = 1 + max(part.depth for part in parts)
    if gate.kind is GateKind.DIFFER:
        return _Written(f"({parts[0].text} is not {parts[1].text})", depth)
    signed = (part.text if wire > 0 else f"(not {part.text})" for wire, part in zip(gate.parts, parts, strict=True))
    return _Written(f"({' or '.join(signed)})", depth)
