"""Flags for many clients at once."""

from pathlib import Path
from typing import Annotated

import typer

from nmtchoose.formats.registry import NAMES_TOLD

FileOrFolder = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write the result to this file; with many clients, a name that ends in / is a folder.",
        show_default=False,
    ),
]
ScreenFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME",
        help=f"{NAMES_TOLD}; with many clients jsonl, csv or parquet. Without it, what the ending of the output file"
        " means.",
        show_default=False,
    ),
]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="KIND",
        help="Many clients: what standard input holds, or a file whose name does not say: jsonl, json, csv, parquet.",
        show_default=False,
    ),
]
Full = Annotated[
    bool, typer.Option("--full", help="Many clients: also each therapy, sites, what is missing and every rule.")
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", metavar="N", min=1, help="Many clients: processes; all processors without.", show_default=False
    ),
]
Rejects = Annotated[
    Path | None,
    typer.Option(
        "--rejects", metavar="FILE", help="Many clients: write here what was left out, and why.", show_default=False
    ),
]
LimitRejects = Annotated[
    int | None,
    typer.Option(
        "--limit-rejects", metavar="N", min=0, help="Many clients: stop when more are left out.", show_default=False
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore", metavar="COLUMN", help="Many clients: leave this column out; may be repeated.", show_default=False
    ),
]
Engine = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="NAME",
        help="Many clients: local, or spark for a cluster; with spark the last name may be the output.",
        show_default=False,
    ),
]
Master = Annotated[
    str | None,
    typer.Option(
        "--master",
        metavar="URL",
        help="The master of the Spark cluster: spark://host:7077, yarn, local[4].",
        show_default=False,
    ),
]
Continue = Annotated[bool, typer.Option("--continue", help="Many clients: go on with a run that was stopped.")]
PackedFile = Annotated[
    str, typer.Option("--output", "-o", metavar="FILE.parquet", help="Write the packed answers to this file.")
]
