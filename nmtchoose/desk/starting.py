"""Where an interview starts: from nothing, from answers given elsewhere, from a draft, or from an earlier visit."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from nmtchoose.desk.desk import Desk
from nmtchoose.desk.keeping import Keeping
from nmtchoose.desk.prompter import Voice
from nmtchoose.desk.saving import SavingWanted
from nmtchoose.engine.interview import state
from nmtchoose.errors import Code, FileError, fault
from nmtchoose.files.draft_claim import Claim, claim
from nmtchoose.files.drafts import delete_old_drafts, drafts_folder, find_draft, kept_days, new_id, restore
from nmtchoose.model.answers import Answers


class Wanted(Struct, frozen=True):
    """Where to start, and for whom the words are.

    `given` are the answers of a file. With `drafted` the interview goes on with the draft `draft`, or the latest.
    """

    given: Answers | None = None
    drafted: bool = False
    draft: str | None = None
    voice: Voice = Voice.CLIENT


class Start(Struct, frozen=True):
    """The answers given so far, the voice, and where they are kept.

    `news` are lines to say first, `carried` answers from an earlier visit that may still be true. `missing` are the
    questions that a file of answers leaves open; None where there was no file.
    """

    answers: Answers
    voice: Voice
    keeping: Keeping
    news: tuple[str, ...] = ()
    carried: Answers = field(default_factory=dict)
    missing: tuple[str, ...] | None = None


def start(desk: Desk, wanted: Wanted, saving: SavingWanted) -> Start:
    """Return where the interview starts; drafts that are too old are deleted first.

    A store that cannot be opened is found out here, before anything is asked. Raises FileError when there is no such
    draft or another window has it, and StoreError.
    """
    folder, days = drafts_folder(), kept_days(desk.opener.settings.draft_days)
    delete_old_drafts(folder, days, datetime.now(UTC))
    begun = (_taken_up if wanted.drafted else _afresh)(desk, wanted, folder, days)
    if saving.save:
        with desk.opener.open():
            pass
    if saving.client and not begun.answers:
        from nmtchoose.desk.returning import look_up

        known = look_up(saving.client, desk)
        begun = replace(begun, news=(*begun.news, *known.news), carried=known.answers)
    return begun


def _afresh(desk: Desk, wanted: Wanted, folder: Path, days: int) -> Start:
    keeping = Keeping(folder, new_id(), wanted.voice, desk.tables.questionnaire, days)
    if wanted.given is None:
        return Start({}, wanted.voice, keeping)
    missing = state(desk.tables.questionnaire, desk.tables.rules, wanted.given).missing
    return Start(wanted.given, wanted.voice, keeping, missing=missing)


def _taken_up(desk: Desk, wanted: Wanted, folder: Path, days: int) -> Start:
    questionnaire = desk.tables.questionnaire
    found = find_draft(folder, wanted.draft)
    ours = _claimed(folder, found.id)
    found = find_draft(folder, found.id)
    restored = restore(found, questionnaire)
    voice = Voice.STAFF if found.voice == Voice.STAFF else wanted.voice
    keeping = Keeping(folder, found.id, voice, questionnaire, days, claimed=ours, answered=len(restored.answers))
    lost = [f"- {words}" for words in restored.lost]
    news = ("The questions have changed since. These answers no longer fit:", *lost) if lost else ()
    return Start(restored.answers, voice, keeping, news)


def _claimed(folder: Path, draft_id: str) -> Claim | None:
    """Claim a draft; None where the folder may be read and not written."""
    try:
        return claim(folder, draft_id)
    except BlockingIOError:
        raise FileError([fault(Code.DRAFT_OPEN, name=draft_id)]) from None
    except OSError:
        return None
