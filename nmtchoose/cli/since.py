"""What `check` and `diff` share: what a change does to all possible clients, to cases and to archives of many."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nmtchoose.authoring.cases import raw_case_answers
from nmtchoose.authoring.since_start import Since, since
from nmtchoose.bulk.reading.sources import MANY, find_sources, form_of, means_many
from nmtchoose.cli.bulk import progress_of, require_bulk
from nmtchoose.errors import AnswerError, Code, UsageError, fault
from nmtchoose.files.answers_file import raw_answers
from nmtchoose.files.atomic import refuse_overwriting
from nmtchoose.model.tables import Tables

if TYPE_CHECKING:
    from nmtchoose.bulk.impact.impact import Impact

Shown = Callable[[str], None]
Pile = Sequence[tuple[str, Mapping[str, object]]]

_ANSWERS = ("*.json", "*.yaml", "*.yml")


def pile_of(answers: Sequence[Path], cases: Sequence[Path]) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield (name, answers as in a file) of every client in the files and folders `answers` and in the `cases`.

    Raises AnswerError for a file that holds no answers, ContentError for one that is no case file.
    """
    for path in answers:
        inside = sorted({file for pattern in _ANSWERS for file in path.glob(pattern)}) if path.is_dir() else [path]
        yield from ((str(file), raw_answers(str(file))) for file in inside)
    yield from raw_case_answers(cases)


def find_since(old: Tables, new: Tables) -> Since | UsageError:
    """Return what changed from `old` to `new` for all possible answers, or what is missing to search them."""
    try:
        with at_work("comparing with all possible answers"):
            return since(old, new)
    except UsageError as missing:
        return missing


@contextmanager
def at_work(what: str) -> Iterator[Shown | None]:
    """Show `what` is going on where stderr is a terminal, and give what shows other words in its place."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status(what) as shown:
        yield shown.update


@dataclass(frozen=True, slots=True)
class Over:
    """Whose results are compared: `answers` of single clients or of many, and `cases`.

    Of many, `each` records are kept as examples of each change, and written to the folder `examples`; columns of tables
    that are `ignored` are left alone.
    """

    answers: Sequence[Path] = ()
    cases: Sequence[Path] = ()
    ignored: Sequence[str] = ()
    each: int = 3
    examples: Path | None = None


def archives_among(answers: Sequence[Path]) -> list[Path]:
    """Return those of `answers` that hold many clients, by their ending, as a pattern, or with such a file inside."""
    return [one for one in answers if _is_archive(one)]


def _is_archive(path: Path) -> bool:
    if path.is_dir():
        return any(form_of(name)[0] in MANY for _, _, names in os.walk(path) for name in names)
    return means_many(str(path))


def compare_many(archives: Sequence[Path], over: Over, old: Tables, new: Tables) -> Impact:
    """Return what changes among all records of `archives`, and write the examples where `over` says so.

    Raises UsageError when a library is missing, a column means nothing or an example would stand over an archive,
    AnswerError for no record at all, FileError for a file that cannot be read or written.
    """
    require_bulk("comparing results of many clients")
    from nmtchoose.bulk.impact.archive import Comparing, impact_of
    from nmtchoose.bulk.impact.words import write_examples

    sources = find_sources([str(one) for one in archives])
    if over.examples is not None:
        refuse_overwriting({over.examples / Path(one.path).name for one in sources}, [one.path for one in sources])
    with progress_of(sources) as shown:

        def watch(length: int, so_far: Impact) -> None:
            shown(length, f"{so_far.changed:,} of {so_far.records:,} results change")

        impact = impact_of(sources, Comparing(old, new, over.each, tuple(over.ignored)), watch)
    if not impact.records and not impact.left_out:
        raise AnswerError([fault(Code.NO_RECORDS)])
    if over.examples is not None:
        write_examples(impact, over.examples)
    return impact
