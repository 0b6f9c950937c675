"""The commands there are. Nothing of theirs is imported here, so that `--help` and `--version` stay quick."""

import sys
from typing import Annotated

import typer

from nmtchoose import __version__
from nmtchoose.cli.commands import Branch, Command, Commands, group_of
from nmtchoose.cli.guard import guarded
from nmtchoose.cli.status import Exit
from nmtchoose.errors import unwritable

_RECORDS = {
    "list": Command("record_reading", "list_records", "List records, the newest first."),
    "show": Command(
        "record_reading", "show", "Show one record with its amendments. All answers are shown, private ones too."
    ),
    "trend": Command("record_reading", "trend", "Draw how pain went over a client's visits."),
    "verify": Command("record_reading", "verify_records", "Compute every result again and name what differs."),
    "amend": Command(
        "record_changes", "amend", "Correct a record, or add a note. What stood there stays, with who, when and why."
    ),
    "delete": Command("record_changes", "delete", "Delete records for good, with their consents and amendments."),
    "purge": Command(
        "record_changes",
        "purge",
        "Delete what is older than you keep records (`config set keep_months`), or all of one client.",
    ),
    "encrypt": Command("record_changes", "encrypt", "Encrypt all records with a passphrase, or change the passphrase."),
    "export": Command(
        "record_transfer", "export", "Write whole records as JSON Lines, or what they say as a table, a page or FHIR."
    ),
    "import": Command(
        "record_transfer",
        "import_records",
        "Take in exported records, or answers given elsewhere; what is there already is left alone.",
    ),
}
_CONFIG = {
    "show": Command("config", "show", "Show every setting, its value and where the value comes from."),
    "set": Command("config", "set_setting", "Set something for yourself on this computer."),
    "unset": Command("config", "unset", "Go back to the usual value."),
    "path": Command("config", "path", "Print where the files stand: settings and records."),
}
_COMMANDS: Commands = {
    "intake": Command("intake", "intake", "Ask one client and show the recommendation."),
    "screen": Command(
        "screen", "screen", "Assess answers files without asking anything; for many clients at once, see `bulk`."
    ),
    "bulk": Command("bulk", "bulk", "Assess many clients at once: a row for each, in their order."),
    "compare": Command("compare", "compare", "Compare the therapies without an intake."),
    "explain": Command(
        "explain", "explain", "Say why this result, why not another, and what would change it; or when one rule fires."
    ),
    "schema": Command("schema", "schema", "Print a JSON Schema."),
    "drafts": Command("drafts", "drafts", "List unfinished interviews, or delete them."),
    "last": Command("last", "last", "Look again at the interview that was finished last, or save it afterwards."),
    "docs": Command(
        "docs", "docs", "Write the clinical basis: every question, rule, threshold and source, for a clinician to sign."
    ),
    "review": Command(
        "review", "review", "Go through what decides, the riskiest first, and sign it; for the clinician."
    ),
    "check": Command("check", "check", "Name everything wrong or doubtful about the questions and rules."),
    "test": Command("cases", "run_cases", "Run case files against the rules."),
    "diff": Command("diff", "diff", "Say what a change of the files means, and which results change with it."),
    "init": Command("init", "init", "Copy the built-in questions and rules to start from."),
    "trust": Command(
        "trust", "trust_folder", "Use the settings, questions and rules of a project's folder; a change asks again."
    ),
    "convert": Command(
        "convert", "convert", "Write questions and rules that are in an older form in the newer one; comments stay."
    ),
    "sheet": Command(
        "forms",
        "sheet",
        "Print the questionnaire as a form to fill in by hand; `screen` and `intake --answers` read the text form"
        " back.",
    ),
    "fhir": Command("forms", "fhir", "Print the questionnaire as a FHIR Questionnaire, for other programs to ask it."),
    "records": Branch(_RECORDS, "List, read, correct, hand out and delete saved intakes."),
    "config": Branch(_CONFIG, "Show or change what your practice has set up."),
}
_CONFIGURED = ("intake", "last", "screen", "compare", "explain")
"""Commands whose flags have defaults that a practice can configure."""

app = typer.Typer(
    name="nmtchoose",
    cls=group_of(_COMMANDS),
    help="Which massage, in which form, or a doctor first: asks, and shows why. It suggests; it never diagnoses.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


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
    """Fill in what the practice has configured."""
    if context.invoked_subcommand in _CONFIGURED:
        from nmtchoose.practice.current import current_settings, flags_by_command

        with guarded():
            context.default_map = flags_by_command(current_settings())


def main() -> None:
    """Run the command line. Commands guard what they write; help and version are written by typer."""
    try:
        app()
    except OSError as error:
        from nmtchoose.cli.standard_output import NAME, drop_the_rest

        drop_the_rest(sys.stdout)
        typer.echo(f"nmtchoose: {unwritable(NAME, error)}", err=True)
        sys.exit(Exit.INTERNAL)
