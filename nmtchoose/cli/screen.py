"""`nmtchoose screen`: assess answers files without asking anything."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from nmtchoose.cli.delivery import delivery_of
from nmtchoose.cli.exporting import export
from nmtchoose.cli.flags import AsJson, NoColor, Plain, Questions, Region, Rules, Therapist
from nmtchoose.cli.many import Destination, ManyFlags, are_many, screen_many
from nmtchoose.cli.many_engine import master_of, with_output
from nmtchoose.cli.many_flags import (
    Continue,
    Engine,
    FileOrFolder,
    From,
    Full,
    Ignore,
    Jobs,
    LimitRejects,
    Master,
    Rejects,
    ScreenFormat,
)
from nmtchoose.cli.results import page_of, record_of
from nmtchoose.cli.status import Exit, exit_for
from nmtchoose.desk.result import Result, result_of
from nmtchoose.formats.reading import read_given
from nmtchoose.model.disposition import most_severe
from nmtchoose.practice.tables import load_tables


def screen(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Answers files; - is standard input. Many clients: JSON Lines, CSV, Parquet, folders and patterns.",
        ),
    ],
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit 10 on an emergency, 11 on doctor first, 12 on later.")
    ] = False,
    therapist: Therapist = False,
    plain: Plain = False,
    no_color: NoColor = False,
    as_json: AsJson = False,
    output: FileOrFolder = None,
    format_name: ScreenFormat = None,
    region: Region = "us",
    questions: Questions = None,
    rules: Rules = None,
    full: Full = False,
    jobs: Jobs = None,
    rejects: Rejects = None,
    limit_rejects: LimitRejects = None,
    source_form: From = None,
    ignore: Ignore = None,
    resume: Continue = False,
    engine: Engine = None,
    master: Master = None,
) -> None:
    """Assess every file of `files` and deliver the results in that order: the clients' pages or the therapists'.

    Nothing is delivered when one of the files is faulty. Exits 4 when answers that matter are missing.
    """
    spark = master_of(engine, master)
    if spark:
        files, output = with_output(files, output)
    flags = ManyFlags(source_form, full, jobs, rejects, limit_rejects, tuple(ignore or ()), resume, spark)
    if are_many(files, output, format_name, flags):
        rows = Destination(output, format_name, as_json)
        screen_many(files, rows, flags, questions, rules, exit_code=exit_code, therapist=therapist)
    file = None if output is None else Path(output)
    delivery = delivery_of(format_name, file, region, as_json=as_json, plain=plain, no_color=no_color)
    tables = load_tables(questions, rules)
    numbers = delivery.numbers(tables.rules)
    given = [(_readable(name), read_given(name, tables.questionnaire)) for name in files]
    results = [(name, result_of(tables, answers)) for name, answers in given]
    if delivery.format is not None:
        export(delivery, delivery.format, results, therapist=therapist)
    elif delivery.as_json:
        records = [{**record_of(one, numbers), "file": name} for name, one in results]
        delivery.record(records[0] if len(records) == 1 else records)
    else:
        delivery.page(page_of(results, therapist=therapist), numbers)
    raise typer.Exit(_exit([one for _, one in results], exit_code=exit_code))


def _readable(name: str) -> str:
    """Return a file name that JSON and every terminal can hold, whatever bytes the file system has in it."""
    return os.fsencode(name).decode("utf-8", "replace")


def _exit(results: Sequence[Result], *, exit_code: bool) -> Exit:
    """An emergency counts before missing answers: it must not hide behind another client's open question."""
    worst = most_severe(one.assessment.disposition for one in results)
    if exit_code and worst.is_emergency:
        return Exit.EMERGENCY
    if not all(one.assessment.complete for one in results):
        return Exit.BAD_ANSWERS
    return exit_for(worst) if exit_code else Exit.DONE
