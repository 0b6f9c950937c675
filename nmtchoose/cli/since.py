"""What `check` and `diff` share: what a change does to all possible clients, to cases and to archives."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from nmtchoose.authoring.cases import raw_case_answers
from nmtchoose.authoring.since_start import Since, since, since_lines
from nmtchoose.cli.lines import say
from nmtchoose.errors import UsageError
from nmtchoose.files.answers_file import raw_answers
from nmtchoose.model.tables import Tables
from nmtchoose.proof.prove import OnProgress

Pile = Sequence[tuple[str, Mapping[str, object]]]

_ANSWERS = ("*.json", "*.yaml", "*.yml")


def pile_of(answers: Sequence[Path], cases: Sequence[Path]) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield (name, answers as in a file) of every client in the files and folders `answers` and in the `cases`.

    Raises AnswerError for a file that holds no answers, and ContentError for one that is no case file.
    """
    for path in answers:
        inside = sorted({file for pattern in _ANSWERS for file in path.glob(pattern)}) if path.is_dir() else [path]
        yield from ((str(file), raw_answers(str(file))) for file in inside)
    yield from raw_case_answers(cases)


def say_since(old: Tables, new: Tables, span: str) -> Since | None:
    """Print what changed from `old` to `new` for all possible answers, and return it; None without the solver."""
    try:
        with at_work("comparing with all possible answers"):
            found = since(old, new)
    except UsageError as missing:
        say(["", *(f"not searched: {one}" for one in missing.faults)])
        return None
    say(since_lines(found, span))
    return found


@contextmanager
def at_work(what: str) -> Iterator[OnProgress | None]:
    """Show `what` is going on where stderr is a terminal, and give what is told of every single proof."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status(what) as shown:
        yield lambda proved, done: shown.update(f"{proved.replace('_', ' ')}: {done:,} checks")
