"""Plain lines on standard output: nothing in them is obeyed by a terminal, and everything can be encoded there."""

from __future__ import annotations

import sys
from collections.abc import Iterable


def say(lines: Iterable[str]) -> None:
    """Print `lines`; what the encoding of standard output lacks is replaced."""
    from nmtchoose.reports.encoding import encodable

    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write("".join(f"{encodable(_harmless(line), encoding)}\n" for line in lines))


def _harmless(line: str) -> str:
    """Return `line` without control characters; the spaces at its start stay."""
    from nmtchoose.reports.encoding import printable

    return line[: len(line) - len(line.lstrip(" "))] + printable(line)


def counted(number: int, one: str) -> str:
    """Return `number` with its noun: `1 error`, `3 errors`."""
    return f"{number} {one}{'' if number == 1 else 's'}"
