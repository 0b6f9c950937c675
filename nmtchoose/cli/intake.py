"""`nmtchoose intake`: ask one client, then show the result."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from nmtchoose.cli import flags
from nmtchoose.cli.delivery import Exit, delivery_of
from nmtchoose.cli.outlet import ResultOutlet
from nmtchoose.cli.pair_of import name_pair
from nmtchoose.desk.desk import Desk, Opener
from nmtchoose.desk.intake import take
from nmtchoose.desk.keeping import Keeping
from nmtchoose.desk.prompter import Prompter, Voice
from nmtchoose.desk.result import Result
from nmtchoose.desk.saving import saving_wanted
from nmtchoose.desk.starting import Start, Wanted, start
from nmtchoose.errors import AnswerError, CannotPromptError, Code, NmtchooseError, UsageError, fault
from nmtchoose.practice.current import load_tables
from nmtchoose.prompts import choosing
from nmtchoose.prompts.signals import ending_signals


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
    name_pair(tables, questions, rules)
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
            result = _taken(desk, begun, prompter, outlet)
            if begun.missing == () or not outlet.stays_in_view(result):
                break
            from nmtchoose.cli.closing import Closing  # no question waits for it

            if not Closing(outlet, result, begun.saving.client, more=True).follow(prompter):
                break
            wanted, saving = Wanted(None, voice=begun.voice), replace(saving, client="", consented=False)
    if not result.assessment.complete:
        raise typer.Exit(Exit.BAD_ANSWERS)


def _taken(desk: Desk, begun: Start, prompter: Callable[[], Prompter], outlet: ResultOutlet) -> Result:
    if begun.missing == ():
        return take(desk, begun, None, outlet)
    try:
        asker = prompter()
    except CannotPromptError:  # where there can be none, the questions that a file leaves open are named
        if begun.missing is None:
            raise
        raise AnswerError([fault(Code.ANSWERS_INCOMPLETE, questions=", ".join(begun.missing))]) from None
    with _stopping(begun.keeping), choosing.released(asker):
        return take(desk, begun, asker, outlet)


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
