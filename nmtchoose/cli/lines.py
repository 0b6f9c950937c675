"""Plain lines on standard output: nothing in them is obeyed by a terminal, and everything can be encoded there."""

from __future__ import annotations

from collections.abc import Iterable

from nmtchoose.cli.standard_output import standard_output


def say(lines: Iterable[str]) -> None:
    """Print `lines`; what the encoding of standard output lacks is replaced."""
    from nmtchoose.words.printable import encodable

    with standard_output() as out:
        out.write("".join(f"{encodable(_harmless(line), out.encoding or 'utf-8')}\n" for line in lines))


def _harmless(line: str) -> str:
    """Return `line` without control characters; the spaces at its start stay."""
    from nmtchoose.words.printable import printable

    return line[: len(line) - len(line.lstrip(" "))] + printable(line)


def counted(number: int, one: str) -> str:
    """Return `number` with its noun: `1 error`, `3 errors`."""
    return f"{number} {one}{'' if number == 1 else 's'}"
