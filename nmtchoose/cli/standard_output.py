"""Writing to standard output: who stops reading (`| head`) ends the output and nothing else; a full disk is said."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from nmtchoose.errors import Code, FileError, fault, unwritable

NAME = "standard output"


@contextmanager
def standard_output() -> Iterator[TextIO]:
    """Give standard output to write to, and flush it afterwards.

    When its reader has gone away, the rest is dropped and the command goes on to its exit code. Raises FileError when
    there is no standard output or it cannot be written.
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
