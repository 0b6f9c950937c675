"""The commands for those who edit the two files."""

from pathlib import Path
from typing import Annotated

import typer

from nmtchoose.cli.flags import NoProve, Questions, Rules
from nmtchoose.cli.many_flags import Ignore

commands = typer.Typer()


@commands.command()
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[DIR or FILES]", help="A folder, or one or both files; the pair in use without."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings count as errors.")] = False,
    no_prove: NoProve = False,
    examples: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write answers that break a proof to this folder.", show_default=False),
    ] = None,
) -> None:
    """Name everything wrong or doubtful about the questions and rules."""
    from nmtchoose.cli import check, guard

    with guard.guarded():
        check.run(paths or [], as_json=as_json, strict=strict, prove=not no_prove, examples=examples)


@commands.command("test")
def run_cases(
    cases: Annotated[
        list[Path] | None, typer.Argument(metavar="[CASES...]", help="Case files, or folders of them.")
    ] = None,
    require_coverage: Annotated[
        int | None, typer.Option(metavar="PERCENT", min=0, max=100, help="Fail below this.", show_default=False)
    ] = None,
    junit: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write JUnit XML to this file.", show_default=False)
    ] = None,
    record: Annotated[
        str | None, typer.Option(metavar="ANSWERS", help="Write a case from these answers.", show_default=False)
    ] = None,
    suggest: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write cases that together reach everything.", show_default=False),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Where to write that case.", show_default=False),
    ] = None,
    questions: Questions = None,
    rules: Rules = None,
) -> None:
    """Run case files against the rules."""
    from nmtchoose.cli import cases as command
    from nmtchoose.cli import guard

    with guard.guarded():
        command.run(
            cases or [],
            questions,
            rules,
            require_coverage=require_coverage,
            junit=junit,
            recorded=record,
            suggested=suggest,
            output=output,
        )


@commands.command()
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A folder, or one of the files, as it was.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="A folder, or one of the files, as it is now.")],
    answers: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Compare results over these answers, of one client or of many (.jsonl, .csv, .parquet, a folder, "
            "a pattern); may be repeated.",
            show_default=False,
        ),
    ] = None,
    cases: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Compare results over these cases; may be repeated.", show_default=False),
    ] = None,
    each: Annotated[int, typer.Option(metavar="N", min=1, help="Many clients: examples of each change.")] = 3,
    examples: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Many clients: write the examples to this folder.", show_default=False),
    ] = None,
    ignore: Ignore = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print all of it as JSON.")] = False,
    no_prove: NoProve = False,
) -> None:
    """Say what a change of the files means, and which results change with it."""
    from nmtchoose.cli import diff, guard

    with guard.guarded():
        over = diff.Over(answers or (), cases or (), ignore or (), each, examples)
        diff.run(old, new, over, prove=not no_prove, as_json=as_json)


@commands.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or one without these files.")],
) -> None:
    """Copy the built-in questions and rules to start from."""
    from nmtchoose.cli import guard, init

    with guard.guarded():
        init.run(folder)


@commands.command()
def convert(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[DIR or FILES]", help="A folder, or one or both files; the pair in use without."),
    ] = None,
) -> None:
    """Write questions and rules that are in an older form in the newer one; comments stay."""
    from nmtchoose.cli import convert, guard

    with guard.guarded():
        convert.run(paths or [])
