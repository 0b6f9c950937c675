"""`nmtchoose intake`: ask one client, then show the result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from msgspec import Struct

from nmtchoose.cli.assessing import assessed, kept_answers, load_tables, record_of
from nmtchoose.cli.body_shown import BodyShown
from nmtchoose.cli.delivery import Delivery
from nmtchoose.cli.help_called import ask_about_help, say_emergency
from nmtchoose.cli.keeping import Keeping
from nmtchoose.cli.opened import Opener
from nmtchoose.cli.saving import Saving, SavingWanted
from nmtchoose.cli.starting import Start, Wanted, start
from nmtchoose.cli.status import Exit
from nmtchoose.cli.views import View, page_for, wanted_views
from nmtchoose.engine.interview import state
from nmtchoose.errors import AnswerError, CannotPromptError, Code, NmtchooseError, fault
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.rules import Region
from nmtchoose.model.tables import Tables
from nmtchoose.prompts.protocol import Prompter, Voice
from nmtchoose.records.drafts import delete_old_drafts, drafts_folder, kept_days

if TYPE_CHECKING:
    from nmtchoose.model.assessment import Assessment


class Interviewed(Struct, frozen=True):
    """All answers given, and who asked for them; nobody where nothing had to be asked.

    `full` is False where answers were carried over from an earlier visit.
    """

    answers: Answers
    prompter: Prompter | None = None
    full: bool = True


def run(
    delivery: Delivery,
    wanted: Wanted,
    record: SavingWanted,
    save_answers: Path | None,
    questions: Path | None,
    rules: Path | None,
    *,
    therapist: bool,
) -> None:
    """Ask what a file or a draft does not answer, and deliver the result: the client's page or the therapist's, in
    staff voice also the desk's. The intake is saved as `record` says.

    Nothing is asked when the answers of a file are complete. Raises CannotPromptError when questions are open and there
    is no terminal, or AnswerError that names them when a file was given.
    """
    tables = load_tables(questions, rules)
    delivery.numbers(tables.rules)
    opener = Opener()
    folder, days = drafts_folder(), kept_days(opener.settings.draft_days)
    delete_old_drafts(folder, days, datetime.now(UTC))
    begun = start(tables.questionnaire, folder, days, wanted)
    views = wanted_views(therapist=therapist, staff=begun.voice is Voice.STAFF)
    saving = Saving(record, opener, begun.voice)
    if record.client and not begun.answers:
        from nmtchoose.cli.returning import look_up

        begun = begun.returning(look_up(record.client, tables, opener))
    missing = _missing(tables, begun) if wanted.source is not None else ()
    if wanted.source is not None and not missing:
        saving.ask(None)
        complete = _deliver(tables, delivery, Interviewed(begun.answers), saving, save_answers, views)
    else:
        from nmtchoose.prompts.choosing import at_the_terminal

        prompter = _prompter(delivery, wanted.source, missing)
        with _stopping(begun.keeping), at_the_terminal(plain=delivery.plain):
            saving.ask(prompter)
            if saving.declined:
                begun.keeping.keep_nothing()
            answers = _asked(tables, delivery, prompter, begun)
            done = Interviewed(answers, prompter, full=not begun.carried)
            complete = _deliver(tables, delivery, done, saving, save_answers, views)
            begun.keeping.forget()
    if not complete:
        raise typer.Exit(Exit.BAD_ANSWERS)


def _missing(tables: Tables, begun: Start) -> tuple[str, ...]:
    """Return the questions that the answers so far leave open."""
    return state(tables.questionnaire, tables.rules, begun.answers).missing


def _prompter(delivery: Delivery, source: str | None, missing: tuple[str, ...]) -> Prompter:
    from nmtchoose.prompts.choosing import choose_prompter
    from nmtchoose.prompts.signals import forgiving_streams

    forgiving_streams()
    try:
        return choose_prompter(plain=delivery.plain, color=not delivery.no_color, answers_on_stdin=source == "-")
    except CannotPromptError:
        if source is None:
            raise
        raise AnswerError([fault(Code.ANSWERS_INCOMPLETE, questions=", ".join(missing))]) from None


@contextmanager
def _stopping(keeping: Keeping) -> Iterator[None]:
    """Say what became of the answers when the interview is stopped, or its result cannot be delivered."""
    from nmtchoose.prompts.signals import ending_signals

    with ending_signals() as ending:
        try:
            yield
        except (KeyboardInterrupt, EOFError):
            _say_last(("", *keeping.last_words()))
            raise typer.Exit(ending.exit_code) from None
        except NmtchooseError:
            _say_last(keeping.last_words())
            raise
        finally:
            keeping.free()


def _say_last(lines: Iterable[str]) -> None:
    with suppress(OSError):  # the terminal may be gone
        for line in lines:
            typer.echo(line, err=True)


def _asked(tables: Tables, delivery: Delivery, prompter: Prompter, begun: Start) -> Answers:
    """Ask, let the answers be looked through, and return them."""
    from nmtchoose.prompts.conduct import conduct
    from nmtchoose.prompts.handover import HandingOver
    from nmtchoose.prompts.returning import still_true
    from nmtchoose.prompts.review import review

    for line in begun.news:
        prompter.say(line)
    pair = (tables.questionnaire, tables.rules)
    with HandingOver(prompter) if begun.voice is Voice.STAFF else nullcontext(prompter) as asker:
        on_answer = _after_answers(tables, delivery, asker, begun)
        before = still_true(tables.questionnaire, asker, begun.carried, begun.voice)
        given = conduct(
            pair, asker, {**begun.answers, **before}, voice=begun.voice, on_answer=on_answer, last_time=begun.carried
        )
        return review(pair, asker, given, voice=begun.voice, on_answer=on_answer)


def _after_answers(
    tables: Tables, delivery: Delivery, asker: Prompter, begun: Start
) -> Callable[[Mapping[str, Answer]], None]:
    """Return what happens after each answer: it is kept, places that hurt are drawn, and staff see flags arise."""
    body = BodyShown(tables, delivery, begun.answers)

    def keep(answers: Mapping[str, Answer]) -> None:
        begun.keeping.keep(answers, asker.say)
        body.after(answers)

    if begun.voice is not Voice.STAFF:
        return keep
    from nmtchoose.prompts.noting import Noting
    from nmtchoose.words.sentences import with_numbers

    noting = Noting(tables.questionnaire, tables.rules, begun.answers)
    region = delivery.numbers(tables.rules)

    def keep_and_note(answers: Mapping[str, Answer]) -> None:
        keep(answers)
        for line in noting.after(answers):
            asker.say(with_numbers(line, region))

    return keep_and_note


def _deliver(
    tables: Tables,
    delivery: Delivery,
    done: Interviewed,
    saving: Saving,
    save_answers: Path | None,
    views: tuple[View, ...],
) -> bool:
    """Deliver and save the result, and return whether every question that matters was answered."""
    kept = kept_answers(tables, done.answers)
    region = delivery.numbers(tables.rules)
    assessment = assessed(tables, done.answers)
    _save(tables, kept, save_answers)
    if delivery.format is not None:
        from nmtchoose.cli.exporting import export

        now, therapist = datetime.now().astimezone(), View.THERAPIST in views
        export(delivery, delivery.format, tables, [("", kept, assessment)], therapist=therapist, answered=now)
    elif not delivery.as_json:
        delivery.page(page_for(views, tables, kept, assessment), region)
    helped = _help(tables, delivery, done, assessment, region)
    if helped:
        _save(tables, kept, save_answers, helped)
    record_id = saving.save(tables, kept, assessment, helped, full=done.full)
    if record_id:
        typer.echo(f"Saved as {record_id}.", err=True)
    if delivery.as_json:
        delivery.record({**record_of(tables, kept, assessment, region), **helped})
    return assessment.complete


def _help(
    tables: Tables, delivery: Delivery, done: Interviewed, assessment: Assessment, region: Region
) -> Mapping[str, object]:
    """Ask after an emergency whether help was called; return that as `help`, or nothing where it was not asked."""
    if done.prompter is None or not assessment.disposition.is_emergency:
        return {}
    said = tables.rules.dispositions[assessment.disposition]
    if not delivery.on_screen:
        say_emergency(done.prompter, said, region)
    told = ask_about_help(
        done.prompter, assessment.disposition, said.title, region, lambda: datetime.now().astimezone()
    )
    return {"help": told} if told else {}


def _save(tables: Tables, answers: Answers, path: Path | None, more: Mapping[str, object] | None = None) -> None:
    if path is None:
        return
    import json

    from nmtchoose.formats.answers_json import answers_record
    from nmtchoose.records.atomic import write_atomically

    record = {**answers_record(answers, tables.questionnaire), **(more or {})}
    write_atomically(path, json.dumps(record, indent=2, ensure_ascii=False) + "\n")
