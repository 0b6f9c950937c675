"""A pair of files with every answer open, and a solver that answers questions about all of them at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from nmtchoose.meaning.answer_wires import open_answer
from nmtchoose.meaning.circuit import Circuit, Wire
from nmtchoose.meaning.result import Result, result_on
from nmtchoose.meaning.sheet import Sheet, sheet_of
from nmtchoose.meaning.solver import Solver
from nmtchoose.meaning.thresholds import Thresholds, conditions_of, thresholds
from nmtchoose.model.condition import Condition
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables


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
