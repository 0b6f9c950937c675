"""A pair of files with every answer open, and a solver that answers questions about all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from nmtchoose.meaning.circuit import Circuit
from nmtchoose.meaning.result import Result, result_on
from nmtchoose.meaning.sheet import Sheet, open_sheet
from nmtchoose.meaning.solver import Solver
from nmtchoose.meaning.thresholds import Thresholds, conditions_of, thresholds
from nmtchoose.model.condition import Condition
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables


@dataclass(frozen=True, slots=True)
class Encoded:
    """A pair of files with every answer open; `result` is what follows from the `sheet`."""

    tables: Tables
    solver: Solver
    thresholds: Mapping[str, Thresholds]
    sheet: Sheet
    result: Result = field(repr=False)

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


def encode(
    tables: Tables,
    conditions: Iterable[Condition] = (),
    more_thresholds: Mapping[str, Iterable[int]] | None = None,
) -> Encoded:
    """Return the pair with a solver. Further `conditions` and `more_thresholds` keep more numbers apart.

    Raises UsageError when no solver is installed.
    """
    circuit = Circuit()
    solver = Solver(circuit)
    cuts = thresholds(tables.questionnaire, (*conditions_of(tables), *conditions), more_thresholds)
    sheet = open_sheet(circuit, tables.questionnaire, cuts)
    return Encoded(tables, solver, cuts, sheet, result_on(sheet, tables.rules))
