"""All properties of a pair of files, proved or refuted in one run."""

from collections.abc import Callable, Iterator
from time import perf_counter

from nmtchoose.model.tables import Tables
from nmtchoose.proof import more_risk, promises
from nmtchoose.proof.encoded import Encoded, encode
from nmtchoose.proof.reachable import Target, reached_at_random, targets, unreachable
from nmtchoose.proof.results import Finding, Problem, ProofReport, Property, Thing

OnProgress = Callable[[Property, int], None]
"""Told, before each single proof, which property is being proved and how many proofs of it were done."""

_Search = Callable[[Encoded, Callable[[], None]], Iterator[Problem]]
_REMARKS = {
    Property.GUARANTEES_HOLD: promises.guarantees_without_use,
    Property.MORE_RISK_NEVER_MILDER: more_risk.remarks,
}


def prove(tables: Tables, on_progress: OnProgress | None = None) -> ProofReport:
    """Return for each property whether it holds for all possible sets of answers, with examples where it does not.

    Raises UsageError when no solver is installed (`nmtchoose.meaning.solver.is_installed` tells before), and
    ProofError when the solver and the engine disagree, which is a fault of the program.
    """
    start = perf_counter()
    encoded = encode(tables)
    proofs = _proofs(reached_at_random(encoded))
    found = {proved: _finding(encoded, proved, search, on_progress) for proved, search in proofs}
    return ProofReport(
        findings=tuple(found[proved] for proved in Property),
        clauses=encoded.solver.clauses,
        gates=len(encoded.circuit.gates),
        solver_calls=encoded.solver.questions_asked,
        seconds=perf_counter() - start,
    )


def _finding(encoded: Encoded, proved: Property, search: _Search, on_progress: OnProgress | None) -> Finding:
    start = perf_counter()
    checks = 0

    def on_step() -> None:
        nonlocal checks
        if on_progress is not None:
            on_progress(proved, checks)
        checks += 1

    problems = tuple(search(encoded, on_step))
    remarks = _REMARKS[proved](encoded) if proved in _REMARKS else ()
    return Finding(proved, checks, perf_counter() - start, problems, remarks)


def _unreachable(known: set[Target], *things: Thing) -> _Search:
    def search(encoded: Encoded, on_step: Callable[[], None]) -> Iterator[Problem]:
        wanted = {target: wire for target, wire in targets(encoded).items() if target[0] in things}
        return unreachable(encoded, wanted, known, on_step)

    return search


def _proofs(known: set[Target]) -> Iterator[tuple[Property, _Search]]:
    """Yield all proofs in the order of their cost: the last adds many gates, which slow down whatever comes after it.

    What one of them finds to be `known` to be reached, the next need not look for.
    """
    yield Property.NO_THERAPY_IN_AN_EMERGENCY, promises.therapies_in_emergencies
    yield Property.ONE_RESULT, promises.unclear_results
    yield Property.EVERY_RULE_CAN_FIRE, _unreachable(known, Thing.RULE)
    yield Property.EVERY_QUESTION_CAN_BE_ASKED, _unreachable(known, Thing.QUESTION, Thing.OPTION)
    outcomes = _unreachable(known, Thing.DISPOSITION, Thing.RECOMMENDATION, Thing.THERAPY)
    yield Property.EVERY_OUTCOME_CAN_HAPPEN, outcomes
    yield Property.GUARANTEES_HOLD, promises.broken_guarantees
    yield Property.MORE_RISK_NEVER_MILDER, more_risk.milder_steps
