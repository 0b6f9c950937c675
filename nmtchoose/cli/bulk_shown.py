"""What is shown about many clients: a bar on stderr while they are read, and a summary at the end."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from nmtchoose.model.disposition import Disposition

if TYPE_CHECKING:
    from nmtchoose.bulk.reading.sources import Source
    from nmtchoose.bulk.run import Finished

Shown = Callable[[int, str], None]
"""Is told how long what was just done is, and what to say beside the bar."""


@contextmanager
def progress_of(sources: Sequence[Source]) -> Iterator[Shown]:
    """Give what draws a bar for all of `sources`, where stderr is a terminal."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda length, words: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from nmtchoose.bulk.reading.pieces import length_of

    columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[told]}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=length_of(sources), told="")
        yield lambda length, words: bar.update(task, advance=length, told=words)


def show_summary(finished: Finished, what: str, review: str, *, as_json: bool) -> None:
    """Say on stderr what came of it and who reviewed the files, or as JSON on standard output."""
    if as_json:
        from nmtchoose.cli.delivery import Delivery

        seconds = round(finished.seconds, 3)
        rejects = str(finished.rejects) if finished.rejects else None
        told = {"rejects_file": rejects, "seconds": seconds, "review": review}
        Delivery().record({**finished.tally.as_json(), **told})
        return
    for line in (*_summary(finished, what), review):
        typer.echo(line, err=True)


def _summary(finished: Finished, what: str) -> Iterator[str]:
    tally = finished.tally
    each_second = f", {tally.records / finished.seconds:,.0f} a second" if finished.seconds else ""
    yield f"{what} {tally.records:,} records in {finished.seconds:,.1f} s{each_second}."
    if tally.dispositions:
        yield from _counts("Dispositions", tally.dispositions, [one.value for one in Disposition])
        yield from _counts("Recommendations", tally.recommendations, sorted(tally.recommendations))
        yield f"Incomplete: {tally.incomplete:,}."
    if tally.rejected:
        yield from _counts("Left out", tally.rejects, sorted(tally.rejects))
        if tally.emergencies_left_out:
            yield f"Left out, although what can be read is an emergency: {tally.emergencies_left_out:,}."
        if finished.rejects is not None:
            yield f"Which and why: {finished.rejects}"
        yield from finished.first_rejects


def _counts(title: str, counts: Counter[str], order: Sequence[str]) -> Iterator[str]:
    yield f"{title}: " + ", ".join(f"{name} {counts[name]:,}" for name in order if counts[name]) + "."
