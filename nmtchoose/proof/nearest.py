"""What would change a result: the smallest changes of the answers that lead to another one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nmtchoose.engine.assess import assess
from nmtchoose.engine.evaluate import view
from nmtchoose.meaning.circuit import TRUE, Wire
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.assessment import Assessment, RecommendationKind
from nmtchoose.model.questionnaire import Kind, Questionnaire
from nmtchoose.model.tables import Tables
from nmtchoose.proof.encoded import Encoded, encode
from nmtchoose.proof.examples import standing_out
from nmtchoose.proof.witness import answers_on, confirmed, differing, fixed, near

MOST_CHANGES = 2
"""More changed answers than this explain nothing any more."""


@dataclass(frozen=True, slots=True)
class Change:
    """Other answers with another result. `changed` holds (before, after) by question; None stands for no answer.

    Questions that apply only after the change are in `changed` too; they are answered as plainly as possible.
    """

    changed: Mapping[str, tuple[Answer | None, Answer | None]]
    answers: Answers
    assessment: Assessment


def nearest_changes(tables: Tables, answers: Answers, at_most: int = 8) -> tuple[Change, ...]:
    """Return the smallest changes of `answers` that lead to another disposition or recommendation, nearest first.

    At most one for each result, `at_most` in all, and none that needs more than `MOST_CHANGES` of the answers changed.
    Raises UsageError when no solver is installed, and ProofError when the solver and the engine disagree.
    """
    kept = view(tables.questionnaire, answers).answers
    now = assess(tables.questionnaire, tables.rules, kept)
    encoded = encode(tables, more_thresholds=_own_numbers(kept))
    changes = {_result(one.assessment): one for one in _changes(encoded, kept, now)}
    nearest = sorted(changes.values(), key=lambda one: len(one.changed))
    return tuple(one for one in nearest if _result(one.assessment) != _result(now))[:at_most]


def _own_numbers(answers: Answers) -> dict[str, tuple[int, int]]:
    """Keep each number answered apart from all others, so that keeping it is no change."""
    return {question: (answer, answer + 1) for question, answer in answers.items() if isinstance(answer, int)}


def _result(assessment: Assessment) -> tuple[object, ...]:
    recommended = assessment.recommendation
    return assessment.disposition, recommended.kind, frozenset(recommended.therapies)


def _changes(encoded: Encoded, kept: Answers, now: Assessment) -> Iterator[Change]:
    circuit = encoded.circuit
    answered = {one: asked for one, asked in encoded.sheet.asked.items() if kept.get(one, "") != ""}
    moved = [-circuit.all_of(fixed(asked.answer, kept[one])) for one, asked in answered.items()]
    few = -circuit.at_least(MOST_CHANGES + 1, moved)
    none_taken_back = [circuit.any_of((-asked.answer.missing, asked.applies.false)) for asked in answered.values()]
    complete = encoded.result.interview.complete if now.complete else TRUE
    ticks = [-wire for one, asked in answered.items() for wire in fixed(asked.answer, kept[one])]
    unsure = [wire for asked in answered.values() for wire in asked.answer.specials.values()]
    opened = [-asked.answer.missing for one, asked in encoded.sheet.asked.items() if one not in answered]
    costs = ((*moved, *opened), (*ticks, *unsure, *standing_out(encoded.sheet, encoded.thresholds, besides=kept)))
    for target in _other_results(encoded, now):
        found = encoded.solver.smallest((target, few, complete, *none_taken_back), *costs)
        if found is not None:
            answers = _with_own_words(answers_on(encoded.sheet, found, near(kept)), kept, encoded.questionnaire)
            assessment = confirmed(encoded.result, found, answers)
            yield Change(differing(kept, answers), answers, assessment)


def _with_own_words(answers: Answers, kept: Answers, questionnaire: Questionnaire) -> Answers:
    """Return `answers` with the texts that were `kept`: nothing follows from their words, so they are no change."""
    texts = {one: words for one, words in kept.items() if questionnaire[one].kind is Kind.TEXT}
    return {**answers, **{one: words for one, words in texts.items() if words or one not in answers}}


def _other_results(encoded: Encoded, now: Assessment) -> Iterator[Wire]:
    """Yield a wire for each disposition and each recommendation that is not the present one."""
    outcome, booking = encoded.result.outcome, encoded.result.booking
    yield from (wire for one, wire in outcome.dispositions.items() if one is not now.disposition)
    recommended = now.recommendation
    for kind, wire in booking.kinds.items():
        if kind is not recommended.kind:
            yield wire
    for kind in (RecommendationKind.THERAPY, RecommendationKind.SEQUENCE, RecommendationKind.EITHER):
        for therapy, wire in booking.named_by[kind].items():
            if therapy not in recommended.therapies:
                yield wire
