"""The solver, kept at arm's length: PySAT is an optional extra and is loaded only here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from typing import Any

from nmtchoose.authoring.proof.gates import FALSE, Gates, Literal
from nmtchoose.authoring.proof.sums import Counter
from nmtchoose.errors import Code, UsageError, fault

SOLVER = "cadical195"
_LEAP = 4
"""The cheapest examples are nearly always very cheap, so the search for them starts at the cheap end."""


def is_installed() -> bool:
    """Return whether proofs can be run here."""
    return find_spec("pysat") is not None


def new_solver() -> Any:
    """Return an empty solver; raises UsageError when none is installed."""
    if not is_installed():
        raise UsageError([fault(Code.PROVER_MISSING)])
    from pysat.solvers import Solver

    return Solver(name=SOLVER)


class Found:
    """One way to make everything true that was asked for. It knows nothing of gates made after it was found."""

    def __init__(self, true: Iterable[Literal], variables: int) -> None:
        self._true = frozenset(true)
        self._variables = variables

    def holds(self, literal: Literal) -> bool:
        """Return whether `literal` is true here."""
        if abs(literal) > self._variables:
            raise LookupError("this gate was made later")
        return (abs(literal) in self._true) == (literal > 0)


class Prover:
    """Asks the solver about gates. Gates made later are handed on before the next question."""

    def __init__(self, gates: Gates) -> None:
        self.gates = gates
        self.questions_asked = 0
        self._solver = new_solver()
        self._clauses = 0
        self._constraints = 0
        self._counters: dict[tuple[Literal, ...], Counter] = {}

    def close(self) -> None:
        """Free the memory of the solver."""
        self._solver.delete()

    def find(self, *wanted: Literal) -> Found | None:
        """Return a way to make all of `wanted` true, or None when there is none: that is a proof."""
        if FALSE in wanted:
            return None
        self._hand_on()
        self.questions_asked += 1
        if not self._solver.solve(assumptions=list(wanted)):
            return None
        true = (literal for literal in self._solver.get_model() if literal > 0)
        return Found(true, self.gates.variables)

    def smallest(self, wanted: Sequence[Literal], *costs: Sequence[Literal]) -> Found | None:
        """Return a way to make `wanted` true with as few of the first `costs` true as possible, then of the next."""
        found, so_far = self.find(*wanted), list(wanted)
        for cost in costs:
            if found is None:
                return None
            found, most = self._cheapest(found, so_far, tuple(cost))
            so_far.append(-self._more_than(most, tuple(cost)))
        return found

    def _cheapest(self, found: Found, wanted: Sequence[Literal], cost: tuple[Literal, ...]) -> tuple[Found, int]:
        low, high = 0, sum(found.holds(one) for one in cost)
        while low < high:
            middle = min((low + high) // 2, low + _LEAP)
            better = self.find(*wanted, -self._more_than(middle, cost))
            if better is None:
                low = middle + 1
            else:
                found, high = better, sum(better.holds(one) for one in cost)
        return found, high

    def _more_than(self, number: int, cost: tuple[Literal, ...]) -> Literal:
        if cost not in self._counters:
            self._counters[cost] = Counter(self.gates, cost)
        return self._counters[cost].more_than(number)

    def _hand_on(self) -> None:
        gates = self.gates
        for clause in gates.clauses[self._clauses :]:
            self._solver.add_clause(clause)
        for clause, _ in gates.constraints[self._constraints :]:
            self._solver.add_clause(clause)
        self._clauses, self._constraints = len(gates.clauses), len(gates.constraints)
