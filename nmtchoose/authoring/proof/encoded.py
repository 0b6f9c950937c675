"""A pair of files as formulas, with a solver that answers questions about all sets of answers at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from nmtchoose.authoring.proof.booking import Booking, booking_of
from nmtchoose.authoring.proof.completeness import Interview, interview_of
from nmtchoose.authoring.proof.gates import Gates
from nmtchoose.authoring.proof.numbers import Thresholds, conditions_of, thresholds
from nmtchoose.authoring.proof.outcome import Outcome, outcome_of
from nmtchoose.authoring.proof.prover import Prover
from nmtchoose.authoring.proof.sheet import Sheet, blank_sheet
from nmtchoose.authoring.proof.standing import StandingLiterals, standings
from nmtchoose.model.condition import Condition
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable


@dataclass(frozen=True, slots=True)
class Result:
    """All that a rule table makes of one sheet."""

    outcome: Outcome
    standing: Mapping[str, StandingLiterals]
    interview: Interview
    booking: Booking


@dataclass(frozen=True, slots=True)
class Encoded:
    """A questionnaire and a rule table with every answer open; `result` is what follows from the `sheet`."""

    questionnaire: Questionnaire
    table: RuleTable
    prover: Prover
    thresholds: Mapping[str, Thresholds]
    sheet: Sheet
    result: Result = field(repr=False)

    @property
    def gates(self) -> Gates:
        """The gates that everything is made of."""
        return self.prover.gates


def encode(
    questionnaire: Questionnaire,
    table: RuleTable,
    conditions: Iterable[Condition] = (),
    more_thresholds: Mapping[str, Iterable[int]] | None = None,
) -> Encoded:
    """Return the pair as formulas. Further `conditions` and `more_thresholds` keep more numbers apart.

    Raises UsageError when no solver is installed.
    """
    gates = Gates()
    prover = Prover(gates)
    cuts = thresholds(questionnaire, (*conditions_of(questionnaire, table), *conditions), more_thresholds)
    sheet = blank_sheet(gates, questionnaire, cuts)
    return Encoded(questionnaire, table, prover, cuts, sheet, result_on(sheet, table))


def result_on(sheet: Sheet, table: RuleTable) -> Result:
    """Return what `table` makes of `sheet`."""
    outcome = outcome_of(sheet, table)
    standing = standings(outcome)
    interview = interview_of(outcome)
    return Result(outcome, standing, interview, booking_of(outcome, standing, interview.complete))
