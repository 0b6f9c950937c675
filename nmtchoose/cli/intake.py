"""`nmtchoose intake`: ask one client, then show the result."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from msgspec import Struct

from nmtchoose.cli.delivery import Delivery, delivery_of
from nmtchoose.cli.flags import AsJson, FormatName, NoColor, Output, Plain, Questions, Region, Rules, Therapist
from nmtchoose.cli.status import Exit
from nmtchoose.desk.desk import Desk, Opener
from nmtchoose.desk.intake import take
from nmtchoose.desk.keeping import Keeping
from nmtchoose.desk.prompter import Prompter, Voice
from nmtchoose.desk.result import Result
from nmtchoose.desk.saving import saving_wanted
from nmtchoose.desk.starting import Start, Wanted, start
from nmtchoose.errors import AnswerError, CannotPromptError, Code, NmtchooseError, UsageError, fault
from nmtchoose.practice.tables import load_tables
from nmtchoose.prompts import choosing
from nmtchoose.prompts.signals import ending_signals, forgiving_streams


def intake(
    answers: Annotated[
        str | None, typer.Option(metavar="FILE", help="Take answers from this file; - is standard input.")
    ] = None,
    save_answers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the answers as JSON to this file.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the latest unfinished interview.")] = False,
    draft: Annotated[str | None, typer.Option(metavar="ID", help="Go on with this one; see `drafts`.")] = None,
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
        str | None, typer.Option(metavar="REF", help="Whose intake this is; any pseudonym will do.")
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who asks.")] = None,
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
    """Ask what a file or a draft does not answer, and deliver the result; in staff voice the desk's page too.

    Nothing is asked when the answers of a file are complete. Raises CannotPromptError when questions are open and there
    is no terminal, or AnswerError that names them when a file was given. Exits 4 when answers that matter are missing.
    """
    delivery = delivery_of(format_name, output, region, as_json=as_json, plain=plain, no_color=no_color)
    saving = saving_wanted(client, by, save=save, consented=consented)
    tables = load_tables(questions, rules)
    desk = Desk(tables, delivery.numbers(tables.rules), Opener())
    wanted = _wanted(desk, answers, draft, resume=resume, staff=staff)
    begun = start(desk, wanted, saving)
    outlet = _Outlet(
        desk=desk, delivery=delivery, save_answers=save_answers, therapist=therapist, staff=begun.voice is Voice.STAFF
    )
    if begun.missing == ():
        result = take(desk, begun, saving, None, outlet)
    else:
        prompter = _prompter(delivery, answers, begun)
        with _stopping(begun.keeping), choosing.released(prompter):
            result = take(desk, begun, saving, prompter, outlet)
    if not result.assessment.complete:
        raise typer.Exit(Exit.BAD_ANSWERS)


def _wanted(desk: Desk, source: str | None, draft: str | None, *, resume: bool, staff: bool) -> Wanted:
    voice = Voice.STAFF if staff else Voice.CLIENT
    drafted = resume or draft is not None
    if source is None:
        return Wanted(None, drafted, draft, voice)
    if drafted:
        other = "--draft" if draft is not None else "--resume"
        raise UsageError([fault(Code.USAGE_TOGETHER, one="--answers", other=other)])
    from nmtchoose.formats.reading import read_given

    return Wanted(read_given(source, desk.tables.questionnaire), voice=voice)


def _prompter(delivery: Delivery, source: str | None, begun: Start) -> Prompter:
    forgiving_streams()
    try:
        return choosing.choose_prompter(
            plain=delivery.plain, color=not delivery.no_color, answers_on_stdin=source == "-"
        )
    except CannotPromptError:
        if begun.missing is None:
            raise
        raise AnswerError([fault(Code.ANSWERS_INCOMPLETE, questions=", ".join(begun.missing))]) from None


@contextmanager
def _stopping(keeping: Keeping) -> Iterator[None]:
    """Say what became of the answers when the interview is stopped, or its result cannot be delivered."""
    with ending_signals() as ending:
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


class _Outlet(Struct, frozen=True, kw_only=True):
    """What the flags say about the result; see `nmtchoose.desk.intake.Outlet`."""

    desk: Desk
    delivery: Delivery
    save_answers: Path | None
    therapist: bool
    staff: bool

    def keep(self, result: Result) -> None:
        """Write the answers to the file that `--save-answers` names."""
        if self.save_answers is None:
            return
        from nmtchoose.cli.results import answers_of

        Delivery(output=self.save_answers).record(answers_of(result))

    def show(self, result: Result) -> bool:
        """Show the page, or export; JSON has to wait until all is known."""
        from nmtchoose.cli.results import page_of  # no question waits for it

        named = [("", result)]
        if self.delivery.format is not None:
            from nmtchoose.cli.exporting import export

            now = datetime.now().astimezone()
            export(self.delivery, self.delivery.format, named, therapist=self.therapist, answered=now)
        elif not self.delivery.as_json:
            self.delivery.page(page_of(named, therapist=self.therapist, staff=self.staff), self.desk.region)
        return self.delivery.on_screen

    def finish(self, result: Result, record_id: str) -> None:
        """Say under which id the record stands, and print the JSON."""
        if record_id:
            typer.echo(f"Saved as {record_id}.", err=True)
        if self.delivery.as_json:
            from nmtchoose.cli.results import record_of

            self.delivery.record(record_of(result, self.desk.region))
