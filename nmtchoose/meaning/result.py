"""All that a rule table makes of one sheet, and a pair of files as a circuit over answers given from outside."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from nmtchoose.meaning.answer_wires import AnswerWires, counting, new_answer
from nmtchoose.meaning.booking import Booking, booking_of
from nmtchoose.meaning.circuit import TRUE, Circuit, Wire
from nmtchoose.meaning.completeness import Interview, interview_of
from nmtchoose.meaning.outcome import Outcome, Standing, outcome_of
from nmtchoose.meaning.sheet import Sheet, sheet_of
from nmtchoose.meaning.thresholds import conditions_of, thresholds
from nmtchoose.model.assessment import Status
from nmtchoose.model.condition import Condition
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables


@dataclass(frozen=True, slots=True)
class Result:
    """All that a rule table makes of one sheet; `statuses` by therapy."""

    outcome: Outcome
    interview: Interview
    booking: Booking
    statuses: Mapping[str, Mapping[Status, Wire]]

    @property
    def outputs(self) -> Iterator[Wire]:
        """All wires that tell one verdict from another."""
        yield from (self.outcome.forbids_therapy, self.interview.complete, *self.interview.missing.values())
        yield from self.outcome.outputs
        for group in (*self.booking.groups, *self.statuses.values()):
            yield from group.values()
        for stands in self.outcome.standing.values():
            yield from stands.limits


def result_on(sheet: Sheet, table: RuleTable) -> Result:
    """Return what `table` makes of `sheet`."""
    outcome = outcome_of(sheet, table)
    interview = interview_of(outcome)
    booking = booking_of(outcome, interview.complete)
    status = {therapy: _statuses(therapy, stands, outcome, booking) for therapy, stands in outcome.standing.items()}
    return Result(outcome, interview, booking, status)


def _statuses(therapy_id: str, stands: Standing, outcome: Outcome, booking: Booking) -> Mapping[Status, Wire]:
    """Return which status a therapy has; none where no therapy may be named at all."""
    circuit = outcome.circuit
    booked = circuit.any_of(booking.named(therapy_id))
    soon = circuit.all_of((outcome.dispositions[Disposition.MEDICAL_SOON], -booked))
    later = (outcome.dispositions[one] for one in (Disposition.DEFER, Disposition.CLEARANCE))
    chances = (
        (Status.NOT_SUITABLE, stands.ruled_out),
        (Status.NOT_NOW, circuit.any_of((stands.held, soon, *later))),
        (Status.SUGGESTED, circuit.any_of(booking.suggested(therapy_id))),
        (Status.ADAPT, stands.adapted),
        (Status.SUITABLE, TRUE),
    )
    found, left = {}, -outcome.forbids_therapy
    for status, chance in chances:
        found[status] = circuit.all_of((left, chance))
        left = circuit.all_of((left, -chance))
    return found


@dataclass(frozen=True, slots=True)
class Meaning:
    """A pair of files as a circuit.

    `given` holds the inputs by question: what was answered, whether it counts or not. Everything else follows.
    """

    tables: Tables
    circuit: Circuit
    given: Mapping[str, AnswerWires]
    result: Result


def meaning_of(tables: Tables, conditions: Iterable[Condition] = ()) -> Meaning:
    """Return `tables`, as the loader returned them, as a circuit. Further `conditions` keep more numbers apart."""
    circuit, questionnaire = Circuit(), tables.questionnaire
    cuts = thresholds(questionnaire, (*conditions_of(tables), *conditions))
    given = {one.id: new_answer(circuit, one, cuts.get(one.id)) for one in questionnaire.questions}
    sheet = sheet_of(circuit, questionnaire, lambda question, *placed: counting(circuit, given[question.id], *placed))
    return Meaning(tables, circuit, given, result_on(sheet, tables.rules))
