"""Monotone safety: one more red flag, contraindication or "not sure" never leads to a milder result.

A step changes the answer to one question whose purpose is `emergency` or `safety`, in one of these ways:

- list: an option that is not reassuring is ticked as well; "none of these" then goes away;
- list in which every option is reassuring: one of them is unticked;
- single choice: a reassuring answer is replaced by an option that is not reassuring;
- both: a reassuring answer is replaced by "not sure" or "prefer not to say". On a list that is "none of these", or,
  where every option is reassuring, any of them.

All other answers stay as they are, as far as they still count. A question that applies only after the step may have
any answer, or none.

On a question for body sites "none of these" is no reassurance, since a place marked in its stead says more: there a
step only adds a place to others. Not looked at: numbers, which have no direction; free text; the question where the
client marks what hurts, since one more painful place is not a risk by itself; and questions that were not answered
before, since an answer in place of a missing one makes things known.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from msgspec.structs import replace

from nmtchoose.engine.fired import changes_session, marked_in
from nmtchoose.meaning.answer_wires import AnswerWires, answer_of
from nmtchoose.meaning.circuit import FALSE, TRUE, Circuit, Ground, Why, Wire
from nmtchoose.meaning.outcome import outcome_of
from nmtchoose.meaning.sheet import Asked, Sheet
from nmtchoose.model.questionnaire import DECLINED, NONE, SPECIAL_ANSWERS, UNSURE, Kind, Question, Questionnaire
from nmtchoose.model.rules import Rule, RuleTable
from nmtchoose.proof.encoded import Encoded, ProofError, answers_on, assessed, in_words, smallest, standing_out
from nmtchoose.proof.less_strict import carried_over
from nmtchoose.proof.results import Counterexample, Problem
from nmtchoose.proof.strictness import loosened, looser, ruled


@dataclass(frozen=True, slots=True)
class Step:
    """One more risk: `option` (or a special answer) is `added`, or, when it is reassuring, taken away."""

    question: str
    option: str
    added: bool = True


@dataclass(frozen=True, slots=True)
class Stepped:
    """A sheet after one of some steps. `ready` says of each whether it can be taken, and is."""

    sheet: Sheet
    ready: Mapping[Step, Wire]

    @property
    def possible(self) -> Wire:
        """Whether a step is taken that can be."""
        return self.sheet.circuit.any_of(self.ready.values())


def steps_of(questionnaire: Questionnaire, table: RuleTable) -> Iterator[Step]:
    """Yield every step that the questions of `questionnaire` allow."""
    for question in questionnaire.questions:
        if not _has_direction(question, table):
            continue
        yield from (Step(question.id, option.id) for option in question.options if not option.reassuring)
        yield from (Step(question.id, name) for name in question.specials if name in (UNSURE, DECLINED))
        if _lists_reassurances(question):
            yield from (Step(question.id, option.id, added=False) for option in question.options)


def without_direction(questionnaire: Questionnaire, table: RuleTable) -> tuple[str, ...]:
    """Return the safety questions with single choices of which none is marked as reassuring."""
    return tuple(
        question.id
        for question in questionnaire.questions
        if question.purpose.is_safety and question.kind is Kind.ONE and not _has_direction(question, table)
    )


def _has_direction(question: Question, table: RuleTable) -> bool:
    if not question.purpose.is_safety or question.id == table.pain_question:
        return False
    return question.kind is Kind.MANY or any(option.reassuring for option in question.options)


def _lists_reassurances(question: Question) -> bool:
    return question.kind is Kind.MANY and all(option.reassuring for option in question.options)


def stepped(encoded: Encoded, steps: Sequence[Step]) -> Stepped:
    """Return the sheet of `encoded` after one of `steps`, which are all of the same question.

    Which of them was taken is as open as the answers are: one search looks through them all.
    """
    base, circuit, about = encoded.sheet, encoded.circuit, steps[0].question
    sheet = Sheet(circuit, encoded.questionnaire, beside=base)
    taken = _one_taken(circuit, steps)
    for question in encoded.questionnaire.questions:
        before = base.asked[question.id]
        if question.id == about:
            answers = {step: _answer_after(circuit, question, before, step) for step in steps}
            possible = {step: _can_be_taken(circuit, question, before, answers[step], step) for step in steps}
            answer = _whichever(circuit, taken, answers)
            sheet.asked[question.id] = Asked(question.kind, answer, before.applies, before.offers)
            sheet.changed.add(question.id)
        else:
            carried_over(sheet, question, before, encoded.thresholds.get(question.id))
    ready = {step: circuit.all_of((wire, possible[step])) for step, wire in taken.items()}
    return Stepped(sheet, ready)


def _one_taken(circuit: Circuit, steps: Sequence[Step]) -> dict[Step, Wire]:
    """Return for each of `steps` whether it is the one that is taken: at most one is."""
    if len(steps) == 1:
        return {steps[0]: TRUE}
    taken = {step: circuit.input() for step in steps}
    circuit.at_most_one(taken.values(), Ground(Why.ONE_ANSWER, steps[0].question))
    return taken


def _whichever(circuit: Circuit, taken: Mapping[Step, Wire], answers: Mapping[Step, AnswerWires]) -> AnswerWires:
    """Return the one of `answers` that belongs to the step that is `taken`."""
    first = next(iter(answers.values()))

    def either(of: Callable[[AnswerWires], Mapping[str, Wire]], name: str) -> Wire:
        return circuit.any_of(circuit.all_of((wire, of(answers[step])[name])) for step, wire in taken.items())

    options = {name: either(lambda one: one.options, name) for name in first.options}
    specials = {name: either(lambda one: one.specials, name) for name in first.specials}
    return answer_of(circuit, options, specials)


def _answer_after(circuit: Circuit, question: Question, before: Asked, step: Step) -> AnswerWires:
    alone = question.kind is Kind.ONE or step.option in question.specials
    options = dict.fromkeys(before.answer.options, FALSE) if alone else dict(before.answer.options)
    specials = dict.fromkeys(before.answer.specials, FALSE)
    if step.option in specials:
        specials[step.option] = TRUE
    else:
        options[step.option] = TRUE if step.added else FALSE
    if not step.added and NONE in specials:
        specials[NONE] = -circuit.any_of(options.values())
    return answer_of(circuit, options, specials)


def _can_be_taken(circuit: Circuit, question: Question, before: Asked, after: AnswerWires, step: Step) -> Wire:
    answer = before.answer
    if not step.added:
        return circuit.all_of((answer.options[step.option], -after.missing))
    if question.kind is Kind.ONE:
        ready = circuit.any_of(answer.options[option.id] for option in question.options if option.reassuring)
    elif step.option not in question.specials:
        given = answer.real if question.sites else circuit.any_of((answer.real, answer.chosen(NONE)))
        ready = circuit.all_of((given, -answer.options[step.option]))
    elif _lists_reassurances(question):
        ready = answer.real
    else:
        ready = FALSE if question.sites else answer.chosen(NONE)
    return circuit.all_of((ready, before.offers.get(step.option, TRUE)))


_ANEW_AFTER = 60
"""After so many questions the solver starts anew, since it slows down: all proofs take 12.3 s without, 9.7 s with."""


def milder_steps(encoded: Encoded, on_step: Callable[[], None]) -> Iterator[Problem]:
    """Yield, for each question, the plainest answers with which a step there leads to something less strict."""
    restricting = [
        rule
        for rule in encoded.table.rules
        if rule.stage.is_safety or rule.then.disposition is not None or changes_session(rule.then)
    ]
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
    return (f"Not looked at, since no option is marked as reassuring: {', '.join(left_out)}.",) if left_out else ()


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
