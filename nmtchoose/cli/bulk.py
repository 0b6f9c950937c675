"""The command for many clients at once, and its flags."""

# No `from __future__ import annotations` in modules with commands: typer would have to evaluate each annotation.

from pathlib import Path
from typing import Annotated

import typer

from nmtchoose.cli import bulk_run
from nmtchoose.cli.flags import Ignore, Questions, Rules


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
    """Assess many clients at once: a row for each, in their order."""
    flags = bulk_run.Flags(
        tuple(inputs),
        output,
        format_name,
        full,
        pack,
        as_json,
        exit_code,
        jobs or 0,
        rejects,
        limit_rejects,
        source_form,
        tuple(ignore or ()),
    )
    bulk_run.run(flags, bulk_run.master_of(engine, master), questions, rules)
