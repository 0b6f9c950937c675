"""All properties of a pair of files, proved or refuted in one run; here those about every single set of answers.

No therapy in an emergency, one result, and the guarantees. What can happen at all is in `reachable`, one more risk in
`more_risk`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from time import perf_counter

from nmtchoose.engine.evaluate import offered_options, truth, view
from nmtchoose.meaning.circuit import Wire
from nmtchoose.meaning.result import Result
from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import Assessment, RecommendationKind
from nmtchoose.model.condition import Condition
from nmtchoose.model.rules import Guarantee, Stage
from nmtchoose.model.tables import Tables
from nmtchoose.proof import more_risk
from nmtchoose.proof.encoded import Encoded, ProofError, assessed, encode, in_words, smallest
from nmtchoose.proof.reachable import Target, reached_at_random, targets, unreachable
from nmtchoose.proof.results import Counterexample, Finding, Problem, ProofReport, Property, Thing

OnStep = Callable[[], None]
_Wrong = Callable[[Answers, Assessment], str]
"""What is wrong with answers and their assessment, in words; empty when nothing is."""


def therapies_in_emergencies(encoded: Encoded, on_step: OnStep) -> Iterator[Problem]:
    """Yield an example for each rule of an emergency or urgent referral with which a therapy is offered."""
    result = encoded.result
    every = {therapy.id for therapy in encoded.table.therapies}
    any_offer = encoded.circuit.any_of(_offers(result, therapy.id) for therapy in encoded.table.therapies)
    for rule in encoded.table.rules:
        said = rule.then.disposition
        if rule.stage is Stage.EMERGENCY or (said is not None and said.forbids_therapy):
            on_step()
            wanted = (result.outcome.fired[rule.id], any_offer)
            yield from _broken(encoded, rule.id, wanted, lambda _, got: _offer("the rule fires, and yet ", got, every))


def _offer(before: str, assessment: Assessment, among: set[str]) -> str:
    """Return in words what is offered `among` some therapies, be it for later, or listed as possible today."""
    listed = {one.id for one in assessment.therapies if one.status.is_open}
    offered = ", ".join(sorted(listed.union(assessment.recommendation.therapies) & among))
    return f"{before}this is offered: {offered}" if offered else ""


def unclear_results(encoded: Encoded, on_step: OnStep) -> Iterator[Problem]:
    """Yield an example where not exactly one disposition and one kind of recommendation comes out.

    A recommendation also has to name as many therapies as its kind says, and each of them once.
    """
    circuit, result = encoded.circuit, encoded.result
    for subject, several in (
        ("disposition", tuple(result.outcome.dispositions.values())),
        ("recommendation", tuple(result.booking.kinds.values())),
    ):
        on_step()
        none_or_two = circuit.any_of((-circuit.any_of(several), circuit.at_least(2, several)))
        if encoded.solver.possible(none_or_two):
            raise ProofError(f"there can be none or two results: {subject}")
    for kind, wrong in _wrong_numbers(encoded).items():
        on_step()
        yield from _broken(encoded, kind, (wrong,), _names_wrongly)


def _wrong_numbers(encoded: Encoded) -> Mapping[RecommendationKind, Wire]:
    circuit, booking = encoded.circuit, encoded.result.booking
    named = {kind: tuple(wires.values()) for kind, wires in booking.named_by.items()}
    single, several = named[RecommendationKind.THERAPY], named[RecommendationKind.EITHER]
    is_kind, (first, later, *_) = booking.kinds, booking.places
    just_one = circuit.all_of((circuit.any_of(single), -circuit.at_least(2, single)))
    twice = circuit.any_of(circuit.all_of((first[one], later[one])) for one in first if one in later)
    return {
        RecommendationKind.THERAPY: circuit.all_of((is_kind[RecommendationKind.THERAPY], -just_one)),
        RecommendationKind.EITHER: circuit.all_of((is_kind[RecommendationKind.EITHER], -circuit.at_least(2, several))),
        RecommendationKind.SEQUENCE: circuit.all_of((is_kind[RecommendationKind.SEQUENCE], twice)),
    }


def _names_wrongly(_: Answers, assessment: Assessment) -> str:
    named = assessment.recommendation.therapies
    if len(set(named)) == len(named):
        return ""
    return f"the recommendation ({assessment.recommendation.kind}) names one therapy twice: {', '.join(named)}"


def broken_guarantees(encoded: Encoded, on_step: OnStep) -> Iterator[Problem]:
    """Yield an example for each promise of a guarantee that does not hold."""
    for guarantee in encoded.table.guarantees:
        on_step()
        when = encoded.sheet.truth(guarantee.when).true
        for broken, wrong in _promises(encoded, guarantee):
            yield from _broken(encoded, guarantee.id, (when, broken), wrong)


def guarantees_without_use(encoded: Encoded) -> tuple[str, ...]:
    """Return a remark for each guarantee whose condition no answers ever meet."""
    return tuple(
        f"The guarantee {guarantee.id} never applies: no answers meet its condition."
        for guarantee in encoded.table.guarantees
        if not encoded.solver.possible(encoded.sheet.truth(guarantee.when).true)
    )


def _promises(encoded: Encoded, guarantee: Guarantee) -> Iterator[tuple[Wire, _Wrong]]:
    """Yield what would break each promise, and how to say so."""
    circuit, result = encoded.circuit, encoded.result
    least, most, never = guarantee.disposition_at_least, guarantee.pressure_at_most, set(guarantee.never_suggest)
    if least is not None:
        floor = least.severity
        yield (
            -result.outcome.severity[floor],
            lambda _, got: f"the disposition is {got.disposition}" if got.disposition.severity < floor else "",
        )
    if never:
        offered = circuit.any_of(_offers(result, therapy) for therapy in guarantee.never_suggest)
        yield offered, lambda _, got: _offer("", got, never)
    if most is not None:
        above = circuit.all_of((-result.outcome.forbids_therapy, -result.outcome.pressure[most]))
        yield above, lambda _, got: "" if got.pressure_limit <= most else f"the pressure limit is {got.pressure_limit}"

    for name, meaning in guarantee.means.items():
        said, meant = (encoded.sheet.truth(one) for one in (encoded.table.facts[name], meaning))
        yield circuit.unlike(said, meant), partial(_says_other_meaning, encoded, name, meaning)
    for question, when in guarantee.always_asked.items():
        then = circuit.all_of((encoded.sheet.truth(when).true, _not_asked(encoded, question, ())))
        yield then, partial(_says_not_asked, encoded, question, ())
    for question, options in guarantee.always_offered.items():
        yield _not_asked(encoded, question, options), partial(_says_not_asked, encoded, question, options)


def _not_asked(encoded: Encoded, question: str, options: Iterable[str]) -> Wire:
    """Return whether `question` is not asked in an interview that no emergency has ended, or lacks one of `options`."""
    placed = encoded.sheet.asked[question]
    circuit = encoded.circuit
    there = circuit.all_of((placed.applies.true, *(placed.offers[one] for one in options)))
    return circuit.all_of((encoded.only_asked, -encoded.result.interview.urgent, -there))


def _says_not_asked(encoded: Encoded, question: str, options: Iterable[str], answers: Answers, got: Assessment) -> str:
    seen = view(encoded.questionnaire, answers)
    offered = {one.id for one in offered_options(encoded.questionnaire[question], seen)}
    lacking = [one for one in options if one not in offered]
    if seen.applies[question] is not True:
        return f"{question} is not asked"
    return f"{question} does not offer {', '.join(lacking)}" if lacking else ""


def _says_other_meaning(encoded: Encoded, name: str, meaning: Condition, answers: Answers, _: Assessment) -> str:
    seen = view(encoded.questionnaire, answers)
    said, meant = truth(encoded.table.facts[name], seen), truth(meaning, seen)
    return "" if said is meant else f"{name} is {_TRUTHS[said]} where it has to be {_TRUTHS[meant]}"


_TRUTHS = {True: "true", False: "false", None: "open"}


def _broken(encoded: Encoded, subject: str, wanted: tuple[Wire, ...], wrong: _Wrong) -> Iterator[Problem]:
    if not encoded.solver.possible(*wanted):
        return
    found = smallest(encoded, wanted)
    if found is None:
        raise ProofError(f"an example was found and then lost: {subject}")
    answers, assessment = assessed(encoded, found)
    problem = wrong(answers, assessment)
    if not problem:
        raise ProofError(f"the engine finds nothing wrong: {subject}")
    yield Counterexample(subject, problem, in_words(encoded, answers), answers)


def _offers(result: Result, therapy_id: str) -> Wire:
    """Return whether that therapy is named by the recommendation, be it for later, or listed as possible today."""
    listed = (wire for status, wire in result.statuses[therapy_id].items() if status.is_open)
    return result.outcome.circuit.any_of((*listed, *result.booking.named(therapy_id)))


OnProgress = Callable[[Property, int], None]
"""Told, before each single proof, which property is being proved and how many proofs of it were done."""

_Search = Callable[[Encoded, OnStep], Iterator[Problem]]
_REMARKS = {
    Property.GUARANTEES_HOLD: guarantees_without_use,
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
    def search(encoded: Encoded, on_step: OnStep) -> Iterator[Problem]:
        wanted = {target: wire for target, wire in targets(encoded).items() if target[0] in things}
        return unreachable(encoded, wanted, known, on_step)

    return search


def _proofs(known: set[Target]) -> Iterator[tuple[Property, _Search]]:
    """Yield all proofs in the order of their cost: the last adds many gates, which slow down whatever comes after it.

    What one of them finds to be `known` to be reached, the next need not look for.
    """
    yield Property.NO_THERAPY_IN_AN_EMERGENCY, therapies_in_emergencies
    yield Property.ONE_RESULT, unclear_results
    yield Property.EVERY_RULE_CAN_FIRE, _unreachable(known, Thing.RULE)
    yield Property.EVERY_QUESTION_CAN_BE_ASKED, _unreachable(known, Thing.QUESTION, Thing.OPTION)
    outcomes = _unreachable(known, Thing.DISPOSITION, Thing.RECOMMENDATION, Thing.THERAPY)
    yield Property.EVERY_OUTCOME_CAN_HAPPEN, outcomes
    yield Property.GUARANTEES_HOLD, broken_guarantees
    yield Property.MORE_RISK_NEVER_MILDER, more_risk.milder_steps
