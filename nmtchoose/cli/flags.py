"""Flags that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from nmtchoose.formats.registry import NAMES_TOLD

Questions = Annotated[Path | None, typer.Option("--questions", metavar="FILE", help="Use this questions.yaml.")]
Rules = Annotated[Path | None, typer.Option("--rules", metavar="FILE", help="Use this rules.yaml.")]
Plain = Annotated[
    bool,
    typer.Option(
        "--plain/--no-plain", show_default=False, help="Plain lines: for screen readers and simple terminals."
    ),
]
Full = Annotated[bool, typer.Option("--full", help="The whole page, not the short form that fits one screen.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="No colours.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the assessment as JSON.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the result to this file.")]
FormatName = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="NAME", help=f"{NAMES_TOLD}; without it, what the ending of the output file means."
    ),
]
Region = Annotated[
    str, typer.Option("--region", envvar="NMTCHOOSE_REGION", metavar="CODE", help="Whose telephone numbers to show.")
]
Client = Annotated[str | None, typer.Option(metavar="REF", help="Whose intake this is; any pseudonym will do.")]
By = Annotated[str | None, typer.Option(metavar="NAME", help="Who asks.")]
Consented = Annotated[bool, typer.Option("--consented", help="The client has agreed to the record; needs --by.")]
NoProve = Annotated[bool, typer.Option("--no-prove", help="Leave out what needs the solver.")]
Therapist = Annotated[bool, typer.Option("--therapist", help="Show the therapist's page instead of the client's.")]
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="COLUMN", help="Many clients: leave this column out; may be repeated."),
]
ExitCode = Annotated[
    bool, typer.Option("--exit-code", help="Exit 10 on an emergency, 11 on doctor first, 12 on later.")
]
PairPaths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[DIR or FILES]", help="A folder, or one or both files; the pair in use without."),
]
