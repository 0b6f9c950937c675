"""Whether an intake is saved: the client is asked first, and nothing is stored before the consent is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nmtchoose.desk.prompter import Prompter, Voice
from nmtchoose.errors import Code, StoreError, fault
from nmtchoose.practice.settings import Settings

if TYPE_CHECKING:
    from nmtchoose.records.entries import Consent

AGREE = "agree"
DECLINE = "decline"
_LONGEST_NAME = 60


class SavingWanted(Struct, frozen=True):
    """Whether to save, for which client, who asks, and whether consent was given before."""

    save: bool = False
    client: str = ""
    by: str = ""
    consented: bool = False

    def asked_by(self, voice: Voice) -> str:
        """Return who asks: by name, or as whom the words are for."""
        return self.by or ("staff" if voice.is_staff else "client")


def saving_wanted(client: str | None, by: str | None, *, save: bool, consented: bool) -> SavingWanted:
    """Return what is wanted, checked; raises StoreError for a client reference that cannot be one."""
    if client is not None:
        from nmtchoose.records.entries import checked_reference

        client = checked_reference(client)
    return SavingWanted(save, client or "", " ".join((by or "").split())[:_LONGEST_NAME], consented)


def ask_consent(wanted: SavingWanted, settings: Settings, voice: Voice, prompter: Prompter | None) -> Consent | None:
    """Return the consent, asked for unless it was given before; None where nothing is to be saved, or a client says no.

    Raises StoreError where nobody can be asked.
    """
    if not wanted.save:
        return None
    from nmtchoose.practice.settings import consent_words
    from nmtchoose.records.entries import Consent, now

    version, words = consent_words(settings)
    if wanted.consented and wanted.by:
        return Consent(version, now(), wanted.by)
    if prompter is None:
        raise StoreError([fault(Code.CONSENT_UNKNOWN)])
    if prompter.choose(words, ((AGREE, "Yes, keep them"), (DECLINE, "No, keep nothing"))) == AGREE:
        return Consent(version, now(), wanted.asked_by(voice))
    prompter.say("Nothing will be kept.")
    return None
