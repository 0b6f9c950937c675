"""`nmtchoose drafts`: list unfinished interviews, or delete them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from nmtchoose.cli.lines import counted, say
from nmtchoose.records.draft_claim import is_open
from nmtchoose.records.drafts import Draft, delete_draft, drafts_folder, find_draft, list_drafts


def run(delete: Sequence[str], *, delete_all: bool) -> None:
    """Print one line per draft, the newest first; or delete those named (every one with `delete_all`).

    No answer is shown. Raises FileError for a draft that does not exist, before any is deleted.
    """
    folder = drafts_folder()
    if delete or delete_all:
        doomed = (
            [one.id for one in list_drafts(folder)] if delete_all else [find_draft(folder, one).id for one in delete]
        )
        for draft_id in doomed:
            delete_draft(folder, draft_id)
        say([f"Deleted {len(doomed)}."])
        return
    found = list_drafts(folder)
    if not found:
        say(["There are no drafts."])
    say(_line(draft, is_open=is_open(folder, draft.id)) for draft in found)


def _line(draft: Draft, *, is_open: bool) -> str:
    way = "open in another window" if is_open else f"nmtchoose intake --draft {draft.id}"
    return f"{draft.id}  saved {_ago(draft.saved)}, {counted(len(draft.raw), 'answer')}  ({way})"


def _ago(saved: datetime) -> str:
    minutes = max(int((datetime.now(UTC) - saved).total_seconds() // 60), 0)
    if minutes < 60:
        return f"{counted(minutes, 'minute')} ago"
    hours = minutes // 60
    return f"{counted(hours, 'hour')} ago" if hours < 48 else f"{hours // 24} days ago"
