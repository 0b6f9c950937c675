"""When an interview is over: `nmtchoose.engine.interview.state` as wires."""

from collections.abc import Mapping
from dataclasses import dataclass

from nmtchoose.meaning.circuit import FALSE, Wire
from nmtchoose.meaning.outcome import Outcome
from nmtchoose.meaning.sheet import Sheet
from nmtchoose.model.condition import Condition, Leaf, children
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Kind
from nmtchoose.model.rules import Stage


@dataclass(frozen=True, slots=True)
class Interview:
    """How far the interview is.

    `complete` is true when no question that matters is unanswered. `urgent` says that the answers so far end or narrow
    the interview. `still_asked` says for each question that it is unanswered and yet to be asked,
    and `missing` the same without free text, which may stay empty.
    """

    complete: Wire
    urgent: Wire
    still_asked: Mapping[str, Wire]
    missing: Mapping[str, Wire]


def interview_of(outcome: Outcome) -> Interview:
    """Return how far the interview is on the sheet of `outcome`."""
    sheet, circuit = outcome.sheet, outcome.circuit
    emergency = _fired_at_least(outcome, Disposition.EMERGENCY_TODAY)
    urgent = _fired_at_least(outcome, Disposition.MEDICAL_URGENT)
    could_worsen = _open_questions(outcome)
    still_asked: dict[str, Wire] = {}
    for question in sheet.questionnaire.questions:
        asked = sheet.asked[question.id]
        matters = circuit.all_of((-emergency, circuit.any_of((-urgent, could_worsen.get(question.id, FALSE)))))
        still_asked[question.id] = circuit.all_of((asked.applies.true, asked.answer.missing, matters))
    missing = {one.id: still_asked[one.id] for one in sheet.questionnaire.questions if one.kind is not Kind.TEXT}
    return Interview(-circuit.any_of(missing.values()), urgent, still_asked, missing)


def _fired_at_least(outcome: Outcome, disposition: Disposition) -> Wire:
    return outcome.any_fired(
        lambda rule: (
            rule.stage in (Stage.EMERGENCY, Stage.MEDICAL)
            and rule.then.disposition is not None
            and rule.then.disposition.severity >= disposition.severity
        )
    )


def _open_questions(outcome: Outcome) -> dict[str, Wire]:
    """Return for each question whether its answer could still show an emergency."""
    doubts = _Doubts(outcome.sheet)
    for rule in outcome.table.rules:
        if rule.then.disposition is not None and rule.then.disposition.is_emergency:
            doubts.spread(rule.when, -FALSE)
    return doubts.settled()


class _Doubts:
    """`nmtchoose.engine.evaluate.open_questions`: doubt runs from a condition down to the questions that leave it."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._found: dict[str, list[Wire]] = {}

    def spread(self, condition: Condition, above: Wire) -> None:
        """Note the questions that leave `condition` open where `above` is true."""
        truth = self._sheet.truth(condition)
        doubt = self._sheet.circuit.all_of((above, -truth.true, -truth.false))
        if doubt == FALSE:
            return
        if isinstance(condition, Leaf):
            self._found.setdefault(condition.question, []).append(doubt)
        for part in children(condition):
            self.spread(part, doubt)

    def settled(self) -> dict[str, Wire]:
        """Return the doubts by question; a question that may not apply hands its doubt to those before it."""
        circuit, settled = self._sheet.circuit, {}
        for question in reversed(self._sheet.questionnaire.questions):
            doubt = circuit.any_of(self._found.get(question.id, ()))
            applies = self._sheet.asked[question.id].applies
            unclear = circuit.all_of((-applies.true, -applies.false))
            if question.ask_when is not None:
                self.spread(question.ask_when, circuit.all_of((doubt, unclear)))
            settled[question.id] = circuit.all_of((doubt, -unclear))
        return settled
