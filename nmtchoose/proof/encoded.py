"""A pair of files with every answer open, a solver for questions about all of them at once, and answers as examples.

Every set of answers that the solver finds is assessed by the real engine, and both have to agree on all of it. The
plainest are shown: the fewer answers stand out, the easier an example is to read. An answer stands out when it is not
the plainest one: "none of these", the first reassuring option, "no", the first option, or a number at which the fewest
conditions hold. "Not sure" and "prefer not to say" stand out twice as much as a real answer, since an example with them
shows less.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

from nmtchoose.engine.assess import assess
from nmtchoose.engine.interview import state
from nmtchoose.meaning.answer_wires import AnswerWires, open_answer
from nmtchoose.meaning.circuit import Circuit, Values, Wire
from nmtchoose.meaning.result import Result, result_on
from nmtchoose.meaning.sheet import Asked, Sheet, sheet_of
from nmtchoose.meaning.solver import Solver
from nmtchoose.meaning.thresholds import Stretch, Thresholds, conditions_of, stretches, thresholds
from nmtchoose.meaning.verdict import Verdict, verdict, verdict_in
from nmtchoose.model.answers import Answer, Answers, special
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.condition import Condition
from nmtchoose.model.questionnaire import NONE, Kind, Question, Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables
from nmtchoose.words.answers import answer_words


@dataclass(frozen=True)
class Encoded:
    """A pair of files with every answer open."""

    tables: Tables
    solver: Solver
    thresholds: Mapping[str, Thresholds]
    sheet: Sheet

    @cached_property
    def result(self) -> Result:
        """What follows from the sheet."""
        return result_on(self.sheet, self.tables.rules)

    @cached_property
    def only_asked(self) -> Wire:
        """True where only questions that certainly apply are answered, as in an interview."""
        asked = self.sheet.asked.values()
        return self.circuit.all_of(self.circuit.any_of((one.answer.missing, one.applies.true)) for one in asked)

    @property
    def circuit(self) -> Circuit:
        """The circuit that everything is in."""
        return self.sheet.circuit

    @property
    def questionnaire(self) -> Questionnaire:
        """What is asked."""
        return self.tables.questionnaire

    @property
    def table(self) -> RuleTable:
        """What follows from it."""
        return self.tables.rules

    def can_hold(self, condition: Condition, *, without: Condition | None = None) -> bool:
        """Return whether answers in an interview can make `condition` true, and leave `without` false or open."""
        wanted = [self.only_asked, self.sheet.truth(condition).true]
        return self.solver.possible(*wanted, *(() if without is None else (-self.sheet.truth(without).true,)))


def encode(
    tables: Tables,
    conditions: Iterable[Condition] = (),
    more_thresholds: Mapping[str, Iterable[int]] | None = None,
) -> Encoded:
    """Return the pair with a solver. Further `conditions` and `more_thresholds` keep more numbers apart.

    Raises UsageError when no solver is installed.
    """
    circuit = Circuit()
    cuts = thresholds(tables.questionnaire, (*conditions_of(tables), *conditions), more_thresholds)
    sheet = sheet_of(
        circuit,
        tables.questionnaire,
        lambda question, applies, offers: open_answer(circuit, question, applies, offers, cuts.get(question.id)),
    )
    return Encoded(tables, Solver(circuit), cuts, sheet)


SOME_TEXT = "some words"
"""Stands for any free text, which decides nothing but that there is one."""

Pick = Callable[[str, Stretch], int]
"""Which number of a stretch to answer to a question; all of them lead to the same result."""


def answers_on(sheet: Sheet, found: Values, pick: Pick = lambda question, stretch: stretch.low) -> dict[str, Answer]:
    """Return the answers that `found` puts on `sheet`; `pick` chooses the numbers, the lowest without it."""
    return {
        question.id: answer
        for question in sheet.questionnaire.questions
        if (answer := _answer(question, sheet.asked[question.id].answer, found, pick)) is not None
    }


def near(answers: Answers) -> Pick:
    """Return a way to pick numbers as near as can be to those in `answers`."""

    def pick(question: str, stretch: Stretch) -> int:
        number = answers.get(question)
        return min(max(number, stretch.low), stretch.high) if isinstance(number, int) else stretch.low

    return pick


def _answer(question: Question, answer: AnswerWires, found: Values, pick: Pick) -> Answer | None:
    for name, wire in answer.specials.items():
        if found.holds(wire):
            return (name,) if question.kind is Kind.MANY else name
    if not found.holds(answer.real):
        return None
    if question.kind is Kind.TEXT:
        return SOME_TEXT
    if question.kind is Kind.NUMBER:
        passed = sum(found.holds(wire) for wire in answer.reached.values())
        return pick(question.id, stretches(answer.minimum, answer.maximum, answer.reached)[passed])
    options = tuple(option.id for option in question.options if found.holds(answer.options[option.id]))
    return options if question.kind is Kind.MANY else options[0]


def fixed(wires: AnswerWires, answer: Answer | None) -> Iterator[Wire]:
    """Yield wires that are all true exactly when `answer` was given to one question, or none was."""
    true = set(wires.true_with(answer))
    for wire in wires.all:
        yield wire if wire in true else -wire


class ProofError(Exception):
    """The solver and the engine disagree: a fault of the program, never of the two files."""


def confirmed(result: Result, found: Values, answers: Answers) -> Assessment:
    """Return the engine's assessment of `answers`, which `found` stands for.

    Raises ProofError, which names what differs and no answer, when the solver and the engine disagree.
    """
    assessment = assess(result.outcome.sheet.questionnaire, result.outcome.table, answers)
    wrong = list(_different(verdict(result, found), verdict_in(assessment)))
    if wrong:
        raise ProofError(f"solver and engine disagree on: {', '.join(wrong[:10])}")
    return assessment


def _different(one: Verdict, other: Verdict) -> Iterator[str]:
    """Yield the names of what the two say differently."""
    for field in fields(Verdict):
        first, second = getattr(one, field.name), getattr(other, field.name)
        if first == second:
            continue
        if isinstance(first, Mapping):
            first, second = tuple(first.items()), tuple(second.items())
        if isinstance(first, tuple):
            yield from (f"{field.name} {name}" for name in sorted({*map(str, first)} ^ {*map(str, second)}))
        else:
            yield field.name


def standing_out(sheet: Sheet, thresholds: Mapping[str, Thresholds], besides: Container[str] = ()) -> tuple[Wire, ...]:
    """Return a wire for everything on `sheet` that stands out, at the questions `besides` those named.

    Each option ticked counts by itself.
    """
    return tuple(
        wire
        for question in sheet.questionnaire.questions
        if question.id not in besides
        for wire in _remarkable(sheet.circuit, question, sheet.asked[question.id], thresholds.get(question.id))
    )


def given(sheet: Sheet) -> tuple[Wire, ...]:
    """Return a wire for every question that is answered at all."""
    return tuple(-asked.answer.missing for asked in sheet.asked.values())


def _remarkable(circuit: Circuit, question: Question, asked: Asked, thresholds: Thresholds | None) -> list[Wire]:
    answer = asked.answer
    specials = [wire for name, wire in answer.specials.items() if name != NONE] * 2
    if question.kind is Kind.NUMBER and thresholds is not None:
        plain = thresholds.plainest
        within = answer.number_from(plain.low, plain.high)
        return [circuit.all_of((answer.real, -circuit.all_of(within))), *specials]
    if question.kind is Kind.TEXT:
        return [answer.real, *specials]
    plainest = plainest_option(question)
    return [wire for option, wire in answer.options.items() if option != plainest] + specials


def plainest_option(question: Question) -> str | None:
    """Return the option of a single choice that stands out least; None for a list, where none of them is plain."""
    if question.kind is not Kind.ONE:
        return None
    reassuring = [option.id for option in question.options if option.reassuring]
    usual = [option.id for option in question.options if option.id == "no"]
    return [*reassuring, *usual, *(option.id for option in question.options)][0]


def remarkable_answers(
    questionnaire: Questionnaire, thresholds: Mapping[str, Thresholds], answers: Answers
) -> dict[str, Answer]:
    """Return only those of `answers` that stand out."""
    return {
        question_id: answer
        for question_id, answer in answers.items()
        if _stands_out(questionnaire[question_id], answer, thresholds.get(question_id))
    }


def _stands_out(question: Question, answer: Answer, thresholds: Thresholds | None) -> bool:
    alone = special(answer)
    if alone is not None:
        return alone != NONE
    if isinstance(answer, int) and thresholds is not None:
        return not thresholds.plainest.low <= answer <= thresholds.plainest.high
    return answer != plainest_option(question)


def smallest(encoded: Encoded, wanted: Sequence[Wire], more_costs: Sequence[Wire] = ()) -> Values | None:
    """Return the plainest way to make `wanted` true: in a complete interview if there is one, else in any."""
    costs = with_more(standing_out(encoded.sheet, encoded.thresholds), more_costs)
    whole = encoded.solver.smallest((*wanted, encoded.result.interview.complete), costs)
    return whole or encoded.solver.smallest(wanted, costs, given(encoded.sheet))


def with_more(costs: Sequence[Wire], more: Sequence[Wire]) -> tuple[Wire, ...]:
    """Return `costs` with those of `more` that are not among them."""
    known = set(costs)
    return (*costs, *(one for one in more if one not in known))


def assessed(encoded: Encoded, found: Values) -> tuple[dict[str, Answer], Assessment]:
    """Return the answers that `found` stands for, with the engine's assessment, which has to agree with the solver."""
    answers = answers_on(encoded.sheet, found)
    return answers, confirmed(encoded.result, found, answers)


def in_words(encoded: Encoded, answers: Answers, about: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the answers that stand out, and those to the questions `about`, each as `question: answer`.

    When the interview is not complete every answer is told, since then it matters that the others are missing.
    """
    questionnaire = encoded.questionnaire
    missing = state(questionnaire, encoded.table, answers).missing
    told = answers if missing else remarkable_answers(questionnaire, encoded.thresholds, answers)
    words = [
        f"{question_id}: {answer_words(questionnaire[question_id], answers[question_id])}"
        for question_id in questionnaire.by_id
        if question_id in answers and (question_id in told or question_id in about)
    ]
    return (*words, "nothing else is answered") if missing else tuple(words)
