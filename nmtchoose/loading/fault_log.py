"""Collecting every fault of one file, so that its author can mend them in one go."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from nmtchoose.errors import Code, Fault, fault, suggestion
from nmtchoose.loading.nodes import Node

MOST_FAULTS = 100
"""After this many faults a file is not worth listing further."""
_LONGEST_NAME = 60
_MOST_NAMES = 500


@dataclass(frozen=True, slots=True)
class Place:
    """A line and a column, both counted from 1."""

    line: int
    column: int


Placed = Place | Node
"""Whatever stands at a line and column."""


class FaultLog:
    """The faults found so far in the file called `file`."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._faults: list[Fault] = []

    def add(self, code: Code, at: Placed, /, *, near: Iterable[str] = (), **values: object) -> None:
        """Record `code` at `at`, filling its sentences with `values`, of which `name` is shortened and made printable.

        With `near` they may say `{suggestion}`, the closest of `near` to `name`, and `{known}`, all of them.
        """
        if len(self._faults) > MOST_FAULTS:
            return
        if len(self._faults) == MOST_FAULTS:
            code, near, values = Code.TOO_MANY_FAULTS, (), {"limit": MOST_FAULTS}
        name = shorten(str(values.get("name", "")))
        names = [shorten(one) for one in islice(near, _MOST_NAMES)]
        values |= {"name": name, "suggestion": suggestion(name, names), "known": ", ".join(names[:40]) or "(none yet)"}
        self._faults.append(fault(code, self.file, at.line, at.column, warning=False, **values))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All faults, from the top of the file to its end."""
        return tuple(sorted(self._faults, key=lambda one: (one.line, one.column)))


def shorten(text: str) -> str:
    """Return `text` in one printable line of at most about 60 characters."""
    shown = "".join(char if unicodedata.category(char)[0] != "C" else "?" for char in text[: _LONGEST_NAME + 1])
    return shown if len(text) <= _LONGEST_NAME else shown[:_LONGEST_NAME] + "..."
