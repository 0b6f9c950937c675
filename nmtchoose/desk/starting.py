"""Where an interview starts: from nothing, from answers given elsewhere, from a draft, or from an earlier visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from nmtchoose.desk.desk import Desk, SavingWanted
from nmtchoose.desk.drafts import Keeping, draft_to_take_up, draft_words, interview_of
from nmtchoose.desk.interview import Interview, begun
from nmtchoose.desk.prompter import Prompter, Voice
from nmtchoose.desk.returning import Returning, look_up
from nmtchoose.engine.interview import state
from nmtchoose.errors import Code, FileError, fault
from nmtchoose.files.drafts import Claim, Draft, claim, delete_old_drafts, drafts_folder, find_draft, new_id
from nmtchoose.model.answers import Answers


class Wanted(Struct, frozen=True):
    """Where to start, and for whom the words are.

    `given` are the answers of a file. With `drafted` the interview goes on with the draft `draft`, or with the only one
    that is meant.
    """

    given: Answers | None = None
    drafted: bool = False
    draft: str | None = None
    voice: Voice = Voice.CLIENT


class Start(Struct, frozen=True):
    """The interview at a desk, whether and for whom to save, where answers are kept, what is known of the client.

    `news` are lines to say first. `missing` are the questions that a file of answers leaves open; None where there was
    no file.
    """

    desk: Desk
    interview: Interview
    saving: SavingWanted
    keeping: Keeping
    news: tuple[str, ...] = ()
    missing: tuple[str, ...] | None = None
    known: Returning = Returning()

    @property
    def voice(self) -> Voice:
        """Whom the words are for."""
        return self.interview.voice


def start(desk: Desk, wanted: Wanted, saving: SavingWanted, asker: Callable[[], Prompter]) -> Start:
    """Return where the interview starts; drafts that are too old are deleted first.

    `asker` gives a prompter, for when there are several drafts to choose from. A store that cannot be opened is found
    out here, before anything is asked. Raises FileError when there is no such draft, it is another client's or another
    window has it, and StoreError.
    """
    folder, days = drafts_folder(), desk.opener.settings.draft_days
    delete_old_drafts(folder, days, datetime.now(UTC))
    if wanted.drafted:
        draft = draft_to_take_up(folder, wanted.draft, saving.client, asker)
        begins = _taken_up(desk, wanted, saving, folder, draft.id)
    else:
        begins = _afresh(desk, wanted, saving, folder)
    if saving.save:
        with desk.opener.open():
            pass
    if saving.client and not begins.interview.answers:
        known = look_up(saving.client, desk)
        begins = replace(begins, news=(*begins.news, *known.news), known=known)
    return begins


def _afresh(desk: Desk, wanted: Wanted, saving: SavingWanted, folder: Path) -> Start:
    draft = Draft(id=new_id(), saved=datetime.now(UTC), voice=wanted.voice, client=saving.client, by=saving.by, raw={})
    interview = begun(desk.tables, wanted.given or {}, wanted.voice)
    questionnaire, rules = desk.tables.questionnaire, desk.tables.rules
    missing = None if wanted.given is None else state(questionnaire, rules, wanted.given).missing
    return Start(desk, interview, saving, _keeping(desk, folder, draft), missing=missing)


def _taken_up(desk: Desk, wanted: Wanted, saving: SavingWanted, folder: Path, draft_id: str) -> Start:
    """Go on with a draft, for its client and with who asked, unless others are named now."""
    ours = _claimed(folder, draft_id)
    found = find_draft(folder, draft_id)
    voice = wanted.voice if wanted.voice.is_staff else Voice.named(found.voice)
    interview, lost = interview_of(found, desk.tables, voice)
    saving = replace(saving, client=saving.client or found.client, by=saving.by or found.by)
    draft = replace(found, voice=voice, client=saving.client, by=saving.by, raw=interview.answers)
    news = ("The questions have changed since. These answers no longer fit:", *(f"- {words}" for words in lost))
    whose = f"Going on with {draft_words(found, datetime.now(UTC))}."
    keeping = _keeping(desk, folder, draft, ours)
    return Start(desk, interview, saving, keeping, (whose, *news) if lost else (whose,))


def _keeping(desk: Desk, folder: Path, draft: Draft, claimed: Claim | None = None) -> Keeping:
    """Where records are encrypted, no draft is written: it would hold the same answers in clear."""
    days = 0 if desk.opener.encrypts else desk.opener.settings.draft_days
    return Keeping(folder, draft, days, claimed=claimed)


def _claimed(folder: Path, draft_id: str) -> Claim | None:
    """Claim a draft; None where the folder may be read and not written."""
    try:
        return claim(folder, draft_id)
    except BlockingIOError:
        raise FileError([fault(Code.DRAFT_OPEN, name=draft_id)]) from None
    except OSError:
        return None
