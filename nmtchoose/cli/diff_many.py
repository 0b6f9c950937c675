"""The part of `nmtchoose diff` that is about many clients at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from nmtchoose.batch.reading.sources import Form, find_sources, form_of
from nmtchoose.cli.status import Exit

if TYPE_CHECKING:
    from nmtchoose.batch.impact.archive import Watch
    from nmtchoose.batch.impact.impact import Impact
    from nmtchoose.batch.reading.sources import Source
    from nmtchoose.cli.diff import Over
    from nmtchoose.model.tables import Tables

_MANY = (Form.LINES, Form.CSV, Form.PARQUET)
_SIGNS = "*?["


def archives_among(answers: Sequence[Path]) -> list[Path]:
    """Return those of `answers` that hold many clients: by their ending, as a pattern, or with such a file inside.

    A folder of answers files of single clients is none of them.
    """
    return [one for one in answers if _is_archive(one)]


def _is_archive(path: Path) -> bool:
    if path.is_dir():
        return any(form_of(name)[0] in _MANY for _, _, names in os.walk(path) for name in names)
    return form_of(path.name)[0] in _MANY or (not path.exists() and any(sign in str(path) for sign in _SIGNS))


def compare_many(archives: Sequence[Path], over: Over, old: Tables, new: Tables) -> Impact:
    """Return what changes among all records of `archives`, and write the examples where `over` says so.

    Raises UsageError when the libraries for it are not there or a column means nothing, and FileError for a file that
    cannot be read or written.
    """
    from nmtchoose.cli.many import report_worker_bug, require_batch

    require_batch("comparing results of many clients")
    from nmtchoose.batch.impact.archive import Comparing, impact_of
    from nmtchoose.batch.impact.blocks import Pairs
    from nmtchoose.batch.impact.words import write_examples
    from nmtchoose.batch.work.crew import WorkerError

    sources = find_sources([str(one) for one in archives])
    pairs = Pairs((old.questionnaire, old.rules), (new.questionnaire, new.rules), over.each)
    try:
        with _progress(sources) as watch:
            impact = impact_of(sources, Comparing(pairs, tuple(over.ignored)), watch)
    except WorkerError as bug:
        report_worker_bug(bug.told)
        raise typer.Exit(Exit.INTERNAL) from None
    if over.examples is not None:
        write_examples(impact, over.examples)
    return impact


@contextmanager
def _progress(sources: Sequence[Source]) -> Iterator[Watch]:
    """Give what is told of everything that is done; it draws a bar where stderr is a terminal."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda length, so_far: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from nmtchoose.batch.reading.portions import length_of

    columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[told]}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=length_of(sources), told="")

        def watch(length: int, so_far: Impact) -> None:
            bar.update(task, advance=length, told=f"{so_far.changed:,} of {so_far.records:,} results change")

        yield watch
