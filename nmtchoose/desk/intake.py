"""One intake from consent to record: every step of it, in order."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from nmtchoose.desk.conduct import OnAnswer, conduct
from nmtchoose.desk.desk import Desk
from nmtchoose.desk.handover import HandingOver
from nmtchoose.desk.interview import Interview, begun
from nmtchoose.desk.prompter import Prompter, Voice
from nmtchoose.desk.result import Result, result_of
from nmtchoose.desk.review import review
from nmtchoose.desk.same_as_before import carried_over
from nmtchoose.desk.saving import ask_consent
from nmtchoose.desk.starting import Start
from nmtchoose.desk.welcome import greet
from nmtchoose.model.answers import Answers

if TYPE_CHECKING:
    from nmtchoose.records.entries import Consent


class Outlet(Protocol):
    """Where an intake leaves what is not part of the conversation."""

    def keep(self, result: Result) -> None:
        """Write the answers where that is wanted; called again when it is known what was done about help."""

    def show(self, result: Result, *, seen: bool) -> None:
        """Show the result; `seen` says that what matters in it has been seen already."""

    def finish(self, result: Result, record_id: str) -> None:
        """Say what is left to say when the intake is over; `record_id` is empty where nothing was stored."""


def take(desk: Desk, start: Start, prompter: Prompter | None, outlet: Outlet) -> Result:
    """Ask for consent, ask what is not answered yet, deliver the result, store it where that is wanted, and return it.

    Without a prompter nothing is asked: the answers of `start` are all there are. Raises StoreError, and whatever the
    prompter and the outlet raise; the draft is then still there.
    """
    began, saving = time.monotonic(), start.saving
    if prompter:
        start.keeping.begin(full=not start.carried)
    consent = ask_consent(saving, desk.opener.settings, start.voice, prompter)
    if saving.save and consent is None:
        start.keeping.keep_nothing()
    start = start if consent else replace(start, ask_about="")
    result = _asked(desk, start, prompter, outlet) if prompter else result_of(desk.tables, start.answers)
    outlet.keep(result)
    if prompter:
        prompter.release()
    outlet.show(result, seen=result.help is not None and start.keeping.keeps)
    record_id = _stored(desk, start, result, consent, began) if consent else ""
    outlet.finish(result, record_id)
    if prompter:
        start.keeping.finish(result.answers, help_told=result.help or {}, record=record_id)
    return result


def _asked(desk: Desk, start: Start, prompter: Prompter, outlet: Outlet) -> Result:
    """Ask, let the answers be looked through, and return the result; an emergency stays in view until it is left."""
    greet(desk, start, prompter)
    for line in start.news:
        prompter.say(line)
    if start.ask_about:
        _ask_how_it_went(desk, start, prompter)
    with HandingOver(prompter) if start.voice is Voice.STAFF else nullcontext(prompter) as asker:
        on_answer = _after_answers(desk, start, asker)
        interview = begun(desk.tables, start.answers, start.voice)
        interview = replace(interview, typed=start.typed, corrected=start.corrected, kept_from=start.kept_from)
        interview = carried_over(interview, start.carried, start.visit)
        while True:
            interview = review(conduct(interview, asker, on_answer), asker, on_answer)
            result = replace(
                result_of(desk.tables, interview.answers),
                typed=interview.typed,
                corrected=interview.corrected,
                kept_from=interview.kept_from,
            )
            if not result.assessment.disposition.is_emergency:
                return result
            told = _alarmed(desk, start.voice, result, asker, outlet)
            if told:
                return replace(result, help=told)
            from nmtchoose.desk.emergency import second_look

            interview = second_look(interview, asker, _clock)
            on_answer(interview)


def _ask_how_it_went(desk: Desk, start: Start, prompter: Prompter) -> None:
    """Ask how the problem of the last visit is now, and note it there."""
    from nmtchoose.desk.outcomes import asked_again

    told = asked_again(prompter, start.voice, start.saving.asked_by(start.voice))
    if told:
        with desk.opener.open() as store:
            store.add_to(start.ask_about, told)


def _alarmed(desk: Desk, voice: Voice, result: Result, asker: Prompter, outlet: Outlet) -> Mapping[str, str] | None:
    """Show the emergency and return what was done about help; None after a wrong key.

    The result is delivered also when nobody answers.
    """
    from nmtchoose.desk.emergency import alarm_of, ask_about_help  # no question waits for it

    outlet.keep(result)
    alarm = alarm_of(result, desk.region, voice)
    try:
        return ask_about_help(asker, alarm, result.assessment.disposition, desk.region, _clock)
    except (KeyboardInterrupt, EOFError):
        asker.release()
        outlet.show(result, seen=True)
        outlet.finish(result, "")
        raise


def _clock() -> datetime:
    return datetime.now().astimezone()


def _after_answers(desk: Desk, start: Start, asker: Prompter) -> OnAnswer:
    """Return what happens after each answer: it is kept, and staff see flags arise."""
    note = _noting(desk, start, asker)

    def after(interview: Interview) -> None:
        start.keeping.keep(
            interview.answers,
            asker.say,
            typed=interview.typed,
            corrected=interview.corrected,
            kept_from=interview.kept_from,
        )
        for line in note(interview.answers):
            asker.say(line)

    return after


def _noting(desk: Desk, start: Start, asker: Prompter) -> Callable[[Answers], tuple[str, ...]]:
    """Return what names the flags that arise, to staff alone."""
    if not start.voice.is_staff:
        return lambda answers: ()
    from nmtchoose.desk.noting import Noting
    from nmtchoose.words.sentences import with_numbers

    noting = Noting(desk.tables, start.answers)
    return lambda answers: tuple(with_numbers(line, desk.region) for line in noting.after(answers))


def _stored(desk: Desk, start: Start, result: Result, consent: Consent, began: float) -> str:
    """Store the result of an intake that `began` at that reading of the clock, and return the id of the record."""
    from nmtchoose.desk.recording import new_intake

    intake = new_intake(
        result,
        consent,
        client=start.saving.client,
        asked_by=start.saving.asked_by(start.voice),
        voice=start.voice.value,
        seconds=round(time.monotonic() - began),
        full=not start.carried,
    )
    with desk.opener.open() as store:
        store.save(intake)
    return intake.id
