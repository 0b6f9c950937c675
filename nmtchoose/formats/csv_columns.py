"""Intakes as CSV, a row for each, with nothing in it that a spreadsheet runs: its columns and their cells."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from nmtchoose.engine.evaluate import View, offered_options, view
from nmtchoose.model.answers import chosen, special
from nmtchoose.model.assessment import Assessment, TherapyResult
from nmtchoose.model.questionnaire import NONE, Kind, Question
from nmtchoose.pages.intake import Intake, Practice
from nmtchoose.words.printable import OBEYED
from nmtchoose.words.terms import review_words

Cell = str | int | None
"""A text, a number, or None for an empty cell."""


Column = tuple[str, Callable[[Intake, View], Cell]]
"""Its name, and what takes its cell from an intake and from what was offered to that."""

RESULT: tuple[Column, ...] = (
    ("name", lambda one, _: one.name or None),
    ("answered", lambda one, _: one.answered.isoformat(timespec="seconds") if one.answered else None),
    ("by", lambda one, _: one.by or None),
    ("record", lambda one, _: one.record or None),
    ("status", lambda one, _: "complete" if one.assessment.complete else "incomplete"),
    ("disposition", lambda one, _: one.assessment.disposition.value),
    ("recommendation", lambda one, _: one.assessment.recommendation.kind.value),
    ("therapies", lambda one, _: " ".join(one.assessment.recommendation.therapies)),
    ("strength", lambda one, _: one.assessment.recommendation.strength.value),
    ("pressure_limit", lambda one, _: one.assessment.pressure_limit),
    ("avoid_sites", lambda one, _: " ".join(_spared(one.assessment))),
    ("missing", lambda one, _: " ".join(one.assessment.missing)),
    ("undecided", lambda one, _: " ".join(rule.rule for rule in one.assessment.undecided)),
    ("fired", lambda one, _: " ".join(firing.rule for firing in one.assessment.trace)),
    ("app", lambda one, _: one.assessment.stamp.app),
    ("questionnaire_version", lambda one, _: one.assessment.stamp.questionnaire.version),
    ("questionnaire_sha256", lambda one, _: one.assessment.stamp.questionnaire.sha256),
    ("rules_version", lambda one, _: one.assessment.stamp.rules.version),
    ("rules_sha256", lambda one, _: one.assessment.stamp.rules.sha256),
    ("review", lambda one, _: review_words(one.assessment.stamp.reviewed)),
)
"""The columns that every questionnaire has; `docs/exports.md` says what they mean."""


def columns(practice: Practice) -> tuple[Column, ...]:
    """Return all columns in order: the result first, then each therapy, then every question and option."""
    therapies = (column for one in practice.tables.rules.therapies for column in _of_therapy(one.id))
    answers = (column for one in practice.tables.questionnaire.questions for column in _of_question(one))
    return (*RESULT, *therapies, *answers)


def _spared(assessment: Assessment) -> Iterable[str]:
    return dict.fromkeys(note.site for note in assessment.site_notes if note.pressure_limit == 0)


def _of_therapy(therapy_id: str) -> Iterator[Column]:
    def cell(said: Callable[[TherapyResult], Cell], intake: Intake, _: View) -> Cell:
        found = () if intake.assessment.disposition.forbids_therapy else intake.assessment.therapies
        return next((said(one) for one in found if one.id == therapy_id), None)

    yield f"therapy/{therapy_id}/status", partial(cell, lambda one: one.status.value)
    yield f"therapy/{therapy_id}/fit", partial(cell, lambda one: one.fit)


def _of_question(question: Question) -> Iterator[Column]:
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
        yield question.id, typed
    cells = {option.id: partial(ticked, option.id) for option in question.options}
    cells |= {name: partial(said, name) for name in question.specials}
    yield from ((f"{question.id}/{name}", cell) for name, cell in cells.items())


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet run a text as a formula (OWASP, CSV injection); the wide signs do in some languages."""


def csv_text(intakes: Sequence[Intake], practice: Practice) -> str:
    """Return a line of column names and a line for each intake, as RFC 4180 has them (comma, CRLF)."""
    all_columns = columns(practice)
    seen = (view(practice.tables.questionnaire, one.answers) for one in intakes)
    cells = ([cell(*both) for _, cell in all_columns] for both in zip(intakes, seen, strict=True))
    return table_text([[name for name, _ in all_columns], *cells])


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
