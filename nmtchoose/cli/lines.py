"""Plain lines on standard output: nothing in them is obeyed by a terminal, and everything can be encoded there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import typer

from nmtchoose.cli.standard_output import standard_output
from nmtchoose.errors import UsageError, unknown
from nmtchoose.words.printable import encodable, printable


def say(lines: Iterable[str]) -> None:
    """Print `lines`; what the encoding of standard output lacks is replaced."""
    with standard_output() as out:
        out.write("".join(f"{encodable(_harmless(line), out.encoding or 'utf-8')}\n" for line in lines))


def _harmless(line: str) -> str:
    """Return `line` without control characters; the spaces at its start stay."""
    return line[: len(line) - len(line.lstrip(" "))] + printable(line)


def wrote(path: object) -> None:
    """Say on standard error that a file was written."""
    typer.echo(f"Wrote {path}.", err=True)


def counted(number: int, one: str) -> str:
    """Return `number` with its noun: `1 error`, `3 errors`."""
    return f"{number} {one}{'' if number == 1 else 's'}"


def known_name(what: str, name: str, known: Sequence[str]) -> str:
    """Return `name`; raises UsageError when it is none of the `known` names of a `what`."""
    if name not in known:
        raise UsageError([unknown(what, name, known)])
    return name
