"""The back end for all clients at once: PySAT, an optional extra that is loaded only here."""

from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec

from nmtchoose.errors import Code, UsageError, fault
from nmtchoose.meaning.circuit import FALSE, TRUE, Circuit, Constraint, Counter, GateKind, Values, Wire

SOLVER = "cadical195"
_LEAP = 4
"""The cheapest examples are nearly always very cheap, so the search for them starts at the cheap end."""

Clause = tuple[Wire, ...]


def is_installed() -> bool:
    """Return whether proofs can be run here."""
    return find_spec("pysat") is not None


class Solver:
    """Looks for inputs with which some wires are true, whatever the other inputs are.

    The variables of the solver are the wires. A gate is handed on when a wire that was asked for first needs it, and
    only in the direction that is needed. `constraints` are those of the circuit unless others are given.
    """

    def __init__(self, circuit: Circuit, constraints: Sequence[Constraint] | None = None) -> None:
        """Start a solver; raises UsageError when none is installed."""
        if not is_installed():
            raise UsageError([fault(Code.PROVER_MISSING)])
        self.circuit = circuit
        self.questions_asked = 0
        self.clauses = 0
        self._constraints = circuit.constraints if constraints is None else constraints
        self._counters: dict[tuple[Wire, ...], Counter] = {}
        self.start_anew()

    def start_anew(self) -> None:
        """Forget what was handed on: what no question is about any more makes every answer slower."""
        from pysat.solvers import Solver as AnySolver

        self._solver = AnySolver(name=SOLVER)
        self._demanded = 0
        self._known: set[Wire] = set()

    def find(self, *wanted: Wire) -> Values | None:
        """Return inputs that make all of `wanted` true, or None when there are none: that is a proof."""
        if not self.possible(*wanted):
            return None
        return Values(self.circuit, set(self.circuit.inputs).intersection(self._solver.get_model()))

    def possible(self, *wanted: Wire) -> bool:
        """Return whether any inputs make all of `wanted` true."""
        return FALSE not in wanted and self._can_hold(wanted)

    def conflict(self, wanted: Sequence[Wire]) -> set[Wire] | None:
        """Return some of `wanted` that cannot all be true; None when all of them can."""
        return None if self._can_hold(wanted) else set(self._solver.get_core() or ())

    def smallest(self, wanted: Sequence[Wire], *costs: Sequence[Wire]) -> Values | None:
        """Return a way to make `wanted` true with as few of the first `costs` true as possible, then of the next."""
        found, so_far = self.find(*wanted), list(wanted)
        for cost in costs:
            if found is None:
                return None
            found, most = self._cheapest(found, so_far, tuple(cost))
            so_far.append(-self._more_than(most, tuple(cost)))
        return found

    def _cheapest(self, found: Values, wanted: Sequence[Wire], cost: tuple[Wire, ...]) -> tuple[Values, int]:
        low, high = 0, sum(found.holds(one) for one in cost)
        while low < high:
            middle = min((low + high) // 2, low + _LEAP)
            better = self.find(*wanted, -self._more_than(middle, cost))
            if better is None:
                low = middle + 1
            else:
                found, high = better, sum(better.holds(one) for one in cost)
        return found, high

    def _more_than(self, number: int, cost: tuple[Wire, ...]) -> Wire:
        """Return whether more than `number` of `cost` are true."""
        if cost not in self._counters:
            self._counters[cost] = Counter(self.circuit, cost)
        return self._counters[cost].at_least(number + 1)

    def _can_hold(self, wanted: Sequence[Wire]) -> bool:
        for clause, _ in self._constraints[self._demanded :]:
            self._hand_on(clause)
            self._add(clause)
        self._demanded = len(self._constraints)
        self._hand_on(wanted)
        self.questions_asked += 1
        return bool(self._solver.solve(assumptions=list(wanted)))

    def _hand_on(self, wanted: Iterable[Wire]) -> None:
        """Tell the solver what has to be so wherever `wanted` are true."""
        waiting = list(wanted)
        while waiting:
            wire = waiting.pop()
            if wire not in self._known:
                self._known.add(wire)
                for clause in self._implied(wire):
                    self._add(clause)
                    waiting += clause[1:]

    def _implied(self, wire: Wire) -> Iterator[Clause]:
        """Yield what follows directly where `wire` is true, as clauses that begin with its opposite."""
        gate = self.circuit.gates[abs(wire)]
        match gate.kind:
            case GateKind.CONSTANT:
                yield (TRUE,)
            case GateKind.INPUT:
                return
            case GateKind.ANY if wire > 0:
                yield (-wire, *gate.parts)
            case GateKind.ANY:
                yield from ((-wire, -part) for part in gate.parts)
            case GateKind.DIFFER:
                one, other = gate.parts
                first, second = (other, -other) if wire > 0 else (-other, other)
                yield (-wire, one, first)
                yield (-wire, -one, second)

    def _add(self, clause: Clause) -> None:
        self.clauses += 1
        self._solver.add_clause(clause)
