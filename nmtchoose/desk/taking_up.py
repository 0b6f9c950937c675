"""Going on with an interview that was stopped: whose it is, and that nobody goes on with somebody else's answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from nmtchoose.desk.prompter import Prompter
from nmtchoose.errors import Code, FileError, fault
from nmtchoose.files.drafts import Draft, find_draft, is_open, list_drafts
from nmtchoose.words.sentences import counted

NO_NAME = "no name"
_WHICH = "Which interview do you want to go on with?"


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
