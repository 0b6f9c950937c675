"""The circuit: yes/no wires, the gates that make them, and what is demanded of its inputs.

A wire is a whole number; with a minus it stands for the opposite. A gate reads only wires of lower numbers, so whoever
wants values goes through `gates` once, in order. Equal gates are made only once: whatever two rules, two sets of
answers or two rule tables have in common costs nothing twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple, TypeVar

Wire = int
Levels = tuple[Wire, ...]
"""Wires that say, for 0 and up, whether a limit is at most that."""

T = TypeVar("T")
TRUE: Wire = 1
FALSE: Wire = -TRUE

_WIDEST = 8
"""Longer gates are made as trees, so that a change of one input leaves most of the tree as it was."""


class GateKind(Enum):
    """What a gate makes of the wires that it reads: `ANY` is true when one is, `DIFFER` when exactly one of two is."""

    CONSTANT = "constant"
    INPUT = "input"
    ANY = "any"
    DIFFER = "differ"


class Gate(NamedTuple):
    """A gate and the wires that it reads; a constant is true, and an input is whatever it is given."""

    kind: GateKind
    parts: tuple[Wire, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Kleene:
    """Two wires, never both true: something is true, it is false. Neither means unknown."""

    true: Wire
    false: Wire

    @property
    def opposite(self) -> Kleene:
        """Whether the opposite is true; unknown stays unknown."""
        return Kleene(self.false, self.true)


HOLDS = Kleene(TRUE, FALSE)


Constraint = tuple[tuple[Wire, ...], Ground]
"""At least one of some wires has to be true, and why."""


class Circuit:
    """Gates by the number of their wire; nothing is on wire 0, since it has no opposite.

    `inputs` are the wires that are given a value. `constraints` say which of them go together: one wire of each has to
    be true. They are for a solver, which chooses the inputs itself; each has its ground, so that an impossible result
    can be explained.
    """

    def __init__(self) -> None:
        self.gates: list[Gate] = [Gate(GateKind.CONSTANT), Gate(GateKind.CONSTANT)]
        self.inputs: list[Wire] = []
        self.constraints: list[Constraint] = []
        self._made: dict[Gate, Wire] = {}

    def input(self) -> Wire:
        """Return a new wire that is given its value from outside."""
        self.inputs.append(len(self.gates))
        self.gates.append(Gate(GateKind.INPUT))
        return self.inputs[-1]

    def require(self, clause: Iterable[Wire], ground: Ground) -> None:
        """Demand that at least one of `clause` is true."""
        self.constraints.append((tuple(clause), ground))

    def at_most_one(self, wires: Iterable[Wire], ground: Ground) -> None:
        """Demand that no two of `wires` are true."""
        several = tuple(wires)
        for place, one in enumerate(several):
            for other in several[place + 1 :]:
                self.require((-one, -other), ground)

    def all_of(self, parts: Iterable[Wire]) -> Wire:
        """Return a wire that is true when all `parts` are."""
        return -self.any_of(-part for part in parts)

    def any_of(self, parts: Iterable[Wire]) -> Wire:
        """Return a wire that is true when one of `parts` is."""
        level = list(parts)
        while len(level) > _WIDEST:
            level = [self._any(level[start : start + _WIDEST]) for start in range(0, len(level), _WIDEST)]
        return self._any(level)

    def differ(self, one: Wire, other: Wire) -> Wire:
        """Return a wire that is true when exactly one of the two is."""
        first, second = sorted((abs(one), abs(other)))
        flipped = (one < 0) != (other < 0)
        if first == second:
            return TRUE if flipped else FALSE
        made = -second if first == TRUE else self._wire(Gate(GateKind.DIFFER, (first, second)))
        return -made if flipped else made

    def unlike(self, one: Kleene, other: Kleene) -> Wire:
        """Return a wire that is true when exactly one of the two is true, or exactly one is false."""
        return self.any_of((self.differ(one.true, other.true), self.differ(one.false, other.false)))

    def at_least(self, count: int, parts: Iterable[Wire]) -> Wire:
        """Return a wire that is true when at least `count` of `parts` are."""
        return TRUE if count <= 0 else self.counted(count, parts)[count]

    def counted(self, most: int, parts: Iterable[Wire]) -> list[Wire]:
        """Return for each number from 0 to `most` a wire that is true when at least so many of `parts` are."""
        count = Counter(self, parts)
        return [count.at_least(number) for number in range(most + 1)]

    def _any(self, parts: Iterable[Wire]) -> Wire:
        distinct = set(parts)
        distinct.discard(FALSE)
        if TRUE in distinct or not distinct.isdisjoint([-one for one in distinct]):
            return TRUE
        if len(distinct) < 2:
            return next(iter(distinct), FALSE)
        return self._wire(Gate(GateKind.ANY, tuple(sorted(distinct))))

    def _wire(self, gate: Gate) -> Wire:
        wire = self._made.get(gate)
        if wire is None:
            wire = self._made[gate] = len(self.gates)
            self.gates.append(gate)
        return wire


class Counter:
    """How many of some wires are true, made for as high numbers as are asked for, and no further."""

    def __init__(self, circuit: Circuit, parts: Iterable[Wire]) -> None:
        self._circuit = circuit
        self._parts = tuple(parts)
        self._columns = [[TRUE] * (len(self._parts) + 1)]
        """For each number whether at least so many are true of the first of the parts: of none, of one, of all."""

    def at_least(self, number: int) -> Wire:
        """Return a wire that is true when at least `number` of the parts are."""
        while len(self._columns) <= number:
            column = [FALSE]
            for before, part in zip(self._columns[-1], self._parts, strict=False):
                column.append(self._circuit.any_of((column[-1], self._circuit.all_of((part, before)))))
            self._columns.append(column)
        return self._columns[number][-1]


class Values:
    """What is on each wire when exactly the inputs `true` are: the plain way to read a circuit.

    Only what a wire that is asked for needs is worked out. Inputs that are made later are false.
    """

    def __init__(self, circuit: Circuit, true: Collection[Wire]) -> None:
        self._circuit = circuit
        self._true = true
        self._known: dict[Wire, bool] = {}

    def holds(self, wire: Wire) -> bool:
        """Return whether `wire` is true."""
        waiting = [] if abs(wire) in self._known else [abs(wire)]
        while waiting:
            needed = self._work_out(waiting[-1])
            if needed is None:
                waiting.pop()
            else:
                waiting.append(needed)
        return self._known[abs(wire)] == (wire > 0)

    def true(self, wires: Mapping[T, Wire]) -> tuple[T, ...]:
        """Return the keys of those of `wires` that are true, in order."""
        return tuple(key for key, wire in wires.items() if self.holds(wire))

    def limit(self, levels: Levels) -> int:
        """Return the place of the first of `levels` that is true, or how many there are."""
        return next((place for place, wire in enumerate(levels) if self.holds(wire)), len(levels))

    def _work_out(self, wire: Wire) -> Wire | None:
        """Note what is on `wire`, or return another one that has to be known before."""
        gate, known = self._circuit.gates[wire], self._known
        found = gate.kind is GateKind.CONSTANT or wire in self._true
        for part in gate.parts:
            value = known.get(abs(part))
            if value is None:
                return abs(part)
            if gate.kind is GateKind.ANY and value == (part > 0):
                found = True
                break
        if gate.kind is GateKind.DIFFER:
            found = known[gate.parts[0]] != known[gate.parts[1]]
        known[wire] = found
        return None


def cone(circuit: Circuit, outputs: Iterable[Wire]) -> list[Wire]:
    """Return the wires that `outputs` need, themselves among them, in order and without signs."""
    needed: set[Wire] = set()
    waiting = [abs(wire) for wire in outputs]
    while waiting:
        wire = waiting.pop()
        if wire not in needed:
            needed.add(wire)
            waiting += [abs(part) for part in circuit.gates[wire].parts]
    return sorted(needed)
