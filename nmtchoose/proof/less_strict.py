"""Whether a change of the files makes any result less strict, over all possible answers, and how much at worst.

To compare, the same answers are put on another sheet, as far as they still count there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nmtchoose.meaning.answer_wires import AnswerWires, open_answer
from nmtchoose.meaning.circuit import FALSE, Circuit, Ground, Values, Why, Wire
from nmtchoose.meaning.completeness import interview_of
from nmtchoose.meaning.outcome import outcome_of
from nmtchoose.meaning.result import Result, result_on
from nmtchoose.meaning.sheet import Asked, Sheet
from nmtchoose.meaning.thresholds import Thresholds, bounds, conditions_of, thresholds
from nmtchoose.model.answers import Answers
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables
from nmtchoose.proof.encoded import (
    Encoded,
    ProofError,
    answers_on,
    encode,
    given,
    in_words,
    near,
    standing_out,
    with_more,
)
from nmtchoose.proof.strictness import drop_of, loosened, loosenings, offering, ruled


def carried_over(sheet: Sheet, question: Question, before: Asked | None, thresholds: Thresholds | None) -> None:
    """Put `question` on `sheet` with the answer it had `before`, on another sheet.

    Where it did not apply before, or was not asked there at all, it may have any answer. An option that is no longer
    offered is dropped, and so is the answer to a question that no longer applies.
    """
    if before is not None and sheet.beside is not None and not sheet.is_moved(question):
        sheet.asked[question.id] = before
        return
    offers = sheet.offers(question)
    applies = sheet.applies(question, offers)
    if before is not None and applies == before.applies and offers == before.offers and _takes(question, before):
        sheet.asked[question.id] = before
        return
    after = Asked(question.kind, open_answer(sheet.circuit, question, applies, offers, thresholds), applies, offers)
    if before is not None:
        _same_answer(sheet.circuit, question, before, after)
    sheet.asked[question.id] = after
    sheet.changed.add(question.id)


def _takes(question: Question, before: Asked) -> bool:
    """Return whether every answer `before` is still one to `question`."""
    answer = before.answer
    alike = before.kind is question.kind and answer.specials.keys() == set(question.specials)
    if question.kind is not Kind.NUMBER:
        return alike
    return alike and (answer.minimum, answer.maximum) == bounds(question)


def _same_answer(circuit: Circuit, question: Question, before: Asked, after: Asked) -> None:
    """Demand that `question` has the same answer `after` as `before`, where it applied before and counts now."""
    ground = Ground(Why.CARRIED_OVER, question.id)
    free = before.applies.false
    for old, new, counts in _pairs(before.answer, after.answer, after.offers, -after.applies.false):
        circuit.require((free, -new, old), ground)
        circuit.require((free, new, -circuit.all_of((old, *counts))), ground)


def _pairs(
    before: AnswerWires, after: AnswerWires, offers: Mapping[str, Wire], applies: Wire
) -> Iterator[tuple[Wire, Wire, tuple[Wire, ...]]]:
    """Yield each part of the answer before and after, and what has to be true for it to count."""
    for option, new in after.options.items():
        yield before.options.get(option, FALSE), new, (applies, offers[option])
    for name, new in after.specials.items():
        yield before.specials.get(name, FALSE), new, (applies,)
    if not after.options:
        within = before.number_from(after.minimum, after.maximum) if after.reached or before.reached else ()
        yield before.real, after.real, (applies, *within)
        for cut, new in after.reached.items():
            yield before.number_at_least(cut), new, (applies, after.real)


@dataclass(frozen=True, slots=True)
class LessStrict:
    """Answers that get a less strict result from the new files.

    `answers` are for the old files and `answers_after` for the new ones: the same, as far as both ask the same, and
    any where the new ones ask more. `problems` say what is less strict, `words` are the answers that stand out, and
    `drop` is by how many levels the disposition is milder.
    """

    answers: Answers
    answers_after: Answers
    problems: tuple[str, ...]
    words: tuple[str, ...]
    drop: int = 0


def find_less_strict(old: Tables, new: Tables) -> LessStrict | None:
    """Return the worst that happens to anybody from `old` to `new`; None proves that no result is less strict.

    Raises UsageError when no solver is installed, and ProofError when the solver and the engine disagree.
    """
    return Comparison(old, new).worst(old.rules, new.rules)


class Comparison:
    """Any answers on two questionnaires at once: the same ones, as far as both ask the same."""

    def __init__(self, old: Tables, new: Tables) -> None:
        """Lay `new` beside `old`. Raises UsageError when no solver is installed."""
        conditions = (*conditions_of(old), *conditions_of(new))
        self._encoded = encode(old, conditions, _bounds_of(new.questionnaire))
        self._after = Sheet(self._encoded.circuit, new.questionnaire)
        cuts = thresholds(new.questionnaire, conditions, _bounds_of(old.questionnaire))
        for question in new.questionnaire.questions:
            carried_over(self._after, question, self._encoded.sheet.asked.get(question.id), cuts.get(question.id))
        self._costs = with_more(
            standing_out(self._encoded.sheet, self._encoded.thresholds), standing_out(self._after, cuts)
        )

    def worst(self, before: RuleTable, after: RuleTable) -> LessStrict | None:
        """Return the plainest of the answers that lose most between two tables over these questionnaires, or None.

        That is the largest step to a milder disposition, and without any a therapy that becomes possible, or else a
        higher limit. Complete interviews are preferred. Raises ProofError when the solver and the engine disagree.
        """
        circuit, solver = self._encoded.circuit, self._encoded.solver
        then, now = outcome_of(self._encoded.sheet, before), outcome_of(self._after, after)
        complete = (interview_of(then).complete, interview_of(now).complete)
        opened, eased = loosenings(then, now)
        steps = [drop_of(then, now, levels) for levels in range(len(Disposition) - 1, 0, -1)]
        for demanded in (complete, ()):
            for wanted in (*steps, circuit.any_of(opened), circuit.any_of(eased)):
                if solver.possible(wanted, *demanded):
                    costs = ((-offering(now),), self._costs, given(self._encoded.sheet))
                    return self._told(before, after, solver.smallest((wanted, *demanded), *costs))
        return None

    def is_same(self, before: RuleTable, after: RuleTable) -> bool:
        """Return whether every possible set of answers has the same result: that is a proof."""
        circuit = self._encoded.circuit
        then, now = (
            _results(result_on(sheet, table)) for sheet, table in ((self._encoded.sheet, before), (self._after, after))
        )
        differ = (circuit.differ(then.get(key, FALSE), now.get(key, FALSE)) for key in dict.fromkeys((*then, *now)))
        return not self._encoded.solver.possible(circuit.any_of(differ))

    def _told(self, before: RuleTable, after: RuleTable, found: Values | None) -> LessStrict:
        if found is None:
            raise ProofError("an example was found and then lost")
        answers = answers_on(self._encoded.sheet, found)
        answers_after = answers_on(self._after, found, near(answers))
        was = ruled(Tables(self._encoded.questionnaire, before), answers)
        now = ruled(Tables(self._after.questionnaire, after), answers_after)
        problems = loosened(was, now)
        if not problems:
            raise ProofError("the engine is not less strict with the new files")
        drop = max(0, was.disposition.severity - now.disposition.severity)
        return LessStrict(answers, answers_after, problems, in_words(self._encoded, answers), drop)


def same_answers(encoded: Encoded, questionnaire: Questionnaire) -> Sheet:
    """Return the answers of `encoded` on another `questionnaire` with the same questions, as far as it asks them."""
    before = encoded.sheet
    if questionnaire is encoded.questionnaire:
        return before
    after = Sheet(encoded.circuit, questionnaire)
    for question in questionnaire.questions:
        carried_over(after, question, before.asked[question.id], encoded.thresholds.get(question.id))
    return after


def _bounds_of(questionnaire: Questionnaire) -> dict[str, tuple[int, int]]:
    """Return where the numbers of each question begin and have just ended, so that both files can be compared there."""
    limits = {one.id: bounds(one) for one in questionnaire.questions if one.kind is Kind.NUMBER}
    return {question: (low, high + 1) for question, (low, high) in limits.items()}


def _results(result: Result) -> dict[tuple[object, ...], Wire]:
    """Return everything that a client is told in other than words, each under a name of its own."""
    outcome, booking = result.outcome, result.booking
    groups: dict[str, Mapping[Any, Wire]] = {
        "disposition": outcome.dispositions,
        "missing": result.interview.missing,
        "pressure": dict(enumerate(outcome.pressure)),
        **{f"pressure on {site}": dict(enumerate(levels)) for site, levels in outcome.sites.items()},
        **{f"{therapy} is": wires for therapy, wires in result.statuses.items()},
        **{f"pressure with {therapy}": dict(enumerate(one.limits)) for therapy, one in result.outcome.standing.items()},
        **{f"booking {number}": wires for number, wires in enumerate(booking.groups)},
    }
    return {(name, key): wire for name, wires in groups.items() for key, wire in wires.items()}
