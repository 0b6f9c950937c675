"""`nmtchoose drafts`: list unfinished interviews, or delete them; and asking before something is deleted for good."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Annotated

import typer

from nmtchoose.cli.delivery import say
from nmtchoose.desk.drafts import draft_words
from nmtchoose.files import drafts as kept
from nmtchoose.prompts import choosing
from nmtchoose.words.sentences import counted

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask whether to go on.")]

DELETE = "delete"
KEEP = "keep"
_MOST_NAMED = 10


def drafts(
    delete: Annotated[list[str] | None, typer.Option(metavar="ID", help="Delete this draft; may be repeated.")] = None,
    delete_all: Annotated[bool, typer.Option("--delete-all", help="Delete every draft.")] = False,
    yes: Yes = False,
) -> None:
    """Print whose draft each is, and no answer, or delete them; raises FileError or CannotPromptError before that."""
    folder = kept.drafts_folder()
    found, last = kept.list_drafts(folder), kept.last_finished(folder)
    if last and (delete_all or not delete):
        found = (*found, last)
    if delete and not delete_all:
        found = tuple(kept.find_draft(folder, one) for one in dict.fromkeys(delete))
    if not found:
        say(["There are no drafts."])
    elif delete or delete_all:
        told = (draft_words(one, datetime.now(UTC)) for one in found)
        if yes or sure_to_delete(counted(len(found), "draft"), len(found), told):
            for one in found:
                kept.delete_draft(folder, one.id)
            say([f"Deleted {counted(len(found), 'draft')}."])
    else:
        say(line for draft in found for line in _lines(draft))


def _lines(draft: kept.Draft) -> Iterator[str]:
    """Yield whose it is, and how to go on, on a line of its own that no narrow terminal parts."""
    told = draft_words(draft, datetime.now(UTC))
    if draft.id == kept.LAST:
        yield from (f"{told}, finished", "  nmtchoose last")
        return
    yield told
    opened = kept.is_open(kept.drafts_folder(), draft.id)
    yield "  open in another window" if opened else f"  nmtchoose intake --draft {draft.id}"


def sure_to_delete(what: str, count: int, names: Iterable[str]) -> bool:
    """Name all `count` of `what` is to be deleted, and return whether it may be; raises CannotPromptError."""
    more = [f"and {count - _MOST_NAMED} more"] if count > _MOST_NAMED else []
    listed = "; ".join((*islice(names, _MOST_NAMED), *more))
    with choosing.asking() as prompter:
        reply = prompter().choose(f"Delete {what} for good? {listed}", ((DELETE, "Yes, delete"), (KEEP, "No, keep")))
    if reply != DELETE:
        say(["Nothing was deleted."])
    return reply == DELETE
