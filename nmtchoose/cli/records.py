"""`nmtchoose records`: what was saved. Each command imports what it needs itself."""

from pathlib import Path
from typing import Annotated

import typer

from nmtchoose.cli.flags import NoColor, Plain

commands = typer.Typer(help="List, read, correct, hand out and delete saved intakes.", no_args_is_help=True)

Record = Annotated[str, typer.Argument(metavar="ID", help="A record; the start of its id is enough.")]
Client = Annotated[str | None, typer.Option(metavar="REF", help="Only this client.", show_default=False)]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="Only from this day on.", show_default=False)]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Only up to this day.", show_default=False)]
Disposition = Annotated[
    str | None, typer.Option(metavar="WORD", help="Only this disposition, such as clearance.", show_default=False)
]
Therapy = Annotated[str | None, typer.Option(metavar="THERAPY", help="Only where this is suggested.")]
RecordFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME",
        help="csv, json, fhir, html and all others of `screen`; without it, what the ending of the output file means.",
        show_default=False,
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask whether to go on.")]


@commands.command("list")
def list_(
    client: Client = None,
    since: Since = None,
    until: Until = None,
    disposition: Disposition = None,
    therapy: Therapy = None,
    plain: Plain = False,
    no_color: NoColor = False,
) -> None:
    """List records, the newest first."""
    from nmtchoose.cli import guard, record_reading
    from nmtchoose.cli.delivery import Delivery
    from nmtchoose.cli.record_filters import wanted_records

    with guard.guarded():
        wanted = wanted_records(client, since, until, disposition, therapy)
        record_reading.list_records(Delivery(plain=plain, no_color=no_color), wanted)


@commands.command()
def show(record: Record, plain: Plain = False, no_color: NoColor = False) -> None:
    """Show one record with its amendments. All answers are shown, private ones too."""
    from nmtchoose.cli import guard, record_reading
    from nmtchoose.cli.delivery import Delivery

    with guard.guarded():
        record_reading.show(Delivery(plain=plain, no_color=no_color), record)


@commands.command()
def trend(
    client: Annotated[str, typer.Argument(metavar="REF", help="A client.")],
    plain: Plain = False,
    no_color: NoColor = False,
) -> None:
    """Draw how pain went over a client's visits."""
    from nmtchoose.cli import guard, record_reading
    from nmtchoose.cli.delivery import Delivery

    with guard.guarded():
        record_reading.trend(Delivery(plain=plain, no_color=no_color), client)


@commands.command()
def verify() -> None:
    """Compute every result again and name what differs."""
    from nmtchoose.cli import guard, record_reading

    with guard.guarded():
        record_reading.verify_records()


@commands.command()
def amend(
    record: Record,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who corrects it.")],
    answers: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="The corrected answers; without it you are asked.", show_default=False),
    ] = None,
    note: Annotated[bool, typer.Option("--note", help="Only add a note; no answer changes.")] = False,
    why: Annotated[
        Path | None,
        typer.Option("--why-file", metavar="FILE", help="Read the reason from this file.", show_default=False),
    ] = None,
    plain: Plain = False,
    no_color: NoColor = False,
) -> None:
    """Correct a record, or add a note. What stood there stays, with who, when and why."""
    from nmtchoose.cli import guard, record_changes
    from nmtchoose.cli.delivery import Delivery

    with guard.guarded():
        delivery = Delivery(plain=plain, no_color=no_color)
        record_changes.amend(delivery, record, by, answers, why, note=note)


@commands.command()
def delete(
    records: Annotated[list[str], typer.Argument(metavar="ID...", help="Records; the start of an id is enough.")],
    yes: Yes = False,
) -> None:
    """Delete records for good, with their consents and amendments."""
    from nmtchoose.cli import guard, record_changes

    with guard.guarded():
        record_changes.delete(records, yes=yes)


@commands.command()
def purge(
    client: Client = None,
    before: Annotated[
        str | None, typer.Option(metavar="DATE", help="Everything before this day.", show_default=False)
    ] = None,
    yes: Yes = False,
) -> None:
    """Delete what is older than you keep records (`config set keep_months`), or all of one client."""
    from nmtchoose.cli import guard, record_changes

    with guard.guarded():
        record_changes.purge(client, before, yes=yes)


@commands.command()
def encrypt() -> None:
    """Encrypt all records with a passphrase, or change the passphrase."""
    from nmtchoose.cli import guard, record_changes

    with guard.guarded():
        record_changes.encrypt()


@commands.command()
def export(
    records: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID...]", help="Records; the start of an id is enough. Without one, all."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file.", show_default=False),
    ] = None,
    format_name: RecordFormat = None,
    client: Client = None,
    since: Since = None,
    until: Until = None,
    disposition: Disposition = None,
    therapy: Therapy = None,
) -> None:
    """Write whole records as JSON Lines, or what they say as a table, a page or FHIR."""
    from nmtchoose.cli import guard, record_transfer
    from nmtchoose.cli.record_filters import wanted_records

    with guard.guarded():
        wanted = wanted_records(client, since, until, disposition, therapy)
        record_transfer.export(output, records or [], wanted, format_name)


@commands.command("import")
def import_(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="JSON Lines from `records export`, an answers file, a filled sheet or FHIR; - is standard input.",
        ),
    ],
    client: Annotated[str | None, typer.Option(metavar="REF", help="Whose answers these are.")] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who imports answers.")] = None,
    consented: Annotated[
        bool, typer.Option("--consented", help="The client has agreed that answers are kept; needs --by.")
    ] = False,
) -> None:
    """Take in exported records, or answers given elsewhere; what is there already is left alone."""
    from nmtchoose.cli import guard, record_transfer
    from nmtchoose.cli.saving import saving_wanted

    with guard.guarded():
        record_transfer.import_records(file, saving_wanted(client, by, save=True, consented=consented))
