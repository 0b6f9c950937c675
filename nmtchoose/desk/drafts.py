"""The draft of an interview: kept while it runs, so that nothing is lost however it ends, and taken up again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from nmtchoose.desk.interview import Interview, Result, begun
from nmtchoose.desk.prompter import Prompter, Voice
from nmtchoose.errors import Code, FileError, fault
from nmtchoose.files.drafts import (
    LAST,
    Claim,
    Draft,
    claim,
    delete_draft,
    find_draft,
    holding,
    is_open,
    list_drafts,
    make_folder,
    restore,
    save_draft,
)
from nmtchoose.model.tables import Tables
from nmtchoose.words.sentences import counted

_NOT_KEPT = "Your answers cannot be kept on this disk. You can go on; if you stop, they are lost."
NO_NAME = "no name"
_WHICH = "Which interview do you want to go on with?"


class Keeping:
    """The draft of one interview: saved after every answer; after the result only as the one that was finished last.

    A disk that is full or may not be written never ends an interview: `warn` is told once, and the next answer tries
    again. With `days` 0 nothing is ever written. `draft` says whose interview it is; one that is taken up holds answers
    and is ours by `claimed`, where it could be claimed.
    """

    def __init__(self, folder: Path, draft: Draft, days: int, *, claimed: Claim | None = None) -> None:
        self._folder = folder
        self._draft = draft
        self._days = days
        self._claim = claimed
        self._warned = False
        self.declined = False
        """Whether the client does not want anything kept."""
        self._answered = self._kept = len(draft.raw)

    @property
    def keeps(self) -> bool:
        """Whether anything may be kept."""
        return self._days > 0

    @property
    def full(self) -> bool:
        """Whether nothing was carried over from an earlier visit into this interview, also before it was stopped."""
        return self._draft.full

    def begin(self, *, full: bool) -> None:
        """Delete the interview that was finished before; `full` says that nothing is carried over into this one."""
        self._draft = replace(self._draft, full=full and self._draft.full)
        with suppress(FileError):
            delete_draft(self._folder, LAST)

    def keep_nothing(self) -> None:
        """Write nothing from now on: the client does not want anything kept."""
        self._days, self.declined = 0, True

    def keep(self, interview: Interview, warn: Callable[[str], None]) -> None:
        """Save the answers of `interview`, and what is known beside them; `warn` is told once where that fails."""
        self._answered = len(interview.answers)
        if not self.keeps:
            return
        try:
            make_folder(self._folder)
            self._draft = replace(
                self._draft, typed=interview.typed, corrected=interview.corrected, kept_from=interview.kept_from
            )
            self._claim = self._claim or claim(self._folder, self._draft.id)
            save_draft(self._folder, holding(self._draft, interview.answers, interview.tables.questionnaire))
            self._kept = len(interview.answers)
        except (FileError, OSError):
            if not self._warned:
                warn(_NOT_KEPT)
            self._warned = True

    def finish(self, result: Result, record: str) -> None:
        """Delete the draft, because the result was delivered. It can be looked at again until the next one begins.

        `record` is the id in the store, if it is there. Raises FileError when the draft cannot be deleted.
        """
        finished = replace(self._draft, id=LAST, help=result.help or {}, record=record)
        try:
            if self.keeps:
                with suppress(FileError):
                    save_draft(self._folder, holding(finished, result.answers, result.tables.questionnaire))
            if self._kept:
                delete_draft(self._folder, self._draft.id)
        finally:
            self.free()

    def free(self) -> None:
        """Leave the draft to whoever takes it up."""
        if self._claim:
            self._claim.free()
        self._claim = None

    def last_words(self) -> tuple[str, ...]:
        """Return what to say to somebody who stops; where something is kept, the last line says how to go on."""
        if not self._answered:
            return ("Stopped. Nothing was answered, so nothing is kept.",)
        if not self._kept:
            return ("Stopped. Nothing is kept.",)
        whose = "Your answers are" if self._kept >= self._answered else "Not all of your answers are"
        alone = len(list_drafts(self._folder)) == 1
        how = "To go on: nmtchoose intake --resume" if alone else f"nmtchoose intake --draft {self._draft.id}"
        return (f"Stopped. {whose} kept.", *(() if alone else ("To go on:",)), how)


def draft_to_take_up(folder: Path, draft_id: str | None, client: str, asker: Callable[[], Prompter]) -> Draft:
    """Return the draft `draft_id`, or for None the one that is meant: with several, a prompter of `asker` asks which.

    With a `client` only drafts of that client are meant; by its id one that has no name may be taken up too. Raises
    FileError when there is none, and when it is another client's.
    """
    if draft_id is not None:
        found = find_draft(folder, draft_id)
        require_client(found, client)
        return found
    free = [draft for draft in list_drafts(folder) if not is_open(folder, draft.id)]
    meant = [draft for draft in free if not client or _is_of(draft, client)]
    if not free:
        raise FileError([fault(Code.DRAFT_NONE)])
    if not meant:
        raise _of_another(free, client)
    return meant[0] if len(meant) == 1 else _picked(meant, asker())


def interview_of(draft: Draft, tables: Tables, voice: Voice) -> tuple[Interview, tuple[str, ...]]:
    """Return the interview that `draft` holds, and the words of the questions whose answers no longer fit `tables`."""
    found = restore(draft, tables.questionnaire)
    typed = {one: words for one, words in draft.typed.items() if one in found.answers}
    interview = begun(tables, found.answers, voice)
    return replace(interview, typed=typed, corrected=draft.corrected, kept_from=draft.kept_from), found.lost


def require_client(draft: Draft, client: str) -> None:
    """Raise FileError where `draft` is another client's than `client`; one without a name may be anybody's."""
    if client and draft.client and not _is_of(draft, client):
        raise _of_another([draft], client)


def draft_words(draft: Draft, now: datetime) -> str:
    """Return whose `draft` is, how far it is and from when; never what was said."""
    asked_by = f", asked by {draft.by}" if draft.by else ""
    screens = {one.partition(".")[0] for one in draft.raw}  # the lines of one are `signs.fainted`, `signs.fever`
    answered = f"{counted(len(screens), 'question')} answered"
    return f"{draft.client or NO_NAME}{asked_by}: {answered}, {_ago(draft.saved, now)}"


def _picked(drafts: Sequence[Draft], prompter: Prompter) -> Draft:
    now = datetime.now(UTC)
    rows = tuple((draft.id, draft_words(draft, now)) for draft in drafts)
    chosen = prompter.choose(_WHICH, rows)
    return next(draft for draft in drafts if draft.id == chosen)


def _is_of(draft: Draft, client: str) -> bool:
    return draft.client.casefold() == client.casefold()


def _of_another(drafts: Sequence[Draft], client: str) -> FileError:
    others = dict.fromkeys(f"'{draft.client}'" if draft.client else f"{NO_NAME} ({draft.id})" for draft in drafts)
    return FileError([fault(Code.DRAFT_OF_ANOTHER, others=", ".join(others), client=client)])


def _ago(saved: datetime, now: datetime) -> str:
    minutes = max(int((now - saved).total_seconds() // 60), 0)
    for length, unit in ((48 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= length:
            return f"{counted(minutes // (24 * 60 if unit == 'day' else length), unit)} ago"
    return "just now"
