"""`nmtchoose records export`, `import` and `give`: records as JSON Lines, in other formats, and for the client."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from nmtchoose.cli.delivery import Delivery, say, standard_output
from nmtchoose.cli.drafts import Yes
from nmtchoose.cli.flags import DispositionWord, OnlyClient, Since, Therapy, Until, wanted_records
from nmtchoose.cli.results import export_intakes
from nmtchoose.desk.desk import Desk, Opener, saving_wanted
from nmtchoose.desk.interview import result_again
from nmtchoose.desk.recording import about_client, give_json, give_page, take_in
from nmtchoose.errors import AnswerError, Code, UsageError, fault, while_reading
from nmtchoose.files.answers_file import STANDARD_INPUT, name_of, standard_input
from nmtchoose.files.atomic import write_atomically
from nmtchoose.formats.reading import intakes_given
from nmtchoose.formats.registry import Format, format_named, format_of
from nmtchoose.loading.locate import read_ordinary
from nmtchoose.pages.intake import Intake
from nmtchoose.practice.current import load_tables
from nmtchoose.prompts import choosing
from nmtchoose.records.entries import RECORD_FORMAT, Record, Wanted, checked_reference, from_lines, to_lines
from nmtchoose.records.verify import made_by
from nmtchoose.words.sentences import counted

_LINES = (".jsonl", ".ndjson")
_WHOLE = "jsonl"  # the format that for records means everything the store holds of them, ready for `records import`
_GIVE, _LEAVE = "give", "leave"


def export(
    records: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID...]", help="Records; the start of an id is enough. Without one, all."),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file.")] = None,
    format_name: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="NAME",
            help="csv, json, fhir, html and all others of `screen`; without it, what the ending of the output file"
            " means.",
        ),
    ] = None,
    client: OnlyClient = None,
    since: Since = None,
    until: Until = None,
    disposition: DispositionWord = None,
    therapy: Therapy = None,
) -> None:
    """Write the records that are named, or all that are wanted, the oldest first, readable by their owner only.

    Whole records are JSON Lines; `format_name`, or the ending of the file, asks for another format. Raises UsageError
    for an unknown one, or one that does not take so many records.
    """
    wanted = wanted_records(client, since, until, disposition, therapy)
    if records and wanted != Wanted():
        raise UsageError([fault(Code.USAGE_TOGETHER, one="an ID", other="a filter")])
    form = format_named(format_name) if format_name is not None else format_of(output) if output is not None else None
    opener = Opener()
    delivery = Delivery(output=output, region=opener.settings.region)
    with opener.reading() as store:
        named = dict.fromkeys(store.find(one) for one in records or ())
        found = tuple(map(store.record, named) if named else store.records(wanted))
        if not found:
            typer.echo("No record fits; nothing was written.", err=True)
        elif form is not None and form.name != _WHOLE:
            _export_as(form, delivery, found)
        elif output is None:
            with standard_output() as out:
                out.writelines(to_lines(found))
        else:
            write_atomically(output, "".join(to_lines(found)))
            typer.echo(f"Wrote {counted(len(found), 'record')} to {output}.", err=True)


def _export_as(form: Format, delivery: Delivery, records: Sequence[Record]) -> None:
    """Deliver `records` as `form`, by the files in use, and say what to know about it; raises UsageError for none."""
    tables = load_tables(None, None, offered=())
    stamps = (tables.questionnaire.stamp.sha256, tables.rules.stamp.sha256)
    intakes: list[Intake] = []
    unreadable: list[str] = []
    other_files = 0
    for record in records:
        try:
            result = result_again(tables, record.answers, record.intake.offered)
        except AnswerError:  # an answer that today's questions do not have
            unreadable.append(record.intake.id)
        else:
            about, when = record.intake, record.intake.taken_at.astimezone()
            intakes.append(
                Intake(result.answers, result.assessment, about.client, when, by=about.asked_by, record=about.id)
            )
            other_files += made_by(record.assessment) != stamps
    left_out = (
        f"Left out, since today's questions do not take their answers: {', '.join(unreadable)}. Put the files in"
        " place that made them, or export whole records without --format."
    )
    if not intakes:
        raise UsageError([fault(Code.USAGE_NOTHING, hint=left_out)])
    export_intakes(delivery, form, tables, intakes)
    if other_files:
        made = f"{counted(other_files, 'record')} made with other questions or rules: the result written is by today's."
        typer.echo(f"{made} What was found then stands in: nmtchoose records show", err=True)
    if unreadable:
        typer.echo(left_out, err=True)


def import_records(
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
    """Take in all records of a file or none, or the answers of one that holds other than whole records.

    The flags say for whom and by whose word answers are kept. Raises StoreError that names every faulty line, or
    AnswerError.
    """
    saving = saving_wanted(client, by, save=True, consented=consented)
    name = name_of(file)
    with while_reading(name):
        content = standard_input().read() if file == STANDARD_INPUT else read_ordinary(Path(file))
    whole = RECORD_FORMAT.encode() in content or file.lower().endswith(_LINES) or not content.strip()
    if not whole:
        opener, tables = Opener(), load_tables(None, None)
        region = Delivery(region=opener.settings.region).numbers(tables.rules)
        say(take_in(Desk(tables, region, opener), intakes_given(content, tables.questionnaire, name), saving))
        return
    records = from_lines(io.BytesIO(content), name)
    with Opener().open() as store:
        added = store.add(records)
    say([f"Imported {counted(added, 'record')}; {len(records) - added} were there already."])


def give(
    client: Annotated[str, typer.Argument(metavar="REF", help="A client.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="A page (.html), or for programs .json.")
    ] = None,
    yes: Yes = False,
) -> None:
    """Write all that is kept about a client to a file, and name damaged records; raises UsageError for nothing."""
    reference, opener = checked_reference(client), Opener()
    if output is None or output.suffix.lower() not in (".html", ".json"):
        hint = "Name the file to write: -o everything.html, or -o everything.json for another program."
        raise UsageError([fault(Code.USAGE_NOTHING, hint=hint)])
    with opener.reading() as store:
        kept = about_client(store, reference)
        if not (kept.records or kept.drafts):
            raise UsageError([fault(Code.USAGE_NOTHING, hint=f"Nothing is kept about '{reference}'.")])
        what = f"{counted(len(kept.records), 'record')} and {counted(len(kept.drafts), 'interview')} of {reference}"
        if not yes:
            with choosing.asking() as prompter:
                rows = ((_GIVE, "Yes, write it"), (_LEAVE, "No"))
                reply = prompter().choose(f"Write {what} to {output}?", rows)
            if reply != _GIVE:
                say(["Nothing was written."])
                return
        write = give_json if output.suffix.lower() == ".json" else give_page
        write_atomically(output, write(kept, load_tables(None, None, offered=())))
        say([f"Wrote {what} to {output}. Only you can read it; give it to the client and to nobody else."])
