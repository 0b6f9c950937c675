"""A client who was here before: what is known, and whether it still counts.

What usually stays true is carried over in two ways. Questions about health are asked again, every one with its whole
list, and last time's answer is filled in: somebody who reads only "none of these" would not think of a new medicine.
What is liked and was tried is only shown, and asked again where it has changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct, field

from nmtchoose.desk.desk import Desk
from nmtchoose.desk.prompter import Prompter, Voice
from nmtchoose.desk.told import answer_told, asked
from nmtchoose.engine.answering import check_answer
from nmtchoose.errors import AnswerError
from nmtchoose.model.answers import DAYS_IN_A_MONTH, Answer, Answers
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.tables import Tables
from nmtchoose.words.answers import together

if TYPE_CHECKING:
    from nmtchoose.records.entries import Document, Record, Summary

SAME = "same"
_FILLED_IN = "Some lists are filled in as last time. Please read each one again, and change what is no longer so."
_QUESTION = {
    Voice.CLIENT: "This is what you told us last time. Has any of it changed, or is anything new?",
    Voice.STAFF: "This is what the client told us last time. Read it out. Has any of it changed, or is anything new?",
}
_QUESTION[Voice.PHONE] = _QUESTION[Voice.STAFF]


class Returning(Struct, frozen=True):
    """The answers to carry over, and lines to say first. Without answers everything is asked."""

    news: tuple[str, ...] = ()
    answers: Answers = field(default_factory=dict)


def look_up(client: str, desk: Desk) -> Returning:
    """Return what the store holds of `client`; a client who is not in it is new. Raises StoreError."""
    if not desk.opener.there:
        return Returning()
    from nmtchoose.records.entries import Wanted, now

    with desk.opener.open() as store:
        records = {one.intake.id: one for one in store.records(Wanted(client=client))}
        visits = tuple(one for one in store.summaries(Wanted(client=client)) if one.id in records)
        unreadable = tuple(f"An earlier visit is left out: {one.problem}." for one in store.unreadable)
    if not visits:
        return Returning((*unreadable, f"{client} has not been here before, so everything is asked."))
    last = records[visits[0].id]
    questionnaire, valid_months = desk.tables.questionnaire, desk.opener.settings.valid_months
    news = (*unreadable, f"{client} was here before.", *_last_time(last, visits[0], desk.tables))
    due = _last_full(visits) + timedelta(days=valid_months * DAYS_IN_A_MONTH)
    if _questions_of(last.assessment) != questionnaire.stamp.sha256:
        return Returning((*news, "The questions have changed since, so everything is asked."))
    if now() > due:
        old = f"The last full intake is more than {valid_months} months old, so everything is asked."
        return Returning((*news, old))
    answers = _lasting(last.answers, questionnaire)
    return Returning((*news, f"A full intake is due on {_day(due)}.", *([_FILLED_IN] if answers else [])), answers)


def still_true(questionnaire: Questionnaire, prompter: Prompter, answers: Answers, voice: Voice) -> dict[str, Answer]:
    """Show `answers` from last time, but for those about health, until no more has changed; return what has not.

    What has changed is left out, and so asked again in its place. Nothing is shown when there is nothing to show.
    """
    given = {one: answer for one, answer in answers.items() if not questionnaire[one].purpose.is_safety}
    while given:
        rows = [
            (one.id, together(asked(one, voice), answer_told(one, given[one.id])))
            for one in questionnaire.questions
            if one.id in given
        ]
        changed = prompter.choose(_QUESTION[voice], ((SAME, "Nothing has changed"), *rows))
        if changed == SAME:
            break
        del given[changed]
    return given


def _last_time(last: Record, summary: Summary, tables: Tables) -> Iterator[str]:
    """Say in short how the last visit ended. Answers are not repeated here: somebody may look over a shoulder."""
    title = tables.rules.dispositions[summary.disposition].title
    known = {one.id: one.short for one in tables.rules.therapies}
    named = ", ".join(known.get(one, one) for one in summary.therapies)
    yield f"Last time, on {_day(last.intake.taken_at)}: {title}." + (f" Suggested: {named}." if named else "")


def _last_full(visits: tuple[Summary, ...]) -> datetime:
    """Return when everything was asked last; long ago where that is not in the store."""
    return next((one.taken_at for one in visits if one.full), datetime.min.replace(tzinfo=visits[0].taken_at.tzinfo))


def _questions_of(assessment: Document) -> object:
    stamp = assessment.get("stamp")
    questions = stamp.get("questionnaire") if isinstance(stamp, Mapping) else None
    return questions.get("sha256") if isinstance(questions, Mapping) else None


def _lasting(answers: Document, questionnaire: Questionnaire) -> dict[str, Answer]:
    """Return the stored answers that usually stay true and still fit, those about health included."""
    fitting: dict[str, Answer] = {}
    for question in questionnaire.questions:
        if question.lasting and question.id in answers:
            try:
                fitting[question.id] = check_answer(question, question.options, answers[question.id])
            except AnswerError:
                continue
    return fitting


def _day(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d}"
