"""The commands there are. Nothing of theirs is imported here, so that `--help` and `--version` stay quick."""

import sys
from typing import Annotated

import typer

from nmtchoose import __version__
from nmtchoose.cli.commands import HELP_BY, Branch, Command, Commands, group_of
from nmtchoose.cli.guard import guarded
from nmtchoose.cli.status import Exit
from nmtchoose.errors import unwritable

_RECORDS = {
    "today": Command(
        "record_reading", "today", "What today's clients booked, for the desk.", examples=("records today",)
    ),
    "list": Command(
        "record_reading", "list_records", "List records, the newest first.", examples=("records list --client A-17",)
    ),
    "show": Command(
        "record_reading",
        "show",
        "Show one record, private answers included.",
        examples=("records show 3f2a",),
    ),
    "trend": Command(
        "record_reading", "trend", "Draw how pain went over a client's visits.", examples=("records trend A-17",)
    ),
    "verify": Command("record_reading", "verify_records", "Compute every result again and name what differs."),
    "amend": Command(
        "record_changes", "amend", "Correct a record or add a note; nothing is lost.", examples=("records amend 3f2a",)
    ),
    "outcome": Command(
        "record_outcomes",
        "outcome",
        "Note what was booked after an intake.",
        examples=("records outcome 3f2a --by Sam",),
    ),
    "report": Command(
        "record_outcomes", "report", "Count what happened afterwards, by therapy.", examples=("records report",)
    ),
    "give": Command(
        "record_access",
        "give",
        "Write everything kept about a client, for the client.",
        examples=("records give C-17 -o everything.html",),
    ),
    "delete": Command("record_changes", "delete", "Delete records for good.", examples=("records delete 3f2a",)),
    "purge": Command("record_changes", "purge", "Delete what is older than you keep records."),
    "encrypt": Command("record_changes", "encrypt", "Encrypt all records, or change the passphrase."),
    "export": Command(
        "record_transfer",
        "export",
        "Write records as JSON Lines, a table, a page or FHIR.",
        examples=("records export -o all.jsonl", "records export 3f2a -o client.html"),
    ),
    "import": Command(
        "record_transfer",
        "import_records",
        "Take in exported records, or answers given elsewhere.",
        examples=("records import all.jsonl", "records import sheet.txt --by Sam --consented"),
    ),
}
_CONFIG = {
    "show": Command("config", "show", "Show every setting, and where its value comes from."),
    "set": Command(
        "config",
        "set_setting",
        "Set something for yourself on this computer.",
        examples=("config set clinic 'Quiet Hands'", "config set therapies nmt swedish"),
    ),
    "unset": Command("config", "unset", "Go back to the usual value."),
    "path": Command("config", "path", "Print where settings and records stand."),
}
_DESK = "At the desk"
_MANY = "Many clients"
_AUTHORS = "For those who edit the questions and rules"
_PROGRAMS = "For programs"
_COMMANDS: Commands = {
    "intake": Command(
        "intake",
        "intake",
        "Ask one client and show what to book.",
        _DESK,
        ("intake", "intake --staff --save --client A-17", "intake --answers sheet.txt"),
    ),
    "last": Command(
        "last",
        "last",
        "Look again at the last interview, or save it afterwards.",
        _DESK,
        ("last", "last --save --client A-17"),
    ),
    "drafts": Command(
        "drafts", "drafts", "List unfinished interviews, or delete them.", _DESK, ("drafts", "intake --resume")
    ),
    "records": Branch(_RECORDS, "Look at, correct and hand out saved intakes.", _DESK),
    "compare": Command(
        "compare", "compare", "Put kinds of massage side by side.", _DESK, ("compare", "compare nmt sports")
    ),
    "explain": Command(
        "explain",
        "explain",
        "Say why a result is what it is, and what would change it.",
        _DESK,
        ("explain answers.json", "explain --rule blood-thinner", "explain answers.json --sources"),
    ),
    "sheet": Command(
        "forms", "sheet", "Print the questions as a form to fill in by hand.", _DESK, ("sheet --html -o form.html",)
    ),
    "config": Branch(_CONFIG, "Show or change what your practice has set up.", _DESK),
    "screen": Command(
        "screen",
        "screen",
        "Assess answers files without asking anything.",
        _MANY,
        ("screen answers.json", "screen --json a.json b.json", "screen answers.json -o client.html"),
    ),
    "bulk": Command(
        "bulk",
        "bulk",
        "Assess thousands of clients: a row in, a row out.",
        _MANY,
        ("bulk intakes.csv -o results.parquet", "bulk --pack 2026-*.jsonl -o archive.parquet"),
    ),
    "check": Command(
        "check",
        "check",
        "Name everything wrong or doubtful, and prove the rest.",
        _AUTHORS,
        ("check", "check clinic", "check clinic --no-prove"),
    ),
    "test": Command(
        "cases",
        "run_cases",
        "Run case files against the rules.",
        _AUTHORS,
        ("test cases", "test --record answers.json"),
    ),
    "diff": Command(
        "diff", "diff", "Say what a change means, and which results it changes.", _AUTHORS, ("diff old new",)
    ),
    "init": Command("init", "init", "Copy the built-in questions and rules to start from.", _AUTHORS, ("init clinic",)),
    "trust": Command("trust", "trust_folder", "Use the files of a project's folder.", _AUTHORS, ("trust clinic",)),
    "convert": Command(
        "convert", "convert", "Write files of an older form in the newer one.", _AUTHORS, ("convert clinic",)
    ),
    "review": Command(
        "review", "review", "Go through what decides and sign it, for the clinician.", _AUTHORS, ("review clinic",)
    ),
    "docs": Command(
        "docs", "docs", "Write the clinical basis, for a clinician to sign.", _AUTHORS, ("docs -o clinical-basis.md",)
    ),
    "schema": Command("schema", "schema", "Print a JSON Schema.", _PROGRAMS, ("schema assessment",)),
    "fhir": Command("forms", "fhir", "Print the questionnaire as FHIR.", _PROGRAMS, ("fhir -o questionnaire.json",)),
}
_CONFIGURED = ("intake", "last", "screen", "compare", "explain")
"""Commands whose flags have defaults that a practice can configure."""

app = typer.Typer(
    name="nmtchoose",
    cls=group_of(_COMMANDS),
    help="Which massage, in which form, or a doctor first: asks, and shows why. It suggests; it never diagnoses.",
    no_args_is_help=True,
    context_settings=HELP_BY,
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
