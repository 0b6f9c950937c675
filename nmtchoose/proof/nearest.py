"""What would change a result: the smallest changes of the answers that lead to another one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nmtchoose.engine.assess import assess
from nmtchoose.engine.evaluate import view
from nmtchoose.meaning.circuit import TRUE, Wire
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.assessment import Assessment, RecommendationKind
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import NONE, Kind, Questionnaire
from nmtchoose.model.tables import Tables
from nmtchoose.proof.encoded import Encoded, answers_on, confirmed, encode, fixed, near, standing_out

MOST_CHANGES = 2
"""More changed answers than this explain nothing any more."""


@dataclass(frozen=True, slots=True)
class Change:
    """Other answers with another result. `changed` holds (before, after) by question; before is None without an answer.

    Questions that apply only after the change are in `changed` too, answered as plainly as possible; those that no
    longer apply are not.
    """

    changed: Mapping[str, tuple[Answer | None, Answer]]
    answers: Answers
    assessment: Assessment


def nearest_changes(tables: Tables, answers: Answers) -> tuple[Change, ...]:
    """Return the smallest changes of `answers` that lead to another disposition or recommendation, nearest first.

    At most one for each result, and none that needs more than `MOST_CHANGES` of the answers changed. Another
    recommendation is looked for only where the present one stands, and with nothing in its way that is not there now.
    Raises UsageError when no solver is installed, and ProofError when the solver and the engine disagree.
    """
    kept = view(tables.questionnaire, answers).answers
    now = assess(tables.questionnaire, tables.rules, kept)
    # Each number answered is kept apart from all others, so that keeping it is no change.
    own_numbers = {question: (answer, answer + 1) for question, answer in kept.items() if isinstance(answer, int)}
    encoded = encode(tables, more_thresholds=own_numbers)
    changes = {_result(one.assessment): one for one in _changes(encoded, kept, now)}
    nearest = sorted(changes.values(), key=lambda one: len(one.changed))
    return tuple(one for one in nearest if _result(one.assessment) != _result(now))


def _result(assessment: Assessment) -> tuple[object, ...]:
    recommended = assessment.recommendation
    return assessment.disposition, recommended.kind, frozenset(recommended.therapies)


def _changes(encoded: Encoded, kept: Answers, now: Assessment) -> Iterator[Change]:
    circuit = encoded.circuit
    answered = {one: asked for one, asked in encoded.sheet.asked.items() if kept.get(one, "") != ""}
    as_before = {one: circuit.all_of(fixed(asked.answer, kept[one])) for one, asked in answered.items()}
    moved = [-circuit.any_of((as_before[one], asked.applies.false)) for one, asked in answered.items()]
    few = -circuit.at_least(MOST_CHANGES + 1, moved)
    none_taken_back = [circuit.any_of((-asked.answer.missing, asked.applies.false)) for asked in answered.values()]
    complete = encoded.result.interview.complete if now.complete else TRUE
    nothing = {wire for asked in answered.values() for wire in (asked.answer.specials.get(NONE), asked.answer.real)}
    ticks = [
        -wire
        for one, asked in answered.items()
        for wire in fixed(asked.answer, kept[one])
        if wire not in nothing and -wire not in nothing
    ]
    specials = (special for asked in answered.values() for special in asked.answer.specials.items())
    unsure = [wire for name, wire in specials if name != NONE]
    opened = [-asked.answer.missing for one, asked in encoded.sheet.asked.items() if one not in answered]
    costs = ((*moved, *opened), (*ticks, *unsure, *standing_out(encoded.sheet, encoded.thresholds, besides=kept)))
    for target in _other_results(encoded, now):
        found = encoded.solver.smallest((target, few, complete, *none_taken_back), *costs)
        if found is not None:
            answers = _with_own_words(answers_on(encoded.sheet, found, near(kept)), kept, encoded.questionnaire)
            assessment = confirmed(encoded.result, found, answers)
            given = {one: (kept.get(one), answer) for one, answer in answers.items() if answer != kept.get(one)}
            yield Change(given, answers, assessment)


def _with_own_words(answers: Answers, kept: Answers, questionnaire: Questionnaire) -> Answers:
    """Return `answers` with the texts that were `kept`: nothing follows from their words, so they are no change."""
    texts = {one: words for one, words in kept.items() if questionnaire[one].kind is Kind.TEXT}
    return {**answers, **{one: words for one, words in texts.items() if words or one not in answers}}


def _other_results(encoded: Encoded, now: Assessment) -> Iterator[Wire]:
    """Yield a wire for each disposition and each recommendation that is not the present one."""
    circuit, dispositions, booking = encoded.circuit, encoded.result.outcome.dispositions, encoded.result.booking
    yield from (wire for one, wire in dispositions.items() if one is not now.disposition)
    if now.disposition.severity >= Disposition.MEDICAL_SOON.severity:
        return
    worst = max(now.disposition.severity, Disposition.PROCEED_WITH_CARE.severity)
    as_free = circuit.any_of(wire for one, wire in dispositions.items() if one.severity <= worst)
    recommended = now.recommendation
    for kind, wire in booking.kinds.items():
        if kind is not recommended.kind:
            yield circuit.all_of((as_free, wire))
    for kind in (RecommendationKind.THERAPY, RecommendationKind.SEQUENCE, RecommendationKind.EITHER):
        for therapy, wire in booking.named_by[kind].items():
            if therapy not in recommended.therapies:
                yield circuit.all_of((as_free, wire))
