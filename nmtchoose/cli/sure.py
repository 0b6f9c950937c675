"""Asking before something is deleted for good."""

from collections.abc import Iterable
from itertools import islice
from typing import Annotated

import typer

from nmtchoose.cli.delivery import say
from nmtchoose.prompts import choosing

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask whether to go on.")]

DELETE = "delete"
KEEP = "keep"
_MOST_NAMED = 10


def sure_to_delete(what: str, count: int, names: Iterable[str]) -> bool:
    """Name all `count` of `what` is to be deleted, and return whether it may be; raises CannotPromptError."""
    more = [f"and {count - _MOST_NAMED} more"] if count > _MOST_NAMED else []
    listed = "; ".join((*islice(names, _MOST_NAMED), *more))
    with choosing.asking() as prompter:
        reply = prompter().choose(f"Delete {what} for good? {listed}", ((DELETE, "Yes, delete"), (KEEP, "No, keep")))
    if reply != DELETE:
        say(["Nothing was deleted."])
    return reply == DELETE
