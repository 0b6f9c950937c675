"""Monotone safety: one more risk never leads to a milder result. `steps` says what one more risk is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from nmtchoose.authoring.proof.encoded import Encoded
from nmtchoose.authoring.proof.examples import assessed, in_words, smallest
from nmtchoose.authoring.proof.gates import Literal
from nmtchoose.authoring.proof.outcome import outcome_of
from nmtchoose.authoring.proof.plainness import standing_out_on
from nmtchoose.authoring.proof.results import Counterexample, Problem
from nmtchoose.authoring.proof.sheet import Sheet
from nmtchoose.authoring.proof.standing import standings
from nmtchoose.authoring.proof.steps import Step, Stepped, stepped, steps_of, without_direction
from nmtchoose.authoring.proof.strictness import less_limited, loosened, milder, strictness
from nmtchoose.authoring.proof.witness import ProofError, answers_on
from nmtchoose.engine.fired import changes_session
from nmtchoose.model.questionnaire import SPECIAL_ANSWERS
from nmtchoose.model.rules import Rule, RuleTable


def milder_steps(encoded: Encoded, on_step: Callable[[], None]) -> Iterator[Problem]:
    """Yield, for each question, the plainest answers with which a step there leads to something less strict."""
    told: set[str] = set()
    for step in steps_of(encoded.questionnaire, encoded.table):
        on_step()
        if step.question in told:
            continue
        after = stepped(encoded, step)
        few = replace(encoded.table, rules=tuple(_touched(encoded.table, after.sheet)))
        pain_may_differ = encoded.table.pain_question in after.sheet.changed
        if (
            not pain_may_differ
            and encoded.prover.find(after.possible, _looser(encoded.sheet, after.sheet, few)) is None
        ):
            continue
        problem = _example(encoded, step, after, _looser(encoded.sheet, after.sheet, encoded.table))
        if problem is not None:
            told.add(step.question)
            yield problem


def remarks(encoded: Encoded) -> tuple[str, ...]:
    """Return what the proof could not look at."""
    left_out = without_direction(encoded.questionnaire, encoded.table)
    if not left_out:
        return ()
    return (f"Not looked at, since no option is marked as reassuring: {', '.join(left_out)}.",)


def _touched(table: RuleTable, sheet: Sheet) -> Iterator[Rule]:
    """Yield the rules that can restrict something and read what changed.

    All others do the same before and after. Since the most severe and the lowest counts, nothing can get less strict
    unless it does so already with the rules that are touched alone.
    """
    for rule in table.rules:
        limiting = (rule.then.avoid, *(one.sites for one in rule.then.site_limits))
        marked = {question for sites in limiting for question in sites.marked_in}
        restricts = rule.stage.is_safety or rule.then.disposition is not None or changes_session(rule.then)
        if restricts and (sheet.reads_changed(rule.when) or not sheet.changed.isdisjoint(marked)):
            yield rule


def _looser(before: Sheet, after: Sheet, table: RuleTable) -> Literal:
    old, new = outcome_of(before, table), outcome_of(after, table)
    restrictions = less_limited(old, new, standings(old), standings(new))
    return before.gates.any_of((milder(old, new), restrictions))


def _example(encoded: Encoded, step: Step, after: Stepped, looser: Literal) -> Counterexample | None:
    more_costs = standing_out_on(after.sheet, encoded.thresholds)
    found = smallest(encoded, (after.possible, looser), more_costs)
    if found is None:
        return None
    answers, _ = assessed(encoded, found)
    answers_after = answers_on(after.sheet, found)
    problems = loosened(
        strictness(encoded.questionnaire, encoded.table, answers),
        strictness(encoded.questionnaire, encoded.table, answers_after),
    )
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
    more = "in place of a reassuring answer" if step.option in SPECIAL_ANSWERS else "as well"
    return f"with '{label}' at {step.question} {more}"
