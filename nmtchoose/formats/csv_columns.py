"""Intakes as CSV, a row for each, with nothing in it that a spreadsheet runs: what each column is, and its cells."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from nmtchoose.engine.evaluate import View, offered_options, view
from nmtchoose.model.answers import chosen, special
from nmtchoose.model.assessment import Assessment, TherapyResult
from nmtchoose.model.questionnaire import NONE, Kind, Question
from nmtchoose.pages.intake import Intake, Practice
from nmtchoose.words.answers import together
from nmtchoose.words.printable import OBEYED
from nmtchoose.words.terms import review_words

Cell = str | int | None
"""A text, a number, or None for an empty cell."""


@dataclass(frozen=True, slots=True)
class CsvColumn:
    """One column. `meaning` is its line in the documentation, `cell` takes an intake and what it was offered."""

    name: str
    meaning: str
    cell: Callable[[Intake, View], Cell]


def columns(practice: Practice) -> tuple[CsvColumn, ...]:
    """Return all columns in order: the result first, then each therapy, then every question and option."""
    therapies = (column for one in practice.tables.rules.therapies for column in _of_therapy(one.id, one.short))
    answers = (column for one in practice.tables.questionnaire.questions for column in _of_question(one))
    return (*RESULT, *therapies, *answers)


def _result(name: str, meaning: str, value: Callable[[Assessment], Cell]) -> CsvColumn:
    return CsvColumn(name, meaning, lambda one, _: value(one.assessment))


RESULT = (
    CsvColumn("name", "the file or the client reference", lambda one, _: one.name or None),
    CsvColumn(
        "answered",
        "when the answers were given (ISO 8601), where that is known",
        lambda one, _: one.answered.isoformat(timespec="seconds") if one.answered else None,
    ),
    CsvColumn("by", "who asked, where that is known", lambda one, _: one.by or None),
    CsvColumn("record", "the id of the record; empty for what was not saved", lambda one, _: one.record or None),
    _result("status", "`complete` or `incomplete`", lambda one: "complete" if one.complete else "incomplete"),
    _result("disposition", "what may happen with the booking", lambda one: one.disposition.value),
    _result("recommendation", "how the recommendation ended", lambda one: one.recommendation.kind.value),
    _result("therapies", "ids of what is recommended, in order", lambda one: " ".join(one.recommendation.therapies)),
    _result("strength", "how far the first choice is ahead", lambda one: one.recommendation.strength.value),
    _result("pressure_limit", "the most pressure anywhere, 1 to 5", lambda one: one.pressure_limit),
    _result(
        "avoid_sites",
        "ids of sites to leave alone",
        lambda one: " ".join(dict.fromkeys(note.site for note in one.site_notes if note.pressure_limit == 0)),
    ),
    _result("missing", "ids of questions that are still open", lambda one: " ".join(one.missing)),
    _result("undecided", "ids of safety rules left open", lambda one: " ".join(rule.rule for rule in one.undecided)),
    _result("fired", "ids of all rules that fired", lambda one: " ".join(firing.rule for firing in one.trace)),
    _result("app", "version of nmtchoose", lambda one: one.stamp.app),
    _result("questionnaire_version", "version of questions.yaml", lambda one: one.stamp.questionnaire.version),
    _result("questionnaire_sha256", "SHA-256 of questions.yaml", lambda one: one.stamp.questionnaire.sha256),
    _result("rules_version", "version of rules.yaml", lambda one: one.stamp.rules.version),
    _result("rules_sha256", "SHA-256 of rules.yaml", lambda one: one.stamp.rules.sha256),
    _result("review", "who reviewed both files, or that nobody did", lambda one: review_words(one.stamp.reviewed)),
)
"""The columns that every questionnaire has."""


def _of_therapy(therapy_id: str, short: str) -> Iterator[CsvColumn]:
    def result(intake: Intake) -> TherapyResult | None:
        found = () if intake.assessment.disposition.forbids_therapy else intake.assessment.therapies
        return next((one for one in found if one.id == therapy_id), None)

    def status(intake: Intake, _: View) -> Cell:
        found = result(intake)
        return found.status.value if found else None

    def fit(intake: Intake, _: View) -> Cell:
        found = result(intake)
        return found.fit if found else None

    name = f"therapy/{therapy_id}"
    yield CsvColumn(f"{name}/status", f"what may happen with {short}; empty: nothing may be named", status)
    yield CsvColumn(f"{name}/fit", f"fit points of {short}", fit)


def _of_question(question: Question) -> Iterator[CsvColumn]:
    def typed(intake: Intake, _: View) -> Cell:
        answer = intake.answers.get(question.id)
        return None if answer is None or isinstance(answer, tuple) or answer in question.specials else answer

    def ticked(option_id: str, intake: Intake, seen: View) -> Cell:
        """What was not offered, or left open by "not sure", is empty: it is not a "no"."""
        answer = intake.answers.get(question.id)
        if answer is None or special(answer) not in (None, NONE):
            return None
        offered = any(option.id == option_id for option in offered_options(question, seen))
        return int(option_id in chosen(answer)) if offered else None

    def said(name: str, intake: Intake, _: View) -> Cell:
        answer = intake.answers.get(question.id)
        return None if answer is None else int(special(answer) == name)

    if question.kind in (Kind.NUMBER, Kind.TEXT):
        what = f"{question.minimum} to {question.maximum} {question.unit}" if question.kind is Kind.NUMBER else "text"
        yield CsvColumn(question.id, f"{question.ask.staff} ({what.strip()})", typed)
    cells = {option.id: partial(ticked, option.id) for option in question.options}
    for name, cell in (cells | {name: partial(said, name) for name in question.specials}).items():
        yield CsvColumn(f"{question.id}/{name}", together(question.ask.staff, question.label(name)), cell)


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet run a text as a formula (OWASP, CSV injection); the wide signs do in some languages."""


def csv_text(intakes: Sequence[Intake], practice: Practice) -> str:
    """Return a line of column names and a line for each intake, as RFC 4180 has them (comma, CRLF)."""
    all_columns = columns(practice)
    seen = (view(practice.tables.questionnaire, one.answers) for one in intakes)
    cells = ([column.cell(*both) for column in all_columns] for both in zip(intakes, seen, strict=True))
    return table_text([[column.name for column in all_columns], *cells])


def table_text(rows: Iterable[Sequence[Cell]]) -> str:
    """Return rows of cells as CSV, each text disarmed."""
    text = io.StringIO()
    csv.writer(text).writerows([disarmed(cell) for cell in row] for row in rows)
    return text.getvalue()


def disarmed(cell: Cell) -> Cell:
    """Return `cell` with nothing in it that a terminal obeys, and an apostrophe before what a spreadsheet would run."""
    if isinstance(cell, str) and not cell.isprintable():
        cell = OBEYED.sub("", cell)
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
