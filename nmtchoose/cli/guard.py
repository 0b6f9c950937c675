"""One place where errors become a message on stderr and an exit code, with nothing in them that a client said."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

import typer

from nmtchoose import __version__, errors
from nmtchoose.model.disposition import Disposition


class Exit(IntEnum):
    """Codes of every command; 10 to 12 only with `--exit-code`, 1 also for a result that cannot be written."""

    DONE = 0
    INTERNAL = 1
    USAGE = 2
    FAULTY_CONTENT = 3
    BAD_ANSWERS = 4
    CANNOT_PROMPT = 5
    EMERGENCY = 10
    MEDICAL_FIRST = 11
    LATER = 12
    INTERRUPTED = 130


def exit_for(worst: Disposition, *, bad: bool, exit_code: bool, emergency: bool = False) -> Exit:
    """Return the code after results of which `worst` is the most severe and some are `bad`, with or without answers.

    With `exit_code` dispositions count. An emergency, also one among what was left out, counts before all that is bad:
    it must not hide behind another client's open question.
    """
    if exit_code and (worst.is_emergency or emergency):
        return Exit.EMERGENCY
    if bad:
        return Exit.BAD_ANSWERS
    if exit_code and worst in (Disposition.MEDICAL_URGENT, Disposition.MEDICAL_SOON):
        return Exit.MEDICAL_FIRST
    if exit_code and worst in (Disposition.DEFER, Disposition.CLEARANCE):
        return Exit.LATER
    return Exit.DONE


_CODES: dict[type[errors.NmtchooseError], Exit] = {
    errors.ContentError: Exit.FAULTY_CONTENT,
    errors.AnswerError: Exit.BAD_ANSWERS,
    errors.FileError: Exit.INTERNAL,
    errors.StoreError: Exit.INTERNAL,
    errors.CannotPromptError: Exit.CANNOT_PROMPT,
    errors.UsageError: Exit.USAGE,
}


@contextmanager
def guarded() -> Iterator[None]:
    """Turn errors raised inside into messages and exit codes."""
    try:
        yield
    except errors.NmtchooseError as error:
        from nmtchoose.words.printable import printable

        for one in error.faults:  # names of files and options stand there as text; a terminal must not obey them
            typer.echo(f"nmtchoose: {printable(str(one))}", err=True)
        raise typer.Exit(_CODES.get(type(error), Exit.INTERNAL)) from None
    except (KeyboardInterrupt, EOFError):
        raise typer.Exit(Exit.INTERRUPTED) from None
    except typer.Exit:
        raise
    except Exception as error:  # the last resort: messages and source lines may hold answers, so they stay out
        told = error if isinstance(error, errors.BugError) else errors.bug_of(error)
        typer.echo("nmtchoose: this is a bug. No answers are in this report; please pass it on.", err=True)
        typer.echo(f"Version {__version__}, {told.kind}, at:", err=True)
        for line in told.lines:
            typer.echo(f"  {line}", err=True)
        raise typer.Exit(Exit.INTERNAL) from None
