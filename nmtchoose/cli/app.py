"""The commands there are, each imported when it is called: `--help` and completion need a name and a line of each.

A command is a plain function with typer's annotations. No module that holds one has `from __future__ import
annotations`: typer would have to evaluate each of them. Nothing but typer is imported before it is called.
"""

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from nmtchoose import __version__

HELP_BY = {"help_option_names": ["-h", "--help"]}


class Command(NamedTuple):
    """A function of this room, both called like the command unless said; `help` and `examples` are for the user."""

    help: str
    examples: tuple[str, ...] = ()
    module: str = ""
    function: str = ""

    def loaded(self, name: str) -> TyperCommand:
        """Return the command with its flags; errors inside become messages and exit codes."""
        from nmtchoose.cli.delivery import guarded

        function = getattr(import_module(f"nmtchoose.cli.{self.module or name}"), self.function or name)
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        shown = "".join(f"\n  nmtchoose {one}" for one in self.examples)
        epilog = f"\b\nFor instance:{shown}" if shown else None
        app.command(name, help=self.help, epilog=epilog, context_settings=HELP_BY)(guarded()(function))
        command = get_command(app)
        assert isinstance(command, TyperCommand)
        return command


class Branch(NamedTuple):
    """Commands under one name."""

    help: str
    commands: Mapping[str, Command]

    def loaded(self, name: str) -> TyperGroup:
        """Return the group."""
        return group_of({"Commands": self.commands})(
            name=name, help=self.help, no_args_is_help=True, rich_markup_mode=None, context_settings=HELP_BY
        )


Commands = Mapping[str, Command | Branch]


def group_of(panels: Mapping[str, Commands]) -> type[TyperGroup]:
    """Return a group that knows the commands of `panels` by name, in this order, and loads the one that is called."""
    commands = {name: one for panel in panels.values() for name, one in panel.items()}

    class Group(TyperGroup):
        def __init__(self, **how: Any) -> None:
            super().__init__(**how)
            self.commands = {name: TyperCommand(name, help=one.help) for name, one in commands.items()}

        def format_commands(self, ctx: Any, formatter: Any) -> None:
            for panel, inside in panels.items():
                with formatter.section(panel):
                    formatter.write_dl([(name, one.help) for name, one in inside.items()])

        def resolve_command(self, ctx: Any, args: list[str]) -> Any:
            name, found, rest = super().resolve_command(ctx, args)
            return name, commands[name].loaded(name) if name and found else None, rest

    return Group


_RECORDS = {
    "today": Command("What today's clients booked, for the desk.", ("records today",), "record_reading"),
    "list": Command(
        "List records, the newest first.", ("records list --client A-17",), "record_reading", "list_records"
    ),
    "show": Command("Show one record, private answers included.", ("records show 3f2a",), "record_reading"),
    "trend": Command("Draw how pain went over a client's visits.", ("records trend A-17",), "record_reading"),
    "verify": Command(
        "Compute every result again and name what differs.", module="record_reading", function="verify_records"
    ),
    "amend": Command("Correct a record or add a note; nothing is lost.", ("records amend 3f2a",), "record_changes"),
    "outcome": Command("Note what was booked after an intake.", ("records outcome 3f2a --by Sam",), "record_changes"),
    "report": Command("Count what happened afterwards, by therapy.", ("records report",), "record_reading"),
    "give": Command(
        "Write everything kept about a client, for the client.",
        ("records give C-17 -o everything.html",),
        "record_transfer",
    ),
    "delete": Command("Delete records for good.", ("records delete 3f2a",), "record_changes"),
    "purge": Command("Delete what is older than you keep records.", module="record_changes"),
    "encrypt": Command("Encrypt all records, or change the passphrase.", module="record_changes"),
    "export": Command(
        "Write records as JSON Lines, a table, a page or FHIR.",
        ("records export -o all.jsonl", "records export 3f2a -o client.html"),
        "record_transfer",
    ),
    "import": Command(
        "Take in exported records, or answers given elsewhere.",
        ("records import all.jsonl", "records import sheet.txt --by Sam --consented"),
        "record_transfer",
        "import_records",
    ),
}
_CONFIG = {
    "show": Command("Show every setting, and where its value comes from.", module="config"),
    "set": Command(
        "Set something for yourself on this computer.",
        ("config set clinic 'Quiet Hands'", "config set therapies nmt swedish"),
        "config",
        "set_setting",
    ),
    "unset": Command("Go back to the usual value.", module="config"),
    "path": Command("Print where settings and records stand.", module="config"),
}
_DESK: Commands = {
    "intake": Command(
        "Ask one client and show what to book.",
        ("intake", "intake --staff --save --client A-17", "intake --answers sheet.txt"),
    ),
    "last": Command(
        "Look again at the last interview, or save it afterwards.", ("last", "last --save --client A-17"), "intake"
    ),
    "drafts": Command("List unfinished interviews, or delete them.", ("drafts", "intake --resume")),
    "records": Branch("Look at, correct and hand out saved intakes.", _RECORDS),
    "compare": Command("Put kinds of massage side by side.", ("compare", "compare nmt sports"), "explain"),
    "explain": Command(
        "Say why a result is what it is, and what would change it.",
        ("explain answers.json", "explain --rule blood-thinner", "explain answers.json --sources"),
    ),
    "sheet": Command("Print the questions as a form to fill in by hand.", ("sheet --html -o form.html",), "two_files"),
    "config": Branch("Show or change what your practice has set up.", _CONFIG),
}
_MANY = {
    "screen": Command(
        "Assess answers files without asking anything.",
        ("screen answers.json", "screen --json a.json b.json", "screen answers.json -o client.html"),
    ),
    "bulk": Command(
        "Assess thousands of clients: a row in, a row out.",
        ("bulk intakes.csv -o results.parquet", "bulk --pack 2026-*.jsonl -o archive.parquet"),
    ),
}
_AUTHORS = {
    "check": Command(
        "Name everything wrong or doubtful, and prove the rest.", ("check", "check clinic", "check clinic --no-prove")
    ),
    "test": Command(
        "Run case files against the rules.", ("test cases", "test --record answers.json"), "cases", "run_cases"
    ),
    "diff": Command("Say what a change means, and which results it changes.", ("diff old new",)),
    "init": Command("Copy the built-in questions and rules to start from.", ("init clinic",), "two_files"),
    "trust": Command("Use the files of a project's folder.", ("trust clinic",), "two_files", "trust_folder"),
    "convert": Command("Write files of an older form in the newer one.", ("convert clinic",), "two_files"),
    "review": Command("Go through what decides and sign it, for the clinician.", ("review clinic",)),
    "docs": Command("Write the clinical basis, for a clinician to sign.", ("docs -o clinical-basis.md",), "two_files"),
}
_PROGRAMS = {
    "schema": Command("Print a JSON Schema.", ("schema assessment",), "two_files"),
    "fhir": Command("Print the questionnaire as FHIR.", ("fhir -o questionnaire.json",), "two_files"),
}
_PANELS = {
    "At the desk": _DESK,
    "Many clients": _MANY,
    "For those who edit the questions and rules": _AUTHORS,
    "For programs": _PROGRAMS,
}
_CONFIGURED = ("intake", "last", "screen", "compare", "explain")
"""Commands whose flags have defaults that a practice can configure."""

app = typer.Typer(
    name="nmtchoose",
    cls=group_of(_PANELS),
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
        from nmtchoose.cli.delivery import guarded
        from nmtchoose.practice.current import current_settings, flags_by_command

        with guarded():
            context.default_map = flags_by_command(current_settings())


def main() -> None:
    """Run the command line. Commands guard what they write; help and version are written by typer."""
    try:
        app()
    except OSError as error:
        from nmtchoose.cli.delivery import NAME, Exit, drop_the_rest
        from nmtchoose.errors import unwritable

        drop_the_rest(sys.stdout)
        typer.echo(f"nmtchoose: {unwritable(NAME, error)}", err=True)
        sys.exit(Exit.INTERNAL)
