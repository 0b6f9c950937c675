"""`nmtchoose intake`: ask one client, then show the result; `last`: look again at what was finished last."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from msgspec import Struct
from msgspec.structs import replace

from nmtchoose.cli import flags
from nmtchoose.cli.delivery import Delivery, Exit, delivery_of
from nmtchoose.desk.desk import Desk, Opener, saving_wanted
from nmtchoose.desk.drafts import Keeping
from nmtchoose.desk.intake import take
from nmtchoose.desk.interview import Result
from nmtchoose.desk.prompter import Prompter, Voice
from nmtchoose.desk.starting import Start, Wanted, start
from nmtchoose.errors import AnswerError, CannotPromptError, Code, NmtchooseError, UsageError, fault
from nmtchoose.practice.current import load_tables
from nmtchoose.prompts import choosing


class ResultOutlet(Struct, frozen=True, kw_only=True):
    """What the flags say about the result; see `nmtchoose.desk.intake.Outlet`."""

    desk: Desk
    delivery: Delivery
    save_answers: Path | None
    therapist: bool
    staff: bool
    full: bool

    def keep(self, result: Result) -> None:
        """Write the answers to the file that `--save-answers` names."""
        if self.save_answers is not None:
            from nmtchoose.cli.results import answers_of

            Delivery(output=self.save_answers).record(answers_of(result))

    def show(self, result: Result, *, seen: bool) -> None:
        """Show the page, or export; JSON has to wait until all is known. A terminal is shown nothing twice."""
        if self.delivery.as_json or (seen and self.delivery.on_screen and sys.stdout.isatty()):
            return
        from nmtchoose.cli.results import export, page_of  # no question waits for it

        named = [("", result)]
        if self.delivery.format is not None:
            now = datetime.now().astimezone()
            export(self.delivery, self.delivery.format, named, therapist=self.therapist, answered=now)
        else:
            short = None if self.full or self.therapist else self.delivery
            page = page_of(named, therapist=self.therapist, staff=self.staff, short=short)
            self.delivery.page(page, self.desk.region)

    def finish(self, result: Result, record_id: str) -> None:
        """Say under which id the record stands, and print the JSON."""
        if record_id:
            typer.echo(f"Saved as {record_id}.", err=True)
        if result.help and self.delivery.on_screen and sys.stdout.isatty():
            typer.echo("To see it again: nmtchoose last", err=True)
        if self.delivery.as_json:
            from nmtchoose.cli.results import record_of

            self.delivery.record(record_of(result, self.desk.region))

    def next_client(self, result: Result, client: str, prompter: Callable[[], Prompter], *, more: bool) -> bool:
        """Do what keys ask for where the short form stands on a terminal; return whether the next client comes."""
        emergency = result.assessment.disposition.is_emergency
        shown = self.delivery.on_screen and not (self.full or self.therapist or emergency)
        if not (shown and sys.stdout.isatty() and sys.stdin.isatty()):
            return False
        from nmtchoose.cli.closing import Closing  # no question waits for it

        return Closing(self.delivery, self.staff, result, client, more).follow(prompter)


def intake(
    answers: Annotated[
        str | None, typer.Option(metavar="FILE", help="Take answers from this file; - is standard input.")
    ] = None,
    save_answers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the answers as JSON to this file.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with an unfinished interview; of several you choose one.")
    ] = False,
    draft: Annotated[str | None, typer.Option(metavar="ID", help="Go on with this one; see `drafts`.")] = None,
    staff: Annotated[
        bool,
        typer.Option(
            "--staff/--no-staff",
            show_default=False,
            help="Word the questions for staff who ask the client; show the desk's page too.",
        ),
    ] = False,
    phone: Annotated[
        bool, typer.Option("--phone", help="The same on the telephone: nothing is handed over, all is asked by voice.")
    ] = False,
    save: Annotated[
        bool, typer.Option("--save/--no-save", show_default=False, help="Keep a record, when the client agrees.")
    ] = False,
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
    """Ask what a file or a draft does not answer, and deliver the result; in staff voice the desk's page too.

    Raises CannotPromptError when questions are open and there is no terminal, AnswerError that names them when a file
    was given. Exits 4 when answers that matter are missing.
    """
    delivery = delivery_of(format_name, output, region, as_json=as_json, plain=plain, no_color=no_color)
    if output is not None or save_answers is not None:
        from nmtchoose.files.atomic import refuse_overwriting

        refuse_overwriting([output, save_answers], [questions, rules, answers])
    saving = saving_wanted(client, by, save=save, consented=consented)
    tables = load_tables(questions, rules)
    flags.name_pair(tables, questions, rules)
    desk = Desk(tables, delivery.numbers(tables.rules), Opener())
    voice = Voice.PHONE if phone else Voice.STAFF if staff else Voice.CLIENT
    wanted = _wanted(desk, answers, draft, resume=resume, voice=voice)
    with choosing.asking(
        plain=delivery.plain, color=not delivery.no_color, answers_on_stdin=answers == "-"
    ) as prompter:
        while True:
            begun = start(desk, wanted, saving, prompter)
            outlet = ResultOutlet(
                desk=desk,
                delivery=delivery,
                save_answers=save_answers,
                therapist=therapist,
                staff=begun.voice.is_staff,
                full=full,
            )
            result = _taken(begun, prompter, outlet)
            if begun.missing == () or not outlet.next_client(result, begun.saving.client, prompter, more=True):
                break
            wanted, saving = Wanted(None, voice=begun.voice), replace(saving, client="", consented=False)
    if not result.assessment.complete:
        raise typer.Exit(Exit.BAD_ANSWERS)


def _taken(begun: Start, prompter: Callable[[], Prompter], outlet: ResultOutlet) -> Result:
    if begun.missing == ():
        return take(begun, None, outlet)
    try:
        asker = prompter()
    except CannotPromptError:  # where there can be none, the questions that a file leaves open are named
        if begun.missing is None:
            raise
        raise AnswerError([fault(Code.ANSWERS_INCOMPLETE, questions=", ".join(begun.missing))]) from None
    with _stopping(begun.keeping), choosing.released(asker):
        return take(begun, asker, outlet)


def _wanted(desk: Desk, source: str | None, draft: str | None, *, resume: bool, voice: Voice) -> Wanted:
    drafted = resume or draft is not None
    if source is None:
        return Wanted(None, drafted, draft, voice)
    if drafted:
        other = "--draft" if draft is not None else "--resume"
        raise UsageError([fault(Code.USAGE_TOGETHER, one="--answers", other=other)])
    from nmtchoose.formats.reading import read_given

    return Wanted(read_given(source, desk.tables.questionnaire), voice=voice)


@contextmanager
def _stopping(keeping: Keeping) -> Iterator[None]:
    """Say what became of the answers when the interview is stopped, or its result cannot be delivered."""
    with choosing.ending_signals() as ending:
        try:
            yield
        except (KeyboardInterrupt, EOFError):
            _say_last("", *keeping.last_words())
            raise typer.Exit(ending.exit_code) from None
        except NmtchooseError:
            _say_last(*keeping.last_words())
            raise
        finally:
            keeping.free()


def _say_last(*lines: str) -> None:
    with suppress(OSError):  # the terminal may be gone
        for line in lines:
            typer.echo(line, err=True)


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
    from nmtchoose.desk.recording import finished, save_finished

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
    with choosing.asking(plain=delivery.plain, color=not no_color) as prompter:
        outlet.next_client(found.result, found.draft.client, prompter, more=False)
