"""`nmtchoose bulk`: many clients at once. Rows in, rows out, no pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from nmtchoose.bulk.reading.sources import Form, find_sources, form_of
from nmtchoose.cli.bulk_shown import progress_of, show_summary
from nmtchoose.cli.status import Exit, exit_for
from nmtchoose.errors import Code, UsageError, fault, suggestion
from nmtchoose.model.disposition import Disposition, most_severe
from nmtchoose.practice.tables import load_tables

if TYPE_CHECKING:
    from nmtchoose.bulk.run import Finished
    from nmtchoose.bulk.tally import Tally
    from nmtchoose.bulk.writing.writers import Output
    from nmtchoose.model.tables import Tables

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
    output: str | None = None
    format_name: str | None = None
    full: bool = False
    packed: bool = False
    as_json: bool = False
    exit_code: bool = False
    jobs: int = 0
    rejects: Path | None = None
    most_rejects: int | None = None
    source_form: str | None = None
    ignored: Sequence[str] = ()

    @property
    def file(self) -> Path | None:
        """Where rows go; None for standard output."""
        return None if self.output in (None, STANDARD_OUTPUT) else Path(str(self.output))


def run(flags: Flags, master: str, questions: Path | None, rules: Path | None) -> None:
    """Decide every record of the inputs and write a row for each. Exits 4 when records were left out.

    Raises UsageError for flags that do not fit, ContentError, FileError, and AnswerError when too much was left out.
    """
    require_bulk("assessing many clients")
    tables = load_tables(questions, rules)
    finished = _run_on_spark(flags, master, tables) if master else _run_here(flags, tables)
    if finished is None:
        raise typer.Exit(Exit.DONE)
    show_summary(finished, "Packed" if flags.packed else "Assessed", as_json=flags.as_json and flags.file is not None)
    raise typer.Exit(_exit(finished.tally, exit_code=flags.exit_code))


def require_bulk(what: str) -> None:
    """Raise UsageError when the libraries for many clients are not there."""
    try:
        import numpy
        import pyarrow
    except ImportError:
        raise UsageError([fault(Code.BULK_MISSING, what=what[:1].upper() + what[1:])]) from None
    del numpy, pyarrow


def master_of(engine: str, master: str | None) -> str:
    """Return the Spark master that the flags mean, or nothing for this machine's own processes; raises UsageError."""
    name = one_of("engine", engine, _ENGINES)
    if master and name != _SPARK:
        raise UsageError([fault(Code.USAGE_TOGETHER, one="--master", other="the local engine")])
    return (master or _ALL_CORES) if name == _SPARK else ""


def one_of(what: str, name: str, known: Sequence[str]) -> str:
    """Return the one of `known` that `name` means; raises UsageError."""
    wanted = name.strip().lower()
    if wanted not in known:
        close, listed = suggestion(wanted, known), ", ".join(known)
        raise UsageError([fault(Code.USAGE_UNKNOWN, what=what, name=wanted[:40], suggestion=close, known=listed)])
    return wanted


def _run_here(flags: Flags, tables: Tables) -> Finished | None:
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

        def watch(length: int, tally: Tally) -> None:
            shown(length, f"{tally.records:,} records, {tally.rejected:,} left out")

        if flags.file is not None:
            return run_to_file(tables, wanted, flags.file, watch)
        from nmtchoose.cli.standard_output import standard_output

        with standard_output() as out:
            return run_to_stream(tables, wanted, out.buffer, watch)
    return None


def _run_on_spark(flags: Flags, master: str, tables: Tables) -> Finished:
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
    return None if flags.source_form is None else Form(one_of("kind", flags.source_form, tuple(Form)))


def _output(flags: Flags, otherwise: str = "") -> Output:
    """Return what is written: by the name of a format, by the ending of the file, or `otherwise`; raises UsageError."""
    from nmtchoose.bulk.writing.writers import Output

    if flags.file is None and (flags.packed or flags.format_name == _PARQUET):
        raise UsageError([fault(Code.PARQUET_STREAM, "standard output")])
    if flags.packed:
        return Output.PACKED
    ending = "" if flags.file is None else flags.file.suffix.lower()
    by_name = (
        "jsonl" if flags.file is None else _ENDINGS.get(ending) or otherwise or ending.lstrip(".") or "(no ending)"
    )
    return Output(one_of("format for rows", flags.format_name or by_name, _FORMATS))


def _exit(tally: Tally, *, exit_code: bool) -> Exit:
    """An emergency counts before records that were left out, as with single clients."""
    worst = most_severe(Disposition(name) for name in tally.dispositions)
    if exit_code and worst.is_emergency:
        return Exit.EMERGENCY
    if tally.rejected:
        return Exit.BAD_ANSWERS
    return exit_for(worst) if exit_code else Exit.DONE
