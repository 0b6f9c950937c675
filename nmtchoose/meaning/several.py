"""The back end for some clients at once, in plain Python: every wire is a number with one bit for each of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from nmtchoose.meaning.circuit import Gate, GateKind, Wire
from nmtchoose.meaning.result import meaning_of
from nmtchoose.model.answers import Answers
from nmtchoose.model.condition import Condition
from nmtchoose.model.tables import Tables

Bits = int
"""One bit for each client, the first in the lowest."""


class Several:
    """What conditions of a pair say about `clients`; those that do not stand in it have to be among `conditions`."""

    def __init__(self, tables: Tables, clients: Sequence[Answers], conditions: Iterable[Condition] = ()) -> None:
        meaning = meaning_of(tables, conditions)
        self._sheet = meaning.result.outcome.sheet
        self.everybody = (1 << len(clients)) - 1
        self._known: list[Bits] = []
        self._given: defaultdict[Wire, Bits] = defaultdict(int)
        for place, answers in enumerate(clients):
            for question, answer in answers.items():
                for wire in meaning.given[question].true_with(answer):
                    self._given[wire] |= 1 << place

    def truth(self, condition: Condition) -> tuple[Bits, Bits]:
        """Return for whom `condition` is true, and for whom it is false."""
        truth = self._sheet.truth(condition)
        return self._holds(truth.true), self._holds(truth.false)

    def _holds(self, wire: Wire) -> Bits:
        for gate in self._sheet.circuit.gates[len(self._known) : abs(wire) + 1]:
            self._known.append(self._worked_out(gate))
        return self._on(wire)

    def _worked_out(self, gate: Gate) -> Bits:
        match gate.kind:
            case GateKind.CONSTANT:
                return self.everybody
            case GateKind.INPUT:
                return self._given[len(self._known)]
            case GateKind.ANY:
                return reduce(or_, map(self._on, gate.parts))
            case GateKind.DIFFER:
                one, other = map(self._on, gate.parts)
                return one ^ other

    def _on(self, wire: Wire) -> Bits:
        return self._known[wire] if wire > 0 else self.everybody ^ self._known[-wire]
