"""One place where errors become a message on stderr and an exit code, with nothing in them that a client said."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from nmtchoose import __version__
from nmtchoose.cli.status import Exit
from nmtchoose.errors import (
    AnswerError,
    CannotPromptError,
    ContentError,
    FileError,
    NmtchooseError,
    StoreError,
    UsageError,
)

_CODES: dict[type[NmtchooseError], Exit] = {
    ContentError: Exit.FAULTY_CONTENT,
    AnswerError: Exit.BAD_ANSWERS,
    FileError: Exit.INTERNAL,
    StoreError: Exit.INTERNAL,
    CannotPromptError: Exit.CANNOT_PROMPT,
    UsageError: Exit.USAGE,
}


@contextmanager
def guarded() -> Iterator[None]:
    """Turn errors raised inside into messages and exit codes."""
    try:
        yield
    except NmtchooseError as error:
        _report(error)
        raise typer.Exit(_CODES.get(type(error), Exit.INTERNAL)) from None
    except (KeyboardInterrupt, EOFError):
        raise typer.Exit(Exit.INTERRUPTED) from None
    except typer.Exit:
        raise
    except Exception as error:  # the last resort
        _report_bug(error)
        raise typer.Exit(Exit.INTERNAL) from None


def _report(error: NmtchooseError) -> None:
    """Names of files, questions and options stand in a message as text; a terminal must not obey them."""
    from nmtchoose.words.printable import printable

    for one in error.faults:
        typer.echo(f"nmtchoose: {printable(str(one))}", err=True)


def _report_bug(error: Exception) -> None:
    """Name the kind of error and the lines it passed. Messages and source lines may hold answers: they stay out."""
    kind = type(error).__name__
    typer.echo("nmtchoose: this is a bug. No answers are in this report; please pass it on.", err=True)
    typer.echo(f"Version {__version__}, {kind}, at:", err=True)
    for frame in traceback.extract_tb(error.__traceback__):
        typer.echo(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}", err=True)
