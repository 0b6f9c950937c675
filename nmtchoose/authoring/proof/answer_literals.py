"""The answer to one question as Boolean literals: one for each option, special answer and threshold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nmtchoose.authoring.proof.gates import FALSE, Gates, Ground, Literal, Why
from nmtchoose.authoring.proof.numbers import Thresholds
from nmtchoose.model.questionnaire import Kind, Question


@dataclass(frozen=True, slots=True)
class AnswerLiterals:
    """What the answer to one question is.

    `options` and `specials` are true when chosen. `real` means a real answer, no special one. `missing` means none
    at all. `reached` says, by threshold, that the number is at least that; `minimum` and `maximum` bound it.
    """

    options: Mapping[str, Literal]
    specials: Mapping[str, Literal]
    real: Literal
    missing: Literal
    reached: Mapping[int, Literal] = field(default_factory=dict)
    minimum: int = 0
    maximum: int = 0

    def chosen(self, option_id: str) -> Literal:
        """Return whether that option or special answer was chosen; false when there is no such answer."""
        return self.options.get(option_id, self.specials.get(option_id, FALSE))

    def number_at_least(self, number: int) -> Literal:
        """Return whether a number was answered that is at least `number`, which has to be a known threshold."""
        if number <= self.minimum:
            return self.real
        return FALSE if number > self.maximum else self.reached[number]

    def number_from(self, low: int | None, high: int | None) -> tuple[Literal, Literal]:
        """Return two literals that are both true when a number between `low` and `high` was answered."""
        at_least = self.real if low is None else self.number_at_least(low)
        return at_least, self.real if high is None else -self.number_at_least(high + 1)

    @property
    def all(self) -> tuple[Literal, ...]:
        """Every literal that makes up the answer."""
        return (*self.options.values(), *self.specials.values(), *self.reached.values(), self.real)


def any_answer(gates: Gates, question: Question, thresholds: Thresholds | None) -> AnswerLiterals:
    """Return new literals for any possible answer to `question`, or none."""
    ground = Ground(Why.ONE_ANSWER, question.id)
    specials = {name: gates.variable() for name in question.specials}
    gates.at_most_one(specials.values(), ground)
    if question.kind in (Kind.NUMBER, Kind.TEXT):
        return _typed(gates, specials, thresholds, ground)
    options = {option.id: gates.variable() for option in question.options}
    if question.kind is Kind.ONE:
        gates.at_most_one(options.values(), ground)
    for option in options.values():
        for special in specials.values():
            gates.require((-option, -special), ground)
    return answer_of(gates, options, specials)


def answer_of(
    gates: Gates, options: Mapping[str, Literal], specials: Mapping[str, Literal], missing: Literal | None = None
) -> AnswerLiterals:
    """Return the answer to a question with options in which `options` and `specials` were chosen."""
    real = gates.any_of(options.values())
    given = gates.any_of((real, *specials.values()))
    return AnswerLiterals(options, specials, real, -given if missing is None else missing)


def _typed(
    gates: Gates, specials: Mapping[str, Literal], thresholds: Thresholds | None, ground: Ground
) -> AnswerLiterals:
    real = gates.variable()
    for special in specials.values():
        gates.require((-real, -special), ground)
    reached = {cut: gates.variable() for cut in (thresholds.cuts if thresholds else ())}
    below = real
    for at_least in reached.values():
        gates.require((-at_least, below), ground)
        below = at_least
    return AnswerLiterals(
        options={},
        specials=specials,
        real=real,
        missing=-gates.any_of((real, *specials.values())),
        reached=reached,
        minimum=thresholds.minimum if thresholds else 0,
        maximum=thresholds.maximum if thresholds else 0,
    )
