"""`nmtchoose bulk`: many clients at once. Rows in, rows out, no pages."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nmtchoose.bulk.sources import REJECTS, Form, Source, find_sources, form_of
from nmtchoose.cli.delivery import Delivery, Exit, exit_for, known_name, standard_output
from nmtchoose.cli.flags import ExitCode, Ignore, Questions, Rules
from nmtchoose.errors import AnswerError, Code, UsageError, fault
from nmtchoose.files.atomic import refuse_overwriting, whole_file
from nmtchoose.model.disposition import Disposition, most_severe
from nmtchoose.model.tables import Tables
from nmtchoose.practice.current import load_tables
from nmtchoose.words.terms import review_words

if TYPE_CHECKING:
    from nmtchoose.bulk.run import Finished, Tally, Wanted
    from nmtchoose.bulk.writing import Output

STANDARD_OUTPUT = "-"
_PARQUET = "parquet"
_FORMATS = ("jsonl", "csv", _PARQUET)
_ENDINGS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": _PARQUET}
_SPARK = "spark"
_ENGINES = ("local", _SPARK)
_ALL_CORES = "local[*]"

Shown = Callable[[int, str], None]
"""Is told how long what was just done is, and what to say beside the bar."""


def bulk(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="JSON Lines, CSV, Parquet or JSON: files, folders or patterns; - is standard input.",
        ),
    ],
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write a row for each client to this file; its ending says how. Standard output without.",
        ),
    ] = None,
    format_name: Annotated[str | None, typer.Option("--format", metavar="NAME", help="jsonl, csv or parquet.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Also each therapy, sites, open questions, rules.")] = False,
    pack: Annotated[
        bool, typer.Option("--pack", help="Write the answers instead, as small Parquet to decide again and again.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
    exit_code: ExitCode = False,
    jobs: Annotated[int | None, typer.Option(metavar="N", min=1, help="Processes; all processors without.")] = None,
    rejects: Annotated[Path | None, typer.Option(metavar="FILE", help="Write here what was left out, and why.")] = None,
    limit_rejects: Annotated[int | None, typer.Option(metavar="N", min=0, help="Stop when more are left out.")] = None,
    source_form: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="KIND",
            help="What standard input holds, or a file whose name does not say: jsonl, json, csv, parquet.",
        ),
    ] = None,
    ignore: Ignore = None,
    engine: Annotated[str, typer.Option(metavar="NAME", help="local, or spark for a cluster.")] = "local",
    master: Annotated[
        str | None,
        typer.Option(metavar="URL", help="The master of the Spark cluster: spark://host:7077, yarn, local[4]."),
    ] = None,
    questions: Questions = None,
    rules: Rules = None,
) -> None:
    """Decide every record of `inputs` and write a row for each. Exits 4 when records were left out.

    Raises UsageError for flags that do not fit, ContentError, FileError, and AnswerError for no record or too many left
    out.
    """
    require_bulk("assessing many clients")
    on_spark = known_name("engine", engine.strip().lower(), _ENGINES) == _SPARK
    if master and not on_spark:
        raise UsageError([fault(Code.USAGE_TOGETHER, one="--master", other="the local engine")])
    tables = load_tables(questions, rules)
    file = None if output in (None, STANDARD_OUTPUT) else Path(str(output))
    form = None if source_form is None else Form(known_name("kind", source_form.strip().lower(), tuple(Form)))
    if on_spark:
        local = {"--pack": pack, "--rejects": rejects, "--limit-rejects": limit_rejects is not None}
        _refuse_on_spark([name for name, given in local.items() if given], file)
        from nmtchoose.bulk.spark.run import run_on_spark

        forms = {name: form or form_of(name)[0] or Form.PARQUET for name in inputs}
        rows = _rows(file, format_name, otherwise=_PARQUET)
        done: Finished | None = run_on_spark(
            tables, master or _ALL_CORES, forms, rows, str(output), full=full, ignored=ignore or ()
        )
    else:
        from nmtchoose.bulk.run import Wanted

        sources = find_sources(inputs, form)
        rejects = rejects or (None if file is None else Path(f"{file}{REJECTS}"))
        refuse_overwriting((file, rejects), [questions, rules, *(one.path for one in sources)])
        rows = _rows(file, format_name, pack=pack)
        done = _here(tables, Wanted(sources, rows, rejects, full, ignore or (), jobs or 0, limit_rejects), file)
    if done is None:
        raise typer.Exit(Exit.DONE)
    tally, review = done.tally, review_words(tables.rules.reviewed)
    _say(done, "Packed" if pack else "Assessed", review, as_json=as_json and file is not None)
    if not tally.records and not tally.rejected:
        raise AnswerError([fault(Code.NO_RECORDS)])
    worst = most_severe(Disposition(name) for name in tally.dispositions)
    hidden = bool(tally.emergencies_left_out)
    raise typer.Exit(exit_for(worst, bad=bool(tally.rejected), exit_code=exit_code, emergency=hidden))


def require_bulk(what: str) -> None:
    """Raise UsageError when the libraries for many clients are not there."""
    try:
        import numpy
        import pyarrow
    except ImportError:
        raise UsageError([fault(Code.BULK_MISSING, what=what[:1].upper() + what[1:])]) from None
    del numpy, pyarrow


def _here(tables: Tables, wanted: "Wanted", file: Path | None) -> "Finished | None":
    """Do it with this machine's processes; None when the reader of standard output went away."""
    from nmtchoose.bulk.run import run_to_stream

    with progress_of(wanted.sources) as shown:

        def watch(length: int, tally: "Tally") -> None:
            shown(length, f"{tally.records:,} records, {tally.rejected:,} left out")

        if file is not None:
            with whole_file(file) as stream:
                return run_to_stream(tables, wanted, stream, watch)
        with standard_output() as out:
            return run_to_stream(tables, wanted, out.buffer, watch)
    return None


def _refuse_on_spark(flags: Sequence[str], folder: Path | None) -> None:
    faults = [fault(Code.USAGE_TOGETHER, one=name, other="--engine spark") for name in flags]
    if folder is None:
        faults.append(fault(Code.USAGE_NOTHING, hint="With --engine spark, name a folder for the results with -o."))
    if faults:
        raise UsageError(faults)


def _rows(file: Path | None, format_name: str | None, *, pack: bool = False, otherwise: str = "") -> "Output":
    """Return what is written: by the name of a format, by the ending of the file, or `otherwise`; raises UsageError."""
    from nmtchoose.bulk.writing import Output

    if file is None and (pack or format_name == _PARQUET):
        raise UsageError([fault(Code.PARQUET_STREAM, "standard output")])
    if pack:
        return Output.PACKED
    ending = ".jsonl" if file is None else file.suffix.lower()
    by_name = _ENDINGS.get(ending) or otherwise or ending.lstrip(".")
    return Output(known_name("format for rows", (format_name or by_name).strip().lower(), _FORMATS))


@contextmanager
def progress_of(sources: Sequence[Source]) -> Iterator[Shown]:
    """Give what draws a bar for all of `sources`, where stderr is a terminal."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda length, words: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from nmtchoose.bulk.pieces import length_of

    columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[told]}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=length_of(sources), told="")
        yield lambda length, words: bar.update(task, advance=length, told=words)


def _say(finished: "Finished", what: str, review: str, *, as_json: bool) -> None:
    """Say on stderr what came of it and who reviewed the files, or as JSON on standard output."""
    if as_json:
        where = str(finished.rejects) if finished.rejects else None
        told = {"rejects_file": where, "seconds": round(finished.seconds, 3), "review": review}
        Delivery().record({**finished.tally.as_json(), **told})
        return
    for line in (*_summary(finished, what), review):
        typer.echo(line, err=True)


def _summary(finished: "Finished", what: str) -> Iterator[str]:
    def counts(title: str, counts: Counter[str], order: Sequence[str]) -> str:
        return f"{title}: " + ", ".join(f"{name} {counts[name]:,}" for name in order if counts[name]) + "."

    tally = finished.tally
    each_second = f", {tally.records / finished.seconds:,.0f} a second" if finished.seconds else ""
    yield f"{what} {tally.records:,} records in {finished.seconds:,.1f} s{each_second}."
    if tally.dispositions:
        yield counts("Dispositions", tally.dispositions, [one.value for one in Disposition])
        yield counts("Recommendations", tally.recommendations, sorted(tally.recommendations))
        yield f"Incomplete: {tally.incomplete:,}."
    if tally.rejected:
        yield counts("Left out", tally.rejects, sorted(tally.rejects))
        if tally.emergencies_left_out:
            yield f"Left out, although what can be read is an emergency: {tally.emergencies_left_out:,}."
        if finished.rejects is not None:
            yield f"Which and why: {finished.rejects}"
        yield from finished.first_rejects
