"""What is known of a client who comes again, and whether it still counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from nmtchoose.cli.opened import Opener
from nmtchoose.errors import AnswerError
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.tables import Tables
from nmtchoose.prompts.returning import carried_over

if TYPE_CHECKING:
    from nmtchoose.store.entries import Document, Record, Summary

_DAYS_IN_A_MONTH = 30.4375
_FILLED_IN = "Some lists are filled in as last time. Please read each one again, and change what is no longer so."


class Returning(Struct, frozen=True):
    """The answers to carry over, and lines to say first. Without answers everything is asked."""

    answers: Mapping[str, Answer]
    news: tuple[str, ...]


NEW = Returning({}, ())


def look_up(client: str, tables: Tables, opener: Opener) -> Returning:
    """Return what the store holds of `client`; a client who is not in it is new. Raises StoreError."""
    if not client or not opener.there:
        return NEW
    from nmtchoose.store.entries import Wanted, now

    with opener.open() as store:
        visits = store.summaries(Wanted(client=client))
        last = store.record(visits[0].id) if visits else None
    if last is None:
        return Returning({}, (f"{client} has not been here before, so everything is asked.",))
    news = (f"{client} was here before.", *_last_time(last, visits[0], tables))
    why = _why_full(visits, last, tables.questionnaire, opener.settings.valid_months, now())
    if why:
        return Returning({}, (*news, why))
    due = _last_full(visits) + timedelta(days=opener.settings.valid_months * _DAYS_IN_A_MONTH)
    answers = carried_over(tables.questionnaire, _checked(last.answers, tables.questionnaire))
    return Returning(answers, (*news, f"A full intake is due on {day(due)}.", *([_FILLED_IN] if answers else [])))


def day(moment: datetime) -> str:
    """Return the date of a moment, here."""
    return f"{moment.astimezone():%Y-%m-%d}"


def _last_time(last: Record, summary: Summary, tables: Tables) -> Iterator[str]:
    """Say in short how the last visit ended. Answers are not repeated here: somebody may look over a shoulder."""
    title = tables.rules.dispositions[summary.disposition].title
    known = {one.id: one.short for one in tables.rules.therapies}
    named = ", ".join(known.get(one, one) for one in summary.therapies)
    yield f"Last time, on {day(last.intake.taken_at)}: {title}." + (f" Suggested: {named}." if named else "")


def _why_full(
    visits: tuple[Summary, ...], last: Record, questionnaire: Questionnaire, valid_months: int, today: datetime
) -> str:
    """Return why everything is asked again, or nothing."""
    if _questions_of(last.assessment) != questionnaire.stamp.sha256:
        return "The questions have changed since, so everything is asked."
    age = today - _last_full(visits)
    if age > timedelta(days=valid_months * _DAYS_IN_A_MONTH):
        return f"The last full intake is more than {valid_months} months old, so everything is asked."
    return ""


def _last_full(visits: tuple[Summary, ...]) -> datetime:
    """Return when everything was asked last; long ago where that is not in the store."""
    return next((one.taken_at for one in visits if one.full), datetime.min.replace(tzinfo=visits[0].taken_at.tzinfo))


def _questions_of(assessment: Document) -> object:
    stamp = assessment.get("stamp")
    questions = stamp.get("questionnaire") if isinstance(stamp, Mapping) else None
    return questions.get("sha256") if isinstance(questions, Mapping) else None


def _checked(answers: Document, questionnaire: Questionnaire) -> dict[str, Answer]:
    """Return the stored answers that still fit; one that does not is asked again."""
    from nmtchoose.engine.answering import check_answer

    fitting: dict[str, Answer] = {}
    for question in questionnaire.questions:
        if question.id in answers:
            try:
                fitting[question.id] = check_answer(question, question.options, answers[question.id])
            except AnswerError:
                continue
    return fitting
