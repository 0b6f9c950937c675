"""Monotone safety: one more risk never leads to a milder result. `steps` says what one more risk is."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from msgspec.structs import replace

from nmtchoose.engine.fired import changes_session, marked_in
from nmtchoose.meaning.outcome import outcome_of
from nmtchoose.model.questionnaire import SPECIAL_ANSWERS, Kind
from nmtchoose.model.rules import Rule
from nmtchoose.proof.encoded import Encoded
from nmtchoose.proof.examples import assessed, in_words, smallest, standing_out
from nmtchoose.proof.results import Counterexample, Problem
from nmtchoose.proof.steps import Step, Stepped, stepped, steps_of, without_direction
from nmtchoose.proof.strictness import loosened, looser, ruled
from nmtchoose.proof.witness import ProofError, answers_on

_ANEW_AFTER = 60
"""After so many questions the solver starts anew, since it slows down: all proofs take 12.3 s without, 9.7 s with."""


def milder_steps(encoded: Encoded, on_step: Callable[[], None]) -> Iterator[Problem]:
    """Yield, for each question, the plainest answers with which a step there leads to something less strict."""
    restricting = [rule for rule in encoded.table.rules if _restricts(rule)]
    steps = list(steps_of(encoded.questionnaire, encoded.table))
    for number, (_, several) in enumerate(groupby(steps, attrgetter("question")), start=1):
        if number % _ANEW_AFTER == 0:
            encoded.solver.start_anew()
        of_one = []
        for step in several:
            on_step()
            of_one.append(step)
        after = stepped(encoded, of_one)
        if _can_ease(encoded, after, restricting):
            problem = _example(encoded, after)
            if problem is not None:
                yield problem


def remarks(encoded: Encoded) -> tuple[str, ...]:
    """Return what the proof could not look at."""
    left_out = without_direction(encoded.questionnaire, encoded.table)
    if not left_out:
        return ()
    return (f"Not looked at, since no option is marked as reassuring: {', '.join(left_out)}.",)


def _restricts(rule: Rule) -> bool:
    return rule.stage.is_safety or rule.then.disposition is not None or changes_session(rule.then)


def _can_ease(encoded: Encoded, after: Stepped, restricting: Sequence[Rule]) -> bool:
    """Return whether the rules that read what changed can restrict less after a step, all others left aside.

    All others do the same before and after. Since the most severe and the lowest counts, nothing can get less strict
    unless it does so already with the rules that are touched alone.
    """
    changed = after.sheet.changed
    if encoded.table.pain_question in changed:
        return True
    touched = tuple(
        rule
        for rule in restricting
        if after.sheet.reads_changed(rule.when) or not changed.isdisjoint(marked_in(rule.then))
    )
    few = outcome_of(encoded.sheet, replace(encoded.table, rules=touched))
    return encoded.solver.possible(after.possible, looser(few, outcome_of(after.sheet, few.table)))


def _example(encoded: Encoded, after: Stepped) -> Counterexample | None:
    wanted = (after.possible, looser(encoded.result.outcome, outcome_of(after.sheet, encoded.table)))
    if not encoded.solver.possible(*wanted):
        return None
    found = smallest(encoded, wanted, standing_out(after.sheet, encoded.thresholds))
    if found is None:
        raise ProofError("an example was found and then lost")
    step = next(one for one, ready in after.ready.items() if found.holds(ready))
    answers, _ = assessed(encoded, found)
    answers_after = answers_on(after.sheet, found)
    problems = loosened(ruled(encoded.tables, answers), ruled(encoded.tables, answers_after))
    if not problems:
        raise ProofError(f"the engine is not less strict after the step at {step.question}")
    return Counterexample(
        subject=step.question,
        problem=f"{_told(encoded, step)}: {'; '.join(problems)}",
        words=in_words(encoded, answers, about=(step.question,)),
        answers=answers,
        after=answers_after,
    )


def _told(encoded: Encoded, step: Step) -> str:
    label = encoded.questionnaire[step.question].label(step.option)
    if not step.added:
        return f"without '{label}' at {step.question}"
    alone = encoded.questionnaire[step.question].kind is Kind.ONE or step.option in SPECIAL_ANSWERS
    more = "in place of a reassuring answer" if alone else "as well"
    return f"with '{label}' at {step.question} {more}"
