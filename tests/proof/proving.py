"""Short ways to prove a pair and to look at what came out."""

from __future__ import annotations

from nmtchoose.engine.evaluate import view
from nmtchoose.meaning.circuit import Wire
from nmtchoose.meaning.sheet import Sheet
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables
from nmtchoose.proof.encoded import fixed
from nmtchoose.proof.prove import prove
from nmtchoose.proof.results import Counterexample, Finding, Property, Unreachable
from tests.proof.tables import QUESTIONNAIRE


def finding(proved: Property, table: RuleTable, questionnaire: Questionnaire = QUESTIONNAIRE) -> Finding:
    """Return what came of one property."""
    report = prove(Tables(questionnaire, table))
    return next(one for one in report.findings if one.property is proved)


def holds(proved: Property, table: RuleTable, questionnaire: Questionnaire = QUESTIONNAIRE) -> bool:
    """Return whether the property was proved."""
    return not finding(proved, table, questionnaire).problems


def examples(
    proved: Property, table: RuleTable, questionnaire: Questionnaire = QUESTIONNAIRE
) -> tuple[Counterexample, ...]:
    """Return the counterexamples of a property that does not hold."""
    refuted = finding(proved, table, questionnaire)
    return tuple(one for one in refuted.problems if isinstance(one, Counterexample))


def unreached(
    proved: Property, table: RuleTable, questionnaire: Questionnaire = QUESTIONNAIRE
) -> tuple[Unreachable, ...]:
    """Return what cannot be reached."""
    refuted = finding(proved, table, questionnaire)
    return tuple(one for one in refuted.problems if isinstance(one, Unreachable))


def wires_of(sheet: Sheet, answers: Answers) -> tuple[Wire, ...]:
    """Return wires that are all true on `sheet` exactly when those of `answers` that count were given."""
    kept = view(sheet.questionnaire, answers).answers
    questions = sheet.questionnaire.questions
    return tuple(wire for one in questions for wire in fixed(sheet.asked[one.id].answer, kept.get(one.id)))
