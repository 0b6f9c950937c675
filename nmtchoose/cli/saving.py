"""Saving an intake: the client is asked first, and nothing is stored before the consent is known."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from nmtchoose.cli.opened import Opener
from nmtchoose.errors import Code, StoreError, fault
from nmtchoose.model.answers import Answers
from nmtchoose.model.tables import Tables
from nmtchoose.prompts.protocol import Prompter, Voice

if TYPE_CHECKING:
    from nmtchoose.model.assessment import Assessment
    from nmtchoose.store.entries import Consent, Intake

AGREE = "agree"
DECLINE = "decline"
_LONGEST_NAME = 60


class SavingWanted(Struct, frozen=True):
    """What the flags say: whether to save, for which client, who asks, and whether consent was given before."""

    save: bool = False
    client: str = ""
    by: str = ""
    consented: bool = False


def saving_wanted(client: str | None, by: str | None, *, save: bool, consented: bool) -> SavingWanted:
    """Return the flags, checked; raises StoreError for a client reference that cannot be one."""
    reference = "" if client is None else _checked(client)
    return SavingWanted(save, reference, " ".join((by or "").split())[:_LONGEST_NAME], consented)


def _checked(client: str) -> str:
    from nmtchoose.store.entries import checked_reference

    return checked_reference(client)


class Saving:
    """The record of one interview: consent first, then the answers with their result, in one transaction.

    A store that cannot be opened is found out here, before anything is asked: raises StoreError.
    """

    def __init__(self, wanted: SavingWanted, opener: Opener, voice: Voice) -> None:
        self._wanted = wanted
        self._opener = opener
        self._voice = voice
        self._began = time.monotonic()
        self._consent: Consent | None = None
        if wanted.save:
            with opener.open():
                pass

    @property
    def declined(self) -> bool:
        """Whether the client was asked and said no."""
        return self._wanted.save and self._consent is None

    def ask(self, prompter: Prompter | None) -> None:
        """Ask for consent, unless it was given before. Raises StoreError where nobody can be asked."""
        if not self._wanted.save:
            return
        from nmtchoose.practice.consent import consent_words
        from nmtchoose.store.entries import Consent, now

        version, words = consent_words(self._opener.settings)
        if self._wanted.consented and self._wanted.by:
            self._consent = Consent(version, now(), self._wanted.by)
        elif prompter is None:
            raise StoreError([fault(Code.CONSENT_UNKNOWN)])
        elif prompter.choose(words, ((AGREE, "Yes, keep them"), (DECLINE, "No, keep nothing"))) == AGREE:
            self._consent = Consent(version, now(), self._by)
        else:
            prompter.say("Nothing will be kept.")

    @property
    def _by(self) -> str:
        return self._wanted.by or ("staff" if self._voice is Voice.STAFF else "client")

    def save(
        self, tables: Tables, kept: Answers, assessment: Assessment, helped: Mapping[str, object], *, full: bool
    ) -> str | None:
        """Store the intake and return its id; None where it is not to be stored. Raises StoreError."""
        if not self._wanted.save or self._consent is None:
            return None
        intake = self._intake(tables, kept, assessment, helped, self._consent, full=full)
        with self._opener.open() as store:
            store.save(intake)
        return intake.id

    def _intake(
        self,
        tables: Tables,
        kept: Answers,
        assessment: Assessment,
        helped: Mapping[str, object],
        consent: Consent,
        *,
        full: bool,
    ) -> Intake:
        from nmtchoose.formats.answers_json import listed_answers
        from nmtchoose.store.entries import Intake, new_id, now

        status = helped.get("help")
        return Intake(
            id=new_id(),
            taken_at=now(),
            consent=consent,
            answers=listed_answers(kept),
            assessment=result_document(tables, assessment),
            told=told_in_words(tables, kept),
            client=self._wanted.client,
            asked_by=self._by,
            voice=self._voice.value,
            seconds=round(time.monotonic() - self._began),
            full=full,
            offered=offered_by(tables),
            help_status=str(status["status"]) if isinstance(status, Mapping) else "",
        )


def offered_by(tables: Tables) -> tuple[str, ...]:
    """Return the therapies that the practice offers; none where it offers all."""
    if not tables.rules.not_offered:
        return ()
    return tuple(sorted({one.id for one in tables.rules.therapies} - tables.rules.not_offered))


def result_document(tables: Tables, assessment: Assessment) -> Mapping[str, object]:
    """Return the result as it is stored: with the telephone numbers left in words."""
    from nmtchoose.formats.assessment_json import assessment_record

    return assessment_record(assessment, tables.rules)


def told_in_words(tables: Tables, kept: Answers) -> tuple[tuple[str, str], ...]:
    """Return the questions and answers in words, so that a record can be read when the questions have changed."""
    from nmtchoose.words.answers import answer_words

    asked = (one for one in tables.questionnaire.questions if one.id in kept)
    return tuple((one.ask.client, answer_words(one, kept[one.id])) for one in asked)
