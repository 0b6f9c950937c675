"""`nmtchoose bulk`: many clients at once. Rows in, rows out, no pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nmtchoose.bulk.reading.sources import Form, find_sources, form_of
from nmtchoose.cli.bulk_shown import progress_of, show_summary
from nmtchoose.cli.flags import Ignore, Questions, Rules
from nmtchoose.cli.standard_output import standard_output
from nmtchoose.cli.status import Exit, exit_for
from nmtchoose.errors import Code, UsageError, fault, unknown
from nmtchoose.model.disposition import Disposition, most_severe
from nmtchoose.model.tables import Tables
from nmtchoose.practice.tables import load_tables

if TYPE_CHECKING:
    from nmtchoose.bulk.run import Finished
    from nmtchoose.bulk.tally import Tally
    from nmtchoose.bulk.writing.writers import Output

STANDARD_OUTPUT = "-"
_PARQUET = "parquet"
_FORMATS = ("jsonl", "csv", _PARQUET)
_ENDINGS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": _PARQUET}
_SPARK, _ENGINES = "spark", ("local", "spark")
_ALL_CORES = "local[*]"


@dataclass(frozen=True, slots=True)
class Flags:
    """What the command line says. `jobs` 0 means all processors; `packed` asks for answers instead of results."""

    inputs: Sequence[str]
    output: str | None
    format_name: str | None
    full: bool
    packed: bool
    jobs: int
    rejects: Path | None
    most_rejects: int | None
    source_form: str | None
    ignored: Sequence[str]

    @property
    def file(self) -> Path | None:
        """Where rows go; None for standard output."""
        return None if self.output in (None, STANDARD_OUTPUT) else Path(str(self.output))


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
            show_default=False,
        ),
    ] = None,
    format_name: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help="jsonl, csv or parquet.", show_default=False),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Also each therapy, sites, open questions, rules.")] = False,
    pack: Annotated[
        bool, typer.Option("--pack", help="Write the answers instead, as small Parquet to decide again and again.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit 10 on an emergency, 11 on doctor first, 12 on later.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", metavar="N", min=1, help="Processes; all processors without.", show_default=False),
    ] = None,
    rejects: Annotated[
        Path | None,
        typer.Option("--rejects", metavar="FILE", help="Write here what was left out, and why.", show_default=False),
    ] = None,
    limit_rejects: Annotated[
        int | None,
        typer.Option("--limit-rejects", metavar="N", min=0, help="Stop when more are left out.", show_default=False),
    ] = None,
    source_form: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="KIND",
            help="What standard input holds, or a file whose name does not say: jsonl, json, csv, parquet.",
            show_default=False,
        ),
    ] = None,
    ignore: Ignore = None,
    engine: Annotated[str, typer.Option("--engine", metavar="NAME", help="local, or spark for a cluster.")] = "local",
    master: Annotated[
        str | None,
        typer.Option(
            "--master",
            metavar="URL",
            help="The master of the Spark cluster: spark://host:7077, yarn, local[4].",
            show_default=False,
        ),
    ] = None,
    questions: Questions = None,
    rules: Rules = None,
) -> None:
    """Decide every record of `inputs` and write a row for each. Exits 4 when records were left out.

    Raises UsageError for flags that do not fit, ContentError, FileError, and AnswerError when too much was left out.
    """
    require_bulk("assessing many clients")
    flags = Flags(inputs, output, format_name, full, pack, jobs or 0, rejects, limit_rejects, source_form, ignore or ())
    spark = _master(engine, master)
    tables = load_tables(questions, rules)
    finished = _on_spark(flags, spark, tables) if spark else _here(flags, tables)
    if finished is None:
        raise typer.Exit(Exit.DONE)
    show_summary(finished, "Packed" if pack else "Assessed", as_json=as_json and flags.file is not None)
    raise typer.Exit(_exit(finished.tally, exit_code=exit_code))


def require_bulk(what: str) -> None:
    """Raise UsageError when the libraries for many clients are not there."""
    try:
        import numpy
        import pyarrow
    except ImportError:
        raise UsageError([fault(Code.BULK_MISSING, what=what[:1].upper() + what[1:])]) from None
    del numpy, pyarrow


def _master(engine: str, master: str | None) -> str:
    """Return the Spark master that the flags mean, or nothing for this machine's own processes."""
    name = _one_of("engine", engine, _ENGINES)
    if master and name != _SPARK:
        raise UsageError([fault(Code.USAGE_TOGETHER, one="--master", other="the local engine")])
    return (master or _ALL_CORES) if name == _SPARK else ""


def _one_of(what: str, name: str, known: Sequence[str]) -> str:
    wanted = name.strip().lower()
    if wanted not in known:
        raise UsageError([unknown(what, wanted, known)])
    return wanted


def _here(flags: Flags, tables: Tables) -> "Finished | None":
    """Do it with this machine's processes; None when the reader of standard output went away."""
    from nmtchoose.bulk.run import Wanted, run_to_file, run_to_stream

    own = [one for one in (flags.file, flags.rejects) if one is not None]
    wanted = Wanted(
        find_sources(flags.inputs, _source_form(flags), own),
        _output(flags),
        flags.rejects,
        flags.full,
        flags.ignored,
        flags.jobs,
        flags.most_rejects,
    )
    with progress_of(wanted.sources) as shown:

        def watch(length: int, tally: "Tally") -> None:
            shown(length, f"{tally.records:,} records, {tally.rejected:,} left out")

        if flags.file is not None:
            return run_to_file(tables, wanted, flags.file, watch)
        with standard_output() as out:
            return run_to_stream(tables, wanted, out.buffer, watch)
    return None


def _on_spark(flags: Flags, master: str, tables: Tables) -> "Finished":
    """Let Spark read and write; raises UsageError for flags that only go with files of this machine."""
    from nmtchoose.bulk.spark.run import run_on_spark

    here = {"--pack": flags.packed, "--rejects": flags.rejects, "--limit-rejects": flags.most_rejects is not None}
    faults = [fault(Code.USAGE_TOGETHER, one=name, other="--engine spark") for name, given in here.items() if given]
    if flags.file is None:
        faults.append(fault(Code.USAGE_NOTHING, hint="With --engine spark, name a folder for the results with -o."))
    if faults:
        raise UsageError(faults)
    known = _source_form(flags)
    inputs = {name: known or form_of(name)[0] or Form.PARQUET for name in flags.inputs}
    target, output = str(flags.output), _output(flags, _PARQUET)
    return run_on_spark(tables, master, inputs, output, target, full=flags.full, ignored=flags.ignored)


def _source_form(flags: Flags) -> Form | None:
    return None if flags.source_form is None else Form(_one_of("kind", flags.source_form, tuple(Form)))


def _output(flags: Flags, otherwise: str = "") -> "Output":
    """Return what is written: by the name of a format, by the ending of the file, or `otherwise`; raises UsageError."""
    from nmtchoose.bulk.writing.writers import Output

    if flags.file is None and (flags.packed or flags.format_name == _PARQUET):
        raise UsageError([fault(Code.PARQUET_STREAM, "standard output")])
    if flags.packed:
        return Output.PACKED
    ending = "" if flags.file is None else flags.file.suffix.lower()
    by_name = "jsonl" if flags.file is None else _ENDINGS.get(ending) or otherwise or ending.lstrip(".")
    return Output(_one_of("format for rows", flags.format_name or by_name, _FORMATS))


def _exit(tally: "Tally", *, exit_code: bool) -> Exit:
    """An emergency counts before records that were left out, as with single clients."""
    worst = most_severe(Disposition(name) for name in tally.dispositions)
    if exit_code and worst.is_emergency:
        return Exit.EMERGENCY
    if tally.rejected:
        return Exit.BAD_ANSWERS
    return exit_for(worst) if exit_code else Exit.DONE
