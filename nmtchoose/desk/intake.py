"""One intake from consent to record: every step of it, in order."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from nmtchoose.desk.conduct import OnAnswer, conduct
from nmtchoose.desk.desk import Desk
from nmtchoose.desk.handover import HandingOver
from nmtchoose.desk.interview import begun
from nmtchoose.desk.prompter import Prompter, Voice
from nmtchoose.desk.result import Result, result_of
from nmtchoose.desk.returning import still_true
from nmtchoose.desk.review import review
from nmtchoose.desk.saving import SavingWanted, ask_consent
from nmtchoose.desk.starting import Start
from nmtchoose.model.answers import Answers

if TYPE_CHECKING:
    from nmtchoose.records.entries import Consent


class Outlet(Protocol):
    """Where an intake leaves what is not part of the conversation."""

    def keep(self, result: Result) -> None:
        """Write the answers where that is wanted; called again when it is known what was done about help."""

    def show(self, result: Result) -> bool:
        """Show the result, and return whether whoever was asked can see it now."""

    def finish(self, result: Result, record_id: str) -> None:
        """Say what is left to say when the intake is over; `record_id` is empty where nothing was stored."""


def take(desk: Desk, start: Start, saving: SavingWanted, prompter: Prompter | None, outlet: Outlet) -> Result:
    """Ask for consent, ask what is not answered yet, deliver the result and store it as `saving` says; return it.

    Without a prompter nothing is asked: the answers of `start` are all there are. Raises StoreError, and whatever the
    prompter and the outlet raise; the draft is then still there.
    """
    began = time.monotonic()
    consent = ask_consent(saving, desk.opener.settings, start.voice, prompter)
    if saving.save and consent is None:
        start.keeping.keep_nothing()
    result = result_of(desk.tables, _asked(desk, start, prompter) if prompter else start.answers)
    outlet.keep(result)
    if prompter:
        prompter.release()
    seen = outlet.show(result)
    if prompter and result.assessment.disposition.is_emergency:
        result = _with_help(desk, result, prompter, seen=seen)
        outlet.keep(result)
    record_id = _stored(desk, start, saving, result, consent, began) if consent else ""
    outlet.finish(result, record_id)
    start.keeping.forget()
    return result


def _asked(desk: Desk, start: Start, prompter: Prompter) -> Answers:
    """Ask, let the answers be looked through, and return them."""
    for line in start.news:
        prompter.say(line)
    with HandingOver(prompter) if start.voice is Voice.STAFF else nullcontext(prompter) as asker:
        on_answer = _after_answers(desk, start, asker)
        same = still_true(desk.tables.questionnaire, asker, start.carried, start.voice)
        interview = begun(desk.tables, {**start.answers, **same}, start.voice, start.carried)
        return review(conduct(interview, asker, on_answer), asker, on_answer).answers


def _after_answers(desk: Desk, start: Start, asker: Prompter) -> OnAnswer:
    """Return what happens after each answer: it is kept, and staff see flags arise."""
    note = _noting(desk, start, asker)

    def after(answers: Answers) -> None:
        start.keeping.keep(answers, asker.say)
        for line in note(answers):
            asker.say(line)

    return after


def _noting(desk: Desk, start: Start, asker: Prompter) -> Callable[[Answers], tuple[str, ...]]:
    """Return what names the flags that arise, to staff alone."""
    if start.voice is not Voice.STAFF:
        return lambda answers: ()
    from nmtchoose.desk.noting import Noting
    from nmtchoose.words.sentences import with_numbers

    noting = Noting(desk.tables, start.answers)
    return lambda answers: tuple(with_numbers(line, desk.region) for line in noting.after(answers))


def _stored(desk: Desk, start: Start, saving: SavingWanted, result: Result, consent: Consent, began: float) -> str:
    """Store the result of an intake that `began` at that reading of the clock, and return the id of the record."""
    from nmtchoose.desk.recording import new_intake

    intake = new_intake(
        result,
        consent,
        client=saving.client,
        asked_by=saving.asked_by(start.voice),
        voice=start.voice.value,
        seconds=round(time.monotonic() - began),
        full=not start.carried,
    )
    with desk.opener.open() as store:
        store.save(intake)
    return intake.id


def _with_help(desk: Desk, result: Result, prompter: Prompter, *, seen: bool) -> Result:
    """Ask after an emergency whether help was called, and return the result with that."""
    from nmtchoose.desk.emergency import ask_about_help, say_emergency

    disposition = result.assessment.disposition
    said = desk.tables.rules.dispositions[disposition]
    if not seen:
        say_emergency(prompter, said, desk.region)
    told = ask_about_help(prompter, disposition, said.title, desk.region, lambda: datetime.now().astimezone())
    return replace(result, help=told)
