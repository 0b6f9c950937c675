"""The commands and their flags. Nothing else is imported here, so that `--help` and `--version` stay quick."""

# No `from __future__ import annotations` in modules with commands: typer would have to evaluate each annotation.

import sys
from pathlib import Path
from typing import Annotated

import typer

from nmtchoose import __version__
from nmtchoose.cli import authors, bulk, config, forms, records
from nmtchoose.cli.building import leave_out_uncalled
from nmtchoose.cli.flags import AsJson, FormatName, NoColor, Output, Plain, Questions, Region, Rules, Therapist

app = typer.Typer(
    name="nmtchoose",
    help="Which massage, in which form, or a doctor first: asks, and shows why. It suggests; it never diagnoses.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(bulk.commands)
app.add_typer(authors.commands)
app.add_typer(forms.commands)
app.add_typer(records.commands, name="records")
app.add_typer(config.commands, name="config")

CONFIGURED = ("intake", "screen", "compare", "explain")
"""Commands whose flags have defaults that a practice can configure."""


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"nmtchoose {__version__}")
        raise typer.Exit


@app.callback()
def nmtchoose(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Which massage, in which form, or a doctor first: asks, and shows why. It suggests; it never diagnoses."""
    if context.invoked_subcommand in CONFIGURED:
        from nmtchoose.cli import guard
        from nmtchoose.practice.current import current_settings, flags_by_command

        with guard.guarded():
            context.default_map = flags_by_command(current_settings())


@app.command()
def intake(
    answers: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Take answers from this file; - is standard input.", show_default=False),
    ] = None,
    save_answers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the answers as JSON to this file.", show_default=False)
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the latest unfinished interview.")] = False,
    draft: Annotated[
        str | None, typer.Option(metavar="ID", help="Go on with this one; see `drafts`.", show_default=False)
    ] = None,
    staff: Annotated[
        bool,
        typer.Option(
            "--staff/--no-staff",
            show_default=False,
            help="Word the questions for staff who ask the client; show the desk's page too.",
        ),
    ] = False,
    save: Annotated[
        bool, typer.Option("--save/--no-save", show_default=False, help="Keep a record, when the client agrees.")
    ] = False,
    client: Annotated[
        str | None,
        typer.Option(metavar="REF", help="Whose intake this is; any pseudonym will do.", show_default=False),
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who asks.", show_default=False)] = None,
    consented: Annotated[
        bool, typer.Option("--consented", help="The client has agreed to the record; needs --by.")
    ] = False,
    therapist: Therapist = False,
    plain: Plain = False,
    no_color: NoColor = False,
    as_json: AsJson = False,
    output: Output = None,
    format_name: FormatName = None,
    region: Region = "us",
    questions: Questions = None,
    rules: Rules = None,
) -> None:
    """Ask one client and show the recommendation."""
    from nmtchoose.cli import guard, intake
    from nmtchoose.cli.delivery import Delivery
    from nmtchoose.cli.exporting import shape_of
    from nmtchoose.cli.saving import saving_wanted
    from nmtchoose.cli.starting import Wanted

    with guard.guarded():
        shape = shape_of(format_name, output, as_json=as_json, plain=plain)
        delivery = Delivery(shape.plain, no_color, shape.as_json, output, region, shape.format)
        wanted = Wanted(answers, resume, draft, staff)
        record = saving_wanted(client, by, save=save, consented=consented)
        intake.run(delivery, wanted, record, save_answers, questions, rules, therapist=therapist)


@app.command()
def screen(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Answers files; - is standard input.")],
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit 10 on an emergency, 11 on doctor first, 12 on later.")
    ] = False,
    therapist: Therapist = False,
    plain: Plain = False,
    no_color: NoColor = False,
    as_json: AsJson = False,
    output: Output = None,
    format_name: FormatName = None,
    region: Region = "us",
    questions: Questions = None,
    rules: Rules = None,
) -> None:
    """Assess answers files without asking anything; for many clients at once, see `bulk`."""
    from nmtchoose.cli import guard, screen
    from nmtchoose.cli.delivery import Delivery
    from nmtchoose.cli.exporting import shape_of

    with guard.guarded():
        screen.refuse_many(files)
        shape = shape_of(format_name, output, as_json=as_json, plain=plain)
        delivery = Delivery(shape.plain, no_color, shape.as_json, output, region, shape.format)
        screen.run(delivery, files, questions, rules, exit_code=exit_code, therapist=therapist)


@app.command()
def compare(
    therapies: Annotated[
        list[str] | None,
        typer.Argument(metavar="[THERAPY...]", help="Which to compare; the main three without names."),
    ] = None,
    plain: Plain = False,
    no_color: NoColor = False,
    output: Output = None,
    questions: Questions = None,
    rules: Rules = None,
) -> None:
    """Compare the therapies without an intake."""
    from nmtchoose.cli import compare, guard
    from nmtchoose.cli.delivery import Delivery

    with guard.guarded():
        compare.run(Delivery(plain=plain, no_color=no_color, output=output), therapies or [], questions, rules)


@app.command()
def explain(
    answers: Annotated[
        str | None, typer.Argument(metavar="[ANSWERS]", help="An answers file; - is standard input.")
    ] = None,
    rule: Annotated[
        str | None, typer.Option(metavar="ID", help="Say in words when this rule fires.", show_default=False)
    ] = None,
    no_changes: Annotated[
        bool, typer.Option("--no-changes", help="Leave out what would change the result (it takes seconds).")
    ] = False,
    plain: Plain = False,
    no_color: NoColor = False,
    output: Output = None,
    region: Region = "us",
    questions: Questions = None,
    rules: Rules = None,
) -> None:
    """Say why this result, why not another, and what would change it; or when one rule fires."""
    from nmtchoose.cli import explain, guard
    from nmtchoose.cli.delivery import Delivery

    with guard.guarded():
        delivery = Delivery(plain=plain, no_color=no_color, output=output, region=region)
        if rule is not None:
            explain.run_rule(delivery, rule, questions, rules)
        if answers is not None or rule is None:
            explain.run(delivery, explain.named(answers), questions, rules, changes=not no_changes)


@app.command()
def schema(
    name: Annotated[str, typer.Argument(metavar="NAME", help="answers, assessment, questions, rules or cases.")],
    output: Output = None,
    questions: Questions = None,
    rules: Rules = None,
) -> None:
    """Print a JSON Schema."""
    from nmtchoose.cli import guard, schema
    from nmtchoose.cli.delivery import Delivery

    with guard.guarded():
        schema.run(Delivery(output=output), name, questions, rules)


@app.command()
def drafts(
    delete: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Delete this draft; may be repeated.", show_default=False)
    ] = None,
    delete_all: Annotated[bool, typer.Option("--delete-all", help="Delete every draft.")] = False,
) -> None:
    """List unfinished interviews, or delete them."""
    from nmtchoose.cli import drafts, guard

    with guard.guarded():
        drafts.run(delete or [], delete_all=delete_all)


@app.command()
def docs(
    output: Output = None,
    check: Annotated[bool, typer.Option("--check", help="Only say whether the file is up to date.")] = False,
    questions: Questions = None,
    rules: Rules = None,
) -> None:
    """Write the clinical basis: every question, rule, threshold and source, for a clinician to sign."""
    from nmtchoose.cli import docs, guard

    with guard.guarded():
        docs.run(output, questions, rules, check=check)


def main() -> None:
    """Run the command line."""
    leave_out_uncalled(app, sys.argv[1:])
    app()
