"""One intake from its first words to the record: every step of it, in order."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from nmtchoose.desk.conduct import OnAnswer, conduct, review
from nmtchoose.desk.desk import ask_consent
from nmtchoose.desk.handover import HandingOver
from nmtchoose.desk.interview import Interview, Result, concluded
from nmtchoose.desk.prompter import Prompter, Voice
from nmtchoose.desk.returning import carried_over
from nmtchoose.desk.starting import Start
from nmtchoose.engine.evaluate import because, truth, view
from nmtchoose.model.answers import Answers
from nmtchoose.model.rules import Rule
from nmtchoose.model.tables import Tables
from nmtchoose.words.sentences import counted, sentences_of, with_numbers

if TYPE_CHECKING:
    from nmtchoose.records.entries import Consent

_HOW_LONG = {
    Voice.CLIENT: "This takes a few minutes.",
    Voice.STAFF: "This takes a few minutes. What is private the client answers on the screen.",
    Voice.PHONE: "This takes a few minutes. Read the questions and the answers out as they stand.",
}
_STOPPING = {True: " Ctrl-C stops, and you can go on later.", False: " Ctrl-C stops, and your answers are lost."}
_WHO_READS = {
    Voice.CLIENT: "Your therapist reads your answers; the desk reads those that are not private.",
    Voice.STAFF: "The therapist reads all answers; the desk those that are not private.",
    Voice.PHONE: "The therapist reads all answers. Tell the client so.",
}

MOST_NOTES = 3
"""So many notes are said after one answer; the result lists all of them."""


class Outlet(Protocol):
    """Where an intake leaves what is not part of the conversation."""

    def keep(self, result: Result) -> None:
        """Write the answers where that is wanted; called again when it is known what was done about help."""

    def show(self, result: Result, *, seen: bool) -> None:
        """Show the result; `seen` says that what matters in it has been seen already."""

    def finish(self, result: Result, record_id: str) -> None:
        """Say what is left to say when the intake is over; `record_id` is empty where nothing was stored."""


def take(start: Start, prompter: Prompter | None, outlet: Outlet) -> Result:
    """Ask for consent, ask what is not answered yet, deliver the result, store it where that is wanted, and return it.

    Without a prompter nothing is asked: the answers of `start` are all there are. Raises StoreError, and whatever the
    prompter and the outlet raise; the draft is then still there.
    """
    began, saving = time.monotonic(), start.saving
    if prompter:
        start.keeping.begin(full=not start.known.answers)
    consent = ask_consent(saving, start.desk.opener.settings, start.voice, prompter)
    if saving.save and consent is None:
        start.keeping.keep_nothing()
    if prompter:
        _begin(start, prompter, start.known.ask_about if consent else "")
        result = _asked(start, prompter, outlet)
    else:
        result = concluded(start.interview)
    outlet.keep(result)
    if prompter:
        prompter.release()
    outlet.show(result, seen=result.help is not None and start.keeping.keeps)
    record_id = _stored(start, result, consent, began) if consent else ""
    outlet.finish(result, record_id)
    if prompter:
        start.keeping.finish(result, record_id)
    return result


def _begin(start: Start, prompter: Prompter, visit: str) -> None:
    """Say what there is to say first, and ask how the problem of the record `visit` is now, to note it there."""
    greet(start, prompter)
    for line in start.news:
        prompter.say(line)
    if visit:
        from nmtchoose.desk.amending import asked_again

        told = asked_again(prompter, start.voice, start.saving.asked_by(start.voice))
        if told:
            with start.desk.opener.open() as store:
                store.add_to(visit, told)


def _asked(start: Start, prompter: Prompter, outlet: Outlet) -> Result:
    """Ask, let the answers be looked through, and return the result; an emergency stays in view until it is left."""
    with HandingOver(prompter) if start.voice is Voice.STAFF else nullcontext(prompter) as asker:
        on_answer = _after_answers(start, asker)
        interview = carried_over(start.interview, start.known.answers, start.known.visit)
        while True:
            interview = review(conduct(interview, asker, on_answer), asker, on_answer)
            result = concluded(interview)
            if not result.assessment.disposition.is_emergency:
                return result
            told = _alarmed(start, result, asker, outlet)
            if told:
                return replace(result, help=told)
            from nmtchoose.desk.emergency import second_look

            interview = second_look(interview, asker, _clock)
            on_answer(interview)


def _alarmed(start: Start, result: Result, asker: Prompter, outlet: Outlet) -> Mapping[str, str] | None:
    """Show the emergency and return what was done about help; None after a wrong key.

    The result is delivered also when nobody answers.
    """
    from nmtchoose.desk.emergency import alarm_of, ask_about_help  # no question waits for it

    outlet.keep(result)
    region = start.desk.region
    alarm = alarm_of(result, region, start.voice)
    try:
        return ask_about_help(asker, alarm, result.assessment.disposition, region, _clock)
    except (KeyboardInterrupt, EOFError):
        asker.release()
        outlet.show(result, seen=True)
        outlet.finish(result, "")
        raise


def _clock() -> datetime:
    return datetime.now().astimezone()


def _after_answers(start: Start, asker: Prompter) -> OnAnswer:
    """Return what happens after each answer: it is kept, and staff see flags arise."""
    noting = Noting(start.desk.tables, start.interview.answers) if start.voice.is_staff else None

    def after(interview: Interview) -> None:
        start.keeping.keep(interview, asker.say)
        for line in noting.after(interview.answers) if noting else ():
            asker.say(with_numbers(line, start.desk.region))

    return after


def _stored(start: Start, result: Result, consent: Consent, began: float) -> str:
    """Store the result of an intake that `began` at that reading of the clock, and return the id of the record."""
    from nmtchoose.desk.recording import new_intake

    intake = new_intake(
        result,
        consent,
        client=start.saving.client,
        asked_by=start.saving.asked_by(start.voice),
        voice=start.voice.value,
        seconds=round(time.monotonic() - began),
        full=start.keeping.full and not start.known.answers,
    )
    with start.desk.opener.open() as store:
        store.save(intake)
    return intake.id


def greet(start: Start, prompter: Prompter) -> None:
    """Say it in three lines to who begins an interview, and wait until they are read; who goes on knows it already."""
    if start.interview.answers:
        return
    prompter.say(_HOW_LONG[start.voice] + (_STOPPING[start.keeping.keeps] if start.voice is Voice.CLIENT else ""))
    prompter.say(_WHO_READS[start.voice])
    prompter.pause(_what_is_kept(start))


def _what_is_kept(start: Start) -> str:
    record = start.saving.save and not start.keeping.declined
    if start.keeping.keeps:
        days = start.desk.opener.settings.draft_days
        until = f"until the next interview begins, {counted(days, 'day')} at most"
        if record:
            return f"A record is kept, as agreed; beside it the answers stay on this computer {until}."
        return f"No record is kept. The answers stay on this computer {until}."
    if start.keeping.declined:
        return "Nothing is kept."
    kept = "A record is kept, as agreed" if record else "Nothing is kept"
    why = ", as records are encrypted" if start.desk.opener.encrypts else ""
    return f"{kept}; an unfinished interview is not{why}." if record or why else f"{kept}."


class Noting:
    """Notes what fires, each rule once. Rules that a private answer made fire are left to the therapist."""

    def __init__(self, tables: Tables, answers: Answers) -> None:
        self._tables = tables
        self._noted = {rule.id for rule in self._fired(answers)}

    def after(self, answers: Answers) -> tuple[str, ...]:
        """Return one short line for each safety rule that fires with `answers` and did not before."""
        fired = list(self._fired(answers))
        lines = [noted(rule) for rule in fired if rule.id not in self._noted]
        self._noted = {rule.id for rule in fired}
        left = len(lines) - MOST_NOTES
        return (*lines[:MOST_NOTES], *([f"Noted: {left} more; see the result."] if left > 0 else []))

    def _fired(self, answers: Answers) -> Iterator[Rule]:
        questionnaire = self._tables.questionnaire
        seen = view(questionnaire, answers)
        for rule in self._tables.rules.rules:
            fires = rule.stage.is_safety and truth(rule.when, seen) is True
            if fires and not any(questionnaire[one].private for one in because(rule.when, seen)):
                yield rule


def noted(rule: Rule) -> str:
    """Return what staff read: the first sentence to the therapist, or of the caution."""
    return f"Noted: {sentences_of(rule.tell_therapist or rule.then.caution)[0]}"
