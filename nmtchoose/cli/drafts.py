"""`nmtchoose drafts`: list unfinished interviews, or delete them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer

from nmtchoose.cli.lines import counted, say
from nmtchoose.files.draft_claim import is_open
from nmtchoose.files.drafts import Draft, delete_draft, drafts_folder, find_draft, list_drafts


def drafts(
    delete: Annotated[list[str] | None, typer.Option(metavar="ID", help="Delete this draft; may be repeated.")] = None,
    delete_all: Annotated[bool, typer.Option("--delete-all", help="Delete every draft.")] = False,
) -> None:
    """Print one line per draft, the newest first; or delete those named (every one with `delete_all`).

    No answer is shown. Raises FileError for a draft that does not exist, before any is deleted.
    """
    folder = drafts_folder()
    found = list_drafts(folder)
    if delete_all:
        _delete([one.id for one in found])
    elif delete:
        _delete([find_draft(folder, one).id for one in delete])
    elif not found:
        say(["There are no drafts."])
    else:
        say(_line(draft, is_open=is_open(folder, draft.id)) for draft in found)


def _delete(draft_ids: Sequence[str]) -> None:
    for one in draft_ids:
        delete_draft(drafts_folder(), one)
    say([f"Deleted {len(draft_ids)}."])


def _line(draft: Draft, *, is_open: bool) -> str:
    way = "open in another window" if is_open else f"nmtchoose intake --draft {draft.id}"
    return f"{draft.id}  saved {_ago(draft.saved)}, {counted(len(draft.raw), 'answer')}  ({way})"


def _ago(saved: datetime) -> str:
    minutes = max(int((datetime.now(UTC) - saved).total_seconds() // 60), 0)
    if minutes < 60:
        return f"{counted(minutes, 'minute')} ago"
    hours = minutes // 60
    return f"{counted(hours, 'hour')} ago" if hours < 48 else f"{hours // 24} days ago"
