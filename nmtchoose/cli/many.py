"""Many clients at once: when `screen` does that, and what comes of its flags. Rows in, rows out, no pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from nmtchoose import __version__
from nmtchoose.batch.reading.sources import Form, find_sources, means_many
from nmtchoose.cli.status import Exit, exit_for
from nmtchoose.errors import Code, UsageError, fault, suggestion
from nmtchoose.model.disposition import Disposition, most_severe
from nmtchoose.practice.tables import load_tables

if TYPE_CHECKING:
    from nmtchoose.batch.work.run import Finished, Wanted, Watch
    from nmtchoose.batch.writing.writers import Output
    from nmtchoose.model.tables import Tables

STANDARD_OUTPUT = "-"
_PARQUET = "parquet"
_FORMATS = ("jsonl", "csv", _PARQUET)
_ENDINGS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": _PARQUET}


@dataclass(frozen=True, slots=True)
class ManyFlags:
    """The flags that are only about many clients."""

    source_form: str | None = None
    full: bool = False
    jobs: int | None = None
    rejects: Path | None = None
    most_rejects: int | None = None
    ignored: Sequence[str] = ()
    resume: bool = False
    master: str = ""

    @property
    def any(self) -> bool:
        """True where one of them was given."""
        return self != ManyFlags()


def are_many(files: Sequence[str], output: str | None, format_name: str | None, flags: ManyFlags) -> bool:
    """Return whether `screen` is about many clients: by the kind of an input or of the output, or by a flag.

    Answers files of single clients stay pages or exports, whatever the ending of the output.
    """
    to_many = output is not None and (output.endswith("/") or output.lower().endswith(".parquet"))
    return flags.any or to_many or format_name == _PARQUET or any(means_many(one) for one in files)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where rows go and in which format. `as_json` asks for the summary as JSON on standard output."""

    output: str | None
    format_name: str | None = None
    as_json: bool = False

    @property
    def streams(self) -> bool:
        """True where rows go to standard output."""
        return self.output in (None, STANDARD_OUTPUT)

    @property
    def is_folder(self) -> bool:
        """True for a folder of parts."""
        return self.output is not None and self.output.endswith("/")

    def form(self) -> str:
        """Return the name of the format; raises UsageError for one that does not hold rows, or none at all."""
        wanted = (self.format_name or self._ending()).strip().lower()
        if wanted not in _FORMATS:
            close = suggestion(wanted, _FORMATS)
            known = ", ".join(_FORMATS)
            raise UsageError(
                [fault(Code.USAGE_UNKNOWN, what="format for rows", name=wanted[:40], suggestion=close, known=known)]
            )
        if wanted == _PARQUET and self.streams:
            raise UsageError([fault(Code.PARQUET_STREAM, "standard output")])
        return wanted

    def _ending(self) -> str:
        if self.streams or self.output is None:
            return "jsonl"
        if self.is_folder:
            return _PARQUET
        ending = Path(self.output).suffix.lower()
        return _ENDINGS.get(ending, ending.lstrip(".") or self.output)


def screen_many(
    files: Sequence[str],
    destination: Destination,
    flags: ManyFlags,
    questions: Path | None,
    rules: Path | None,
    *,
    exit_code: bool,
    therapist: bool,
) -> None:
    """Screen every record of `files` and write a row for each. Exits 4 when records were left out."""
    require_batch("screening many clients")
    from nmtchoose.batch.writing.writers import Output

    if therapist:
        raise UsageError([fault(Code.USAGE_TOGETHER, one="--therapist", other="many clients")])
    wanted = _wanted(files, destination, flags, Output(destination.form()))
    _run(wanted, destination, load_tables(questions, rules), exit_code=exit_code, what="Screened")


def pack_many(
    files: Sequence[str],
    archive: str,
    flags: ManyFlags,
    questions: Path | None,
    rules: Path | None,
    *,
    as_json: bool,
) -> None:
    """Write the answers of every record of `files` to a packed file. Exits 4 when records were left out."""
    require_batch("packing answers")
    from nmtchoose.batch.writing.writers import Output

    destination = Destination(archive, _PARQUET, as_json)
    destination.form()
    wanted = _wanted(files, destination, flags, Output.PACKED)
    _run(wanted, destination, load_tables(questions, rules), exit_code=False, what="Packed")


def require_batch(what: str) -> None:
    """Raise UsageError when the libraries for many clients are not there."""
    try:
        import numpy
        import pyarrow
    except ImportError:
        raise UsageError([fault(Code.BATCH_MISSING, what=what[:1].upper() + what[1:])]) from None
    del numpy, pyarrow


def _wanted(files: Sequence[str], destination: Destination, flags: ManyFlags, output: Output) -> Wanted:
    from nmtchoose.batch.work.run import Wanted

    form = _source_form(flags.source_form)
    own = [] if destination.streams or destination.output is None else [Path(destination.output)]
    own += [flags.rejects] if flags.rejects else []
    return Wanted(
        find_sources(files, form, own),
        output,
        flags.rejects,
        flags.full,
        tuple(flags.ignored),
        flags.jobs or 0,
        flags.resume,
        flags.most_rejects,
        flags.master,
    )


def _source_form(name: str | None) -> Form | None:
    if name is None:
        return None
    wanted = name.strip().lower()
    if wanted not in tuple(Form):
        known = ", ".join(Form)
        close = suggestion(wanted, list(Form))
        raise UsageError([fault(Code.USAGE_UNKNOWN, what="kind", name=wanted[:40], suggestion=close, known=known)])
    return Form(wanted)


def _run(wanted: Wanted, destination: Destination, tables: Tables, *, exit_code: bool, what: str) -> None:
    from nmtchoose.batch.work.crew import WorkerError
    from nmtchoose.cli.many_shown import progress_of, show_summary

    try:
        with progress_of(wanted.sources) as watch:
            finished = _finished(wanted, destination, tables, watch)
    except WorkerError as bug:
        report_worker_bug(bug.told)
        raise typer.Exit(Exit.INTERNAL) from None
    except KeyboardInterrupt:
        _say_how_to_go_on(wanted, destination)
        raise
    if finished is None:
        raise typer.Exit(Exit.DONE)
    show_summary(finished, destination, what)
    raise typer.Exit(_exit(finished, exit_code=exit_code))


def _finished(wanted: Wanted, destination: Destination, tables: Tables, watch: Watch) -> Finished | None:
    """Do it; None when the reader of standard output went away."""
    from nmtchoose.batch.work.run import run_to_file, run_to_folder, run_to_stream

    if destination.output is not None and not destination.streams:
        run = run_to_folder if destination.is_folder else run_to_file
        return run(tables.questionnaire, tables.rules, wanted, Path(destination.output), watch)
    if wanted.resume:
        raise UsageError([fault(Code.USAGE_TOGETHER, one="--continue", other="standard output")])
    from nmtchoose.cli.standard_output import standard_output

    with standard_output() as out:
        return run_to_stream(tables.questionnaire, tables.rules, wanted, out.buffer, watch)
    return None


def _exit(finished: Finished, *, exit_code: bool) -> Exit:
    """An emergency counts before records that were left out, as with single clients."""
    worst = most_severe(Disposition(name) for name in finished.tally.dispositions)
    if exit_code and worst.is_emergency:
        return Exit.EMERGENCY
    if finished.tally.rejected:
        return Exit.BAD_ANSWERS
    return exit_for(worst) if exit_code else Exit.DONE


def _say_how_to_go_on(wanted: Wanted, destination: Destination) -> None:
    if not destination.streams and not any(one.is_standard_input for one in wanted.sources):
        typer.echo("nmtchoose: stopped. What is finished is kept; the same command with --continue goes on.", err=True)


def report_worker_bug(told: Sequence[str]) -> None:
    """Name the kind of error and the lines it passed in the process that met it."""
    kind, *lines = told
    typer.echo("nmtchoose: this is a bug. No answers are in this report; please pass it on.", err=True)
    typer.echo(f"Version {__version__}, {kind}, at:", err=True)
    for line in lines:
        typer.echo(f"  {line}", err=True)
