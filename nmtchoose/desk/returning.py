"""A client who was here before: what is known, whether it still counts, and confirming it on one screen.

What usually stays true is carried over in two ways. Questions about health are asked again, every one with its whole
list, and last time's answer is filled in: somebody who reads only "none of these" would not think of a new medicine.
What is liked, and where the trouble is, of what kind and since when, is only shown, and asked again where it has
changed. So is the age of a grown-up, as long as no condition tells it from a year more. After a visit that ended at a
doctor, all about the trouble is asked anew.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from nmtchoose.desk.desk import Desk
from nmtchoose.desk.interview import Interview, with_answers
from nmtchoose.desk.prompter import Prompter, Voice, answer_told, asked
from nmtchoose.engine.answering import check_answer
from nmtchoose.engine.evaluate import view
from nmtchoose.errors import AnswerError
from nmtchoose.model.answers import DAYS_IN_A_MONTH, Answer, Answers, chosen, special
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Lasting, Question
from nmtchoose.model.tables import Tables
from nmtchoose.words.answers import WEEKS, YEARS, together

if TYPE_CHECKING:
    from nmtchoose.records.entries import Record, Summary

_GROWN_UP = 18
_YEAR = timedelta(days=365)
_FILLED_IN = "Some lists are filled in as last time. Please read each one again, and change what is no longer so."
SAME, WORSE, UNSURE = "same", "worse", "not_sure"
_TOLD = {Voice.CLIENT: "you told us this", Voice.STAFF: "the client told us this. Read it out"}
_TOLD[Voice.PHONE] = _TOLD[Voice.STAFF]
_CHANGED = "Has any of it changed, or is anything new?"
_NO_WORSE = "Is it the same, and no worse? If not, choose what has changed."
_ASK_AGAIN = ((WORSE, "No, something is worse or new"), (UNSURE, "Not sure"))


class Returning(Struct, frozen=True):
    """The answers to carry over, and lines to say first. Without answers everything is asked.

    `visit` is the day of the last one, and `ask_about` the record of an earlier visit of which the client has not said
    yet how it went.
    """

    news: tuple[str, ...] = ()
    answers: Answers = field(default_factory=dict)
    visit: str = ""
    ask_about: str = ""


def look_up(client: str, desk: Desk) -> Returning:
    """Return what the store holds of `client`; a client who is not in it is new. Raises StoreError."""
    if not desk.opener.there:
        return Returning()
    from nmtchoose.records.entries import Wanted, now
    from nmtchoose.records.verify import made_by

    with desk.opener.open() as store:
        records = {one.intake.id: one for one in store.records(Wanted(client=client))}
        visits = tuple(one for one in store.summaries(Wanted(client=client)) if one.id in records)
        unreadable = tuple(f"An earlier visit is left out: {one.problem}." for one in store.unreadable)
    if not visits:
        return Returning((*unreadable, f"{client} has not been here before, so everything is asked."))
    last = records[visits[0].id]
    earlier = last.followed_up is None and last.intake.taken_at.astimezone().date() < now().astimezone().date()
    about = last.intake.id if earlier else ""
    questionnaire, valid_months = desk.tables.questionnaire, desk.opener.settings.valid_months
    news = (*unreadable, f"{client} was here before.", _last_time(last, visits[0], desk.tables))
    long_ago = datetime.min.replace(tzinfo=visits[0].taken_at.tzinfo)
    full = next((one.taken_at for one in visits if one.full), long_ago)
    due = full + timedelta(days=valid_months * DAYS_IN_A_MONTH)
    if made_by(last.assessment)[0] != questionnaire.stamp.sha256:
        return Returning((*news, "The questions have changed since, so everything is asked."), ask_about=about)
    if now() > due:
        old = f"The last full intake is more than {valid_months} months old, so everything is asked."
        return Returning((*news, old), ask_about=about)
    answers = _lasting(last, visits[0], desk.tables, full)
    news = (*news, f"A full intake is due on {_day(due)}.", *([_FILLED_IN] if answers else []))
    return Returning(news, answers, _day(last.intake.taken_at), about)


def _last_time(last: Record, summary: Summary, tables: Tables) -> str:
    """Return in short how the last visit ended. Answers are not repeated here: somebody may look over a shoulder."""
    title = tables.rules.dispositions[summary.disposition].title
    known = {one.id: one.short for one in tables.rules.therapies}
    named = ", ".join(known.get(one, one) for one in summary.therapies)
    return f"Last time, on {_day(last.intake.taken_at)}: {title}." + (f" Suggested: {named}." if named else "")


def _lasting(last: Record, summary: Summary, tables: Tables, full: datetime) -> dict[str, Answer]:
    """Return the answers of the `last` visit that still count and fit; lengths of time have grown since.

    Of a trouble only what was said counts, no "not sure", and after a doctor was advised nothing. An age was told at
    the last `full` intake, or later.
    """
    aged = datetime.now(UTC) - full >= _YEAR
    weeks = round((datetime.now(UTC) - last.intake.taken_at) / timedelta(weeks=1))
    doctor = summary.disposition.severity >= Disposition.MEDICAL_SOON.severity
    fitting: dict[str, Answer] = {}
    for question in tables.questionnaire.questions:
        if not question.lasting or question.id not in last.answers:
            continue
        try:
            answer = check_answer(question, question.options, last.answers[question.id])
        except AnswerError:
            continue
        again = any(option.asked_again for option in question.options if option.id in chosen(answer))
        if question.lasting is Lasting.IF_SAME and (doctor or special(answer) or again):
            continue
        if question.unit == YEARS and (aged or not _alike_in_a_year(answer, question, tables)):
            continue
        if question.unit == WEEKS and isinstance(answer, int):
            answer = min(answer + weeks, question.maximum or answer)
        fitting[question.id] = answer
    return fitting


def _alike_in_a_year(age: Answer, question: Question, tables: Tables) -> bool:
    """Return whether no condition tells a grown-up of this `age` from one a year older."""
    if not isinstance(age, int) or age < _GROWN_UP:
        return False
    from nmtchoose.meaning.thresholds import conditions_of, thresholds  # no question waits for it

    limits = thresholds(tables.questionnaire, conditions_of(tables))[question.id]
    return any(one.low <= age < one.high for one in limits.stretches)


def _day(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d}"


def carried_over(interview: Interview, told: Answers, visit: str) -> Interview:
    """Return `interview` with what was `told` on the day `visit`.

    An age counts at once. What is about health is asked again, with the old answer filled in; the rest is confirmed.
    """
    known = [(interview.tables.questionnaire[one], answer) for one, answer in told.items()]
    ages = {one.id: answer for one, answer in known if one.unit == YEARS}
    rest = [(one, answer) for one, answer in known if one.id not in ages]
    same = {one.id: answer for one, answer in rest if one.lasting is Lasting.IF_SAME or not one.purpose.is_safety}
    filled_in = {one.id: answer for one, answer in rest if one.id not in same}
    return replace(
        with_answers(interview, ages),
        last_time=filled_in,
        to_confirm=same,
        visit=visit,
        kept_from={**interview.kept_from, **dict.fromkeys(ages, visit)},
    )


def is_time_to_confirm(interview: Interview) -> bool:
    """Return whether it is time to show what was told last time."""
    now, places = interview.state, interview.tables.questionnaire.places
    if now.emergency or interview.again or interview.to_confirm.keys().isdisjoint(now.missing):
        return False
    trouble = [places[one] for one in _trouble(interview)]
    place = min(trouble) if trouble else max(places[one] for one in interview.to_confirm)
    return now.current is None or places[now.current.id] > place


def menu(interview: Interview) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return what is asked about last time, and what may be chosen: all the same, what has changed, or not sure."""
    known, trouble = interview.tables.questionnaire, _trouble(interview)
    told = {**{one: interview.answers[one] for one in interview.kept_from}, **interview.to_confirm}
    applies = view(known, {**interview.answers, **told}).applies
    rows = (
        (one.id, together(asked(one, interview.voice), answer_told(one, told[one.id])))
        for one in known.questions
        if one.id in told and applies[one.id]
    )
    same = (SAME, "Yes, and nothing new beside it" if trouble else "Nothing has changed")
    text = f"On {interview.visit} {_TOLD[interview.voice]}. {_NO_WORSE if trouble else _CHANGED}"
    return text, (same, *rows, *(_ASK_AGAIN if trouble else ()))


def confirmed(interview: Interview, prompter: Prompter) -> Interview:
    """Show what was told last time until no more has changed; return the interview with what has not.

    What has changed is asked in its place: once anything of the trouble has, all that was said about it, without last
    time's answers.
    """
    while interview.to_confirm:
        reply = prompter.choose(*menu(interview))
        if reply == SAME:
            return kept(interview)
        if reply in interview.kept_from:
            interview = _to_be_asked(interview, reply)
            continue
        trouble = _trouble(interview)
        gone = {reply} if reply in interview.to_confirm and reply not in trouble else trouble
        last_time = {one: answer for one, answer in interview.to_confirm.items() if one in gone - trouble}
        left = {one: answer for one, answer in interview.to_confirm.items() if one not in gone}
        interview = replace(interview, to_confirm=left, last_time={**interview.last_time, **last_time})
    return interview


def kept(interview: Interview) -> Interview:
    """Return the interview after the client said that all is the same."""
    told = interview.to_confirm
    kept_from = {**interview.kept_from, **dict.fromkeys(told, interview.visit)}
    return replace(with_answers(interview, told), to_confirm={}, kept_from=kept_from)


def _to_be_asked(interview: Interview, question_id: str) -> Interview:
    """Return `interview` without an answer that was kept, and with it as the default."""
    answers, kept_from = dict(interview.answers), dict(interview.kept_from)
    del kept_from[question_id]
    last_time = {**interview.last_time, question_id: answers.pop(question_id)}
    return replace(interview, answers=answers, kept_from=kept_from, last_time=last_time)


def _trouble(interview: Interview) -> frozenset[str]:
    """Return the ids of what counts only together."""
    known = interview.tables.questionnaire
    return frozenset(one for one in interview.to_confirm if known[one].lasting is Lasting.IF_SAME)
