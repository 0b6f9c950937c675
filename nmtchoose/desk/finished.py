"""The interview that was finished last: looked at again, and stored afterwards."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from nmtchoose.desk.desk import Desk
from nmtchoose.desk.prompter import Prompter, Voice
from nmtchoose.desk.recording import new_intake
from nmtchoose.desk.result import Result, result_of
from nmtchoose.desk.saving import SavingWanted, ask_consent
from nmtchoose.desk.taking_up import draft_words, require_client
from nmtchoose.errors import Code, FileError, fault
from nmtchoose.files.drafts import (
    Draft,
    delete_draft,
    delete_old_drafts,
    drafts_folder,
    last_finished,
    restore,
    save_draft,
)
from nmtchoose.records.entries import now


class Finished(Struct, frozen=True):
    """A finished interview, its result, and lines to say first."""

    draft: Draft
    result: Result
    news: tuple[str, ...]

    @property
    def voice(self) -> Voice:
        """Whom the words were for."""
        return Voice.named(self.draft.voice)


def finished(desk: Desk, client: str) -> Finished:
    """Return the interview that was finished last.

    Raises FileError where none is kept, and where it is not that of `client`, if one is named.
    """
    folder = drafts_folder()
    delete_old_drafts(folder, desk.opener.settings.draft_days, now())
    draft = last_finished(folder)
    if draft is None:
        raise FileError([fault(Code.FINISHED_NONE)])
    require_client(draft, client)
    restored = restore(draft, desk.tables.questionnaire)
    result = replace(
        result_of(desk.tables, restored.answers),
        help=draft.help or None,
        typed=draft.typed,
        kept_from=draft.kept_from,
        corrected=draft.corrected,
    )
    lost = ("The questions have changed since. These answers no longer fit:", *restored.lost) if restored.lost else ()
    return Finished(draft, result, (f"The last interview: {draft_words(draft, now())}.", *lost))


def save_finished(desk: Desk, last: Finished, saving: SavingWanted, prompter: Prompter | None) -> str:
    """Store a finished interview when the client agrees, and return the id of its record; empty where they do not.

    One that is stored already is left alone. Raises StoreError where nobody can be asked.
    """
    draft = last.draft
    if draft.record:
        return draft.record
    consent = ask_consent(saving, desk.opener.settings, last.voice, prompter)
    if consent is None:
        return ""
    intake = new_intake(
        last.result,
        consent,
        client=saving.client or draft.client,
        asked_by=saving.by or draft.by or saving.asked_by(last.voice),
        full=draft.full,
        taken_at=draft.saved,
        voice=draft.voice,
    )
    with desk.opener.open() as store:
        store.save(intake)
        encrypted = store.encrypted
    if encrypted:
        delete_draft(drafts_folder(), draft.id)
    else:
        save_draft(drafts_folder(), replace(draft, record=intake.id))
    return intake.id
