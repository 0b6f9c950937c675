"""`nmtchoose last`: look again at the interview that was finished last, or save it afterwards."""

from typing import Annotated

import typer

from nmtchoose.cli import flags
from nmtchoose.cli.closing import Closing
from nmtchoose.cli.delivery import delivery_of
from nmtchoose.cli.outlet import ResultOutlet
from nmtchoose.desk.desk import Desk, Opener
from nmtchoose.desk.finished import finished, save_finished
from nmtchoose.desk.saving import saving_wanted
from nmtchoose.practice.current import load_tables
from nmtchoose.prompts import choosing


def last(
    save: Annotated[bool, typer.Option("--save", help="Keep a record of it now, when the client agrees.")] = False,
    client: flags.Client = None,
    by: flags.By = None,
    consented: flags.Consented = False,
    therapist: flags.Therapist = False,
    full: flags.Full = False,
    plain: flags.Plain = False,
    no_color: flags.NoColor = False,
    as_json: flags.AsJson = False,
    output: flags.Output = None,
    format_name: flags.FormatName = None,
    region: flags.Region = "us",
    questions: flags.Questions = None,
    rules: flags.Rules = None,
) -> None:
    """Deliver the result of the interview that was finished last; with `save` store it instead.

    Raises FileError where none is kept or it is another client's, StoreError where nobody can be asked to agree.
    """
    delivery = delivery_of(format_name, output, region, as_json=as_json, plain=plain, no_color=no_color)
    saving = saving_wanted(client, by, save=save, consented=consented)
    tables = load_tables(questions, rules)
    desk = Desk(tables, delivery.numbers(tables.rules), Opener())
    found = finished(desk, saving.client)
    for line in found.news:
        typer.echo(line, err=True)
    if save:
        asked_before = found.draft.record or (saving.consented and saving.by)
        with choosing.asking(plain=plain, color=not no_color) as prompter:
            record = save_finished(desk, found, saving, None if asked_before else prompter())
        if record:
            typer.echo(f"Saved as {record}.", err=True)
        return
    outlet = ResultOutlet(
        desk=desk, delivery=delivery, save_answers=None, therapist=therapist, staff=found.voice.is_staff, full=full
    )
    outlet.show(found.result, seen=False)
    outlet.finish(found.result, "")
    if outlet.stays_in_view(found.result):
        with choosing.asking(plain=delivery.plain, color=not no_color) as prompter:
            Closing(outlet, found.result, found.draft.client, more=False).follow(prompter)
