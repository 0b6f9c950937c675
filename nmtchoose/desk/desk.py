"""The desk where intakes are taken: the pair in use, the telephone numbers, the store, and who agrees to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from nmtchoose.desk.prompter import Prompter, Voice
from nmtchoose.errors import Code, StoreError, fault
from nmtchoose.files.atomic import usual_place
from nmtchoose.model.rules import Region
from nmtchoose.model.tables import Tables
from nmtchoose.practice.current import current_settings
from nmtchoose.practice.passphrase import passphrase_of
from nmtchoose.practice.settings import Settings, consent_words

if TYPE_CHECKING:
    from nmtchoose.records.entries import Consent, Record
    from nmtchoose.records.store import Passphrase, Store

AGREE, DECLINE = "agree", "decline"
_LONGEST_NAME = 60
_ID = re.compile("[0-9a-f]{4,40}")  # as new ids are; a file that is not there must not be looked for among records


class Opener:
    """Opens the store as often as needed and asks for its passphrase at most once."""

    def __init__(self) -> None:
        self.settings = current_settings()
        self._passphrase: Passphrase = passphrase_of(self.settings)

    def open(self) -> Store:
        """Return the store, created when it is not there; raises StoreError."""
        from nmtchoose.records.store import open_store

        return open_store(self.settings.store, self._passphrase)

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """Give the store to read from, and at the end raise StoreError for the records that could not be read."""
        with self.open() as store:
            yield store
            unreadable = store.unreadable
        if unreadable:
            raise StoreError(unreadable)

    @property
    def there(self) -> bool:
        """Whether there is a store already."""
        from nmtchoose.records.store import exists

        return exists(self.settings.store)

    @cached_property
    def encrypts(self) -> bool:
        """Whether what clients say is kept encrypted, and so nowhere else; also where nobody can look now."""
        if not (self.settings.store or usual_place().exists()):
            return False
        from nmtchoose.records.store import keeps_encrypted

        try:
            return keeps_encrypted(self.settings.store)
        except StoreError:
            return True


def record_named(source: str) -> Record | None:
    """Return the record whose id starts with `source`, or raise StoreError; None for a file, or what can be no id."""
    if not _ID.fullmatch(source) or Path(source).exists():
        return None
    opener = Opener()
    if not opener.there:
        return None
    with opener.open() as store:
        return store.record(store.find(source))


class Desk(Struct, frozen=True):
    """What does not change from one intake to the next."""

    tables: Tables
    region: Region
    opener: Opener


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
