"""Where an interview starts: from nothing, from answers given elsewhere, from a draft, or from an earlier visit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from nmtchoose.desk.desk import Desk
from nmtchoose.desk.keeping import Keeping
from nmtchoose.desk.prompter import Prompter, Voice
from nmtchoose.desk.saving import SavingWanted
from nmtchoose.desk.taking_up import draft_to_take_up, draft_words
from nmtchoose.engine.interview import state
from nmtchoose.errors import Code, FileError, fault
from nmtchoose.files.drafts import (
    Claim,
    Draft,
    claim,
    delete_old_drafts,
    drafts_folder,
    find_draft,
    new_id,
    restore,
)
from nmtchoose.model.answers import Answers, Correction


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
    """The answers given so far, the voice, whether and for whom to save, and where the answers are kept.

    `news` are lines to say first, `carried` answers from the last visit, on the day `visit`, that may still be true.
    `missing` are the questions that a file of answers leaves open; None where there was no file. `typed` is how lengths
    of time were typed, and `corrected` are answers taken back, and `kept_from` the days from which answers were kept.
    `ask_about` is the record of an earlier visit of which the client has not said yet how it went.
    """

    answers: Answers
    voice: Voice
    saving: SavingWanted
    keeping: Keeping
    news: tuple[str, ...] = ()
    carried: Answers = field(default_factory=dict)
    visit: str = ""
    missing: tuple[str, ...] | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    corrected: tuple[Correction, ...] = ()
    kept_from: Mapping[str, str] = field(default_factory=dict)
    ask_about: str = ""


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
        begun = _taken_up(desk, wanted, saving, folder, draft.id)
    else:
        begun = _afresh(desk, wanted, saving, folder)
    if saving.save:
        with desk.opener.open():
            pass
    if saving.client and not begun.answers:
        from nmtchoose.desk.returning import look_up

        known = look_up(saving.client, desk)
        news = (*begun.news, *known.news)
        begun = replace(begun, news=news, carried=known.answers, visit=known.visit, ask_about=known.ask_about)
    return begun


def _afresh(desk: Desk, wanted: Wanted, saving: SavingWanted, folder: Path) -> Start:
    draft = Draft(id=new_id(), saved=datetime.now(UTC), voice=wanted.voice, client=saving.client, by=saving.by, raw={})
    begun = Start(wanted.given or {}, wanted.voice, saving, _keeping(desk, folder, draft))
    if wanted.given is None:
        return begun
    return replace(begun, missing=state(desk.tables.questionnaire, desk.tables.rules, wanted.given).missing)


def _taken_up(desk: Desk, wanted: Wanted, saving: SavingWanted, folder: Path, draft_id: str) -> Start:
    """Go on with a draft, for its client and with who asked, unless others are named now."""
    ours = _claimed(folder, draft_id)
    found = find_draft(folder, draft_id)
    restored = restore(found, desk.tables.questionnaire)
    voice = wanted.voice if wanted.voice.is_staff else Voice.named(found.voice)
    saving = replace(saving, client=saving.client or found.client, by=saving.by or found.by)
    draft = replace(found, voice=voice, client=saving.client, by=saving.by, raw=restored.answers)
    lost = [f"- {words}" for words in restored.lost]
    news = ("The questions have changed since. These answers no longer fit:", *lost) if lost else ()
    whose = f"Going on with {draft_words(found, datetime.now(UTC))}."
    keeping = _keeping(desk, folder, draft, ours)
    return Start(
        restored.answers,
        voice,
        saving,
        keeping,
        news=(whose, *news),
        typed={one: words for one, words in found.typed.items() if one in restored.answers},
        corrected=found.corrected,
        kept_from=found.kept_from,
    )


def _keeping(desk: Desk, folder: Path, draft: Draft, claimed: Claim | None = None) -> Keeping:
    """Where records are encrypted, no draft is written: it would hold the same answers in clear."""
    days = 0 if desk.opener.encrypts else desk.opener.settings.draft_days
    return Keeping(folder, draft, desk.tables.questionnaire, days, claimed=claimed)


def _claimed(folder: Path, draft_id: str) -> Claim | None:
    """Claim a draft; None where the folder may be read and not written."""
    try:
        return claim(folder, draft_id)
    except BlockingIOError:
        raise FileError([fault(Code.DRAFT_OPEN, name=draft_id)]) from None
    except OSError:
        return None
