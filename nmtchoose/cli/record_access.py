"""`nmtchoose records give`: everything that is kept about a client, for the client."""

from pathlib import Path
from typing import Annotated

import typer

from nmtchoose.cli.lines import say
from nmtchoose.cli.sure import Yes
from nmtchoose.desk.desk import Opener
from nmtchoose.desk.everything import about_client, give_json, give_page
from nmtchoose.errors import Code, UsageError, fault
from nmtchoose.files.atomic import write_atomically
from nmtchoose.practice.tables import load_tables
from nmtchoose.prompts import choosing
from nmtchoose.records.entries import checked_reference
from nmtchoose.words.sentences import counted

_GIVE, _LEAVE = "give", "leave"


def give(
    client: Annotated[str, typer.Argument(metavar="REF", help="A client.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="A page (.html), or for programs .json."),
    ] = None,
    yes: Yes = False,
) -> None:
    """Write all records of a client, with amendments and outcomes, and unfinished interviews, to one file.

    Raises UsageError where nothing is kept about the client, and where nobody names a file. Names damaged records.
    """
    reference, opener = checked_reference(client), Opener()
    if output is None or output.suffix.lower() not in (".html", ".json"):
        hint = "Name the file to write: -o everything.html, or -o everything.json for another program."
        raise UsageError([fault(Code.USAGE_NOTHING, hint=hint)])
    with opener.reading() as store:
        kept = about_client(store, reference)
        if not (kept.records or kept.drafts):
            raise UsageError([fault(Code.USAGE_NOTHING, hint=f"Nothing is kept about '{reference}'.")])
        what = f"{counted(len(kept.records), 'record')} and {counted(len(kept.drafts), 'interview')} of {reference}"
        if not yes and not _sure(what, output):
            say(["Nothing was written."])
            return
        write = give_json if output.suffix.lower() == ".json" else give_page
        write_atomically(output, write(kept, load_tables(None, None, offered=())))
        say([f"Wrote {what} to {output}. Only you can read it; give it to the client and to nobody else."])


def _sure(what: str, output: Path) -> bool:
    with choosing.asking() as prompter:
        rows = ((_GIVE, "Yes, write it"), (_LEAVE, "No"))
        return prompter().choose(f"Write {what} to {output}?", rows) == _GIVE
