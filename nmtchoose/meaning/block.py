"""Many clients at once: every wire of the circuit as a row of bits, one for each client of a block.

Needs NumPy. Most signs are rare, so that most wires are false for a whole block: those are `NOBODY` and cost nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nmtchoose.meaning.circuit import TRUE, Circuit, GateKind, Wire, cone

Bits = NDArray[np.uint64]
"""One bit for each client of a block, the first in the lowest bit of the first word. What stands after the last client
has no meaning.
"""

Small = NDArray[np.uint8]
"""One small number for each client of a block."""

_WORD = 64

NOBODY: Bits = np.zeros(0, dtype=np.uint64)
EVERYBODY: Bits = np.zeros(0, dtype=np.uint64)
"""Stand for bits that are all 0 and all 1, and are told by identity."""


def bits_of(clients: NDArray[np.bool_] | Small) -> Bits:
    """Return a bit for each client with something other than 0."""
    packed = np.packbits(clients, bitorder="little")
    if not packed.any():
        return NOBODY
    words = np.zeros(-(-len(packed) // 8), dtype=np.uint64)
    words.view(np.uint8)[: len(packed)] = packed
    return words


class _Step(NamedTuple):
    """How one wire is worked out: the gate's parts without and with a minus, and the wires not needed afterwards."""

    wire: Wire
    kind: GateKind
    plain: tuple[Wire, ...]
    opposite: tuple[Wire, ...]
    done: tuple[Wire, ...]


class Plan:
    """Works out `outputs` of a circuit for one block after another. `inputs` are the wires that they depend on."""

    def __init__(self, circuit: Circuit, outputs: Iterable[Wire]) -> None:
        wanted = {abs(wire) for wire in outputs}
        needed = cone(circuit, wanted)
        gates = {wire: circuit.gates[wire] for wire in needed}
        self.inputs = tuple(wire for wire in needed if gates[wire].kind is GateKind.INPUT)
        last: dict[Wire, Wire] = {abs(part): wire for wire in needed for part in gates[wire].parts}
        done: dict[Wire, list[Wire]] = {}
        for part, reader in last.items():
            if part not in wanted:
                done.setdefault(reader, []).append(part)
        self._steps = [
            _Step(
                wire,
                gates[wire].kind,
                tuple(part for part in gates[wire].parts if part > 0),
                tuple(-part for part in gates[wire].parts if part < 0),
                tuple(done.get(wire, ())),
            )
            for wire in needed
            if gates[wire].kind in (GateKind.ANY, GateKind.DIFFER)
        ]

    def block(self, clients: int, given: Mapping[Wire, Bits]) -> Block:
        """Return the outputs for `clients` clients; `given` has the bits of each of the `inputs`."""
        known = {**given, TRUE: EVERYBODY}
        for step in self._steps:
            plain = [known[part] for part in step.plain]
            if step.kind is GateKind.DIFFER:
                known[step.wire] = _differ(plain[0], plain[1])
            else:
                known[step.wire] = _any(plain, [known[part] for part in step.opposite])
            for wire in step.done:
                del known[wire]
        return Block(clients, known)


class Block(NamedTuple):
    """The outputs of a circuit for some clients."""

    clients: int
    known: Mapping[Wire, Bits]

    def bits(self, wire: Wire) -> Bits:
        """Return for whom `wire` is true."""
        return self.known[wire] if wire > 0 else opposite(self.known[-wire])

    def spread(self, wire: Wire) -> Small:
        """Return 1 for each client for whom `wire` is true, and 0 for the others."""
        return np.unpackbits(self._octets(wire), count=self.clients, bitorder="little")

    def octets(self, wire: Wire) -> Small:
        """Return the bits of `wire`, eight to a byte, the first client in the lowest bit; zeros after the last one."""
        octets = self._octets(wire).copy()
        if self.clients % 8:
            octets[-1] &= (1 << self.clients % 8) - 1
        return octets

    def _octets(self, wire: Wire) -> Small:
        count, bits = -(-self.clients // 8), self.bits(wire)
        if bits is NOBODY or bits is EVERYBODY:
            return np.full(count, 255 if bits is EVERYBODY else 0, dtype=np.uint8)
        return bits.view(np.uint8)[:count]

    def code(self, wires: Sequence[Wire]) -> Small:
        """Return for each client the place of the one wire that is true, from 1 on; 0 where none is."""
        code = np.zeros(self.clients, dtype=np.uint8)
        for place, wire in enumerate(wires, 1):
            if self.bits(wire) is not NOBODY:
                code += self.spread(wire) * np.uint8(place)
        return code

    def limit(self, levels: Sequence[Wire]) -> Small:
        """Return for each client the place of the first of `levels` that is true, or how many there are.

        Where one is true, all after it are.
        """
        limit = np.full(self.clients, len(levels), dtype=np.uint8)
        for wire, several in Counter(levels).items():
            if self.bits(wire) is not NOBODY:
                limit -= self.spread(wire) * np.uint8(several)
        return limit


def opposite(bits: Bits) -> Bits:
    """Return who is not in `bits`."""
    if bits is NOBODY:
        return EVERYBODY
    return NOBODY if bits is EVERYBODY else ~bits


def _any(plain: Sequence[Bits], opposite_of: Sequence[Bits]) -> Bits:
    """Return who is in one of `plain`, or is missing in one of `opposite_of`."""
    some = [bits for bits in plain if bits is not NOBODY]
    lacking = [bits for bits in opposite_of if bits is not EVERYBODY]
    if any(bits is EVERYBODY for bits in some) or any(bits is NOBODY for bits in lacking):
        return EVERYBODY
    if lacking:
        shared = lacking[0]
        for bits in lacking[1:]:
            shared = shared & bits
        some.append(~shared)
    if not some:
        return NOBODY
    found = some[0]
    for bits in some[1:]:
        found = found | bits
    return found


def _differ(one: Bits, other: Bits) -> Bits:
    for first, second in ((one, other), (other, one)):
        if first is NOBODY:
            return second
        if first is EVERYBODY:
            return opposite(second)
    return one ^ other
