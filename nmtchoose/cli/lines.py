"""Standard output: who stops reading (`| head`) ends the output and nothing else; a full disk is said.

Nothing in plain lines is obeyed by a terminal, and everything in them can be encoded there.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import typer

from nmtchoose.errors import Code, FileError, UsageError, fault, unknown, unwritable
from nmtchoose.words.printable import encodable, printable

NAME = "standard output"


@contextmanager
def standard_output() -> Iterator[TextIO]:
    """Give standard output to write to, and flush it afterwards; raises FileError when it cannot be written.

    When its reader has gone away, the rest is dropped and the command goes on to its exit code.
    """
    stream: TextIO | None = sys.stdout
    if stream is None:
        raise FileError([fault(Code.FILE_CANNOT_WRITE, NAME, detail="it is closed")])
    try:
        yield stream
        stream.flush()
    except (BrokenPipeError, SystemExit):
        # Rich answers a broken pipe with SystemExit.
        drop_the_rest(stream)
    except OSError as error:
        drop_the_rest(stream)
        raise FileError([unwritable(NAME, error)]) from None


def drop_the_rest(stream: TextIO) -> None:
    """Let the rest of `stream` go nowhere: Python would fail once more when it flushes it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def say(lines: Iterable[str]) -> None:
    """Print `lines`; what the encoding of standard output lacks is replaced."""
    with standard_output() as out:
        out.write("".join(f"{encodable(_harmless(line), out.encoding or 'utf-8')}\n" for line in lines))


def _harmless(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))] + printable(line)


def wrote(path: Path) -> None:
    """Say on standard error which file was written; a name alone with the folder that it went to."""
    typer.echo(f"Wrote {path if len(path.parts) > 1 else path.absolute()}.", err=True)


def known_name(what: str, name: str, known: Sequence[str]) -> str:
    """Return `name`; raises UsageError when it is none of the `known` names of a `what`."""
    if name not in known:
        raise UsageError([unknown(what, name, known)])
    return name
