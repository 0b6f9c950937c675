"""`nmtchoose intake`: ask one client, then show the result."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import typer

from nmtchoose.cli.assessing import Tables, assessed, kept_answers, load_tables, record_of
from nmtchoose.cli.delivery import Delivery
from nmtchoose.cli.help_called import ask_about_help, say_emergency
from nmtchoose.cli.status import Exit
from nmtchoose.cli.views import View, page_for, wanted_views
from nmtchoose.engine.interview import State, state
from nmtchoose.errors import AnswerError, CannotPrompt, Code, fault
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.rules import Region
from nmtchoose.prompts.protocol import Prompter, Voice
from nmtchoose.records.drafts import (
    KEPT_DAYS,
    delete_draft,
    delete_old_drafts,
    drafts_folder,
    find_draft,
    new_id,
    restore,
    save_draft,
)

DAYS_VARIABLE = "NMTCHOOSE_DRAFT_DAYS"


@dataclass(frozen=True, slots=True)
class Interviewed:
    """All answers given, and who asked for them; nobody where nothing had to be asked."""

    answers: Answers
    prompter: Prompter | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """Where an interview starts: the draft it is kept in, the answers given so far, and the voice."""

    draft_id: str
    answers: Answers
    voice: Voice


def run(
    delivery: Delivery,
    source: str | None,
    save_answers: Path | None,
    questions: Path | None,
    rules: Path | None,
    *,
    staff: bool,
    therapist: bool,
    resume: bool,
    draft: str | None,
) -> None:
    """Ask what `source` or a draft does not answer, and deliver the result: the client's page or the therapist's, with
    `staff` also the desk's.

    Nothing is asked when the answers of `source` are complete. Raises CannotPrompt when questions are open and there
    is no terminal, or AnswerError that names them when `source` was given.
    """
    tables = load_tables(questions, rules)
    delivery.numbers(tables.rules)
    folder = drafts_folder()
    delete_old_drafts(folder, _kept_days(), datetime.now(UTC))
    start = _start(tables, folder, source, Voice.STAFF if staff else Voice.CLIENT, draft, resume=resume)
    now = state(tables.questionnaire, tables.rules, start.answers)
    unattended = source is not None and not now.missing
    done = Interviewed(start.answers) if unattended else _interview(tables, delivery, start, folder, source, now)
    _deliver(tables, delivery, done, save_answers, wanted_views(therapist=therapist, staff=staff))
    delete_draft(folder, start.draft_id)


def _kept_days() -> int:
    days = os.environ.get(DAYS_VARIABLE, "")
    return int(days) if days.isascii() and days.isdigit() else KEPT_DAYS


def _start(
    tables: Tables, folder: Path, source: str | None, voice: Voice, draft_id: str | None, *, resume: bool
) -> Start:
    if source is not None:
        from nmtchoose.records.answers_file import read_answers

        return Start(new_id(), read_answers(source, tables.questionnaire), voice)
    if not resume and draft_id is None:
        return Start(new_id(), {}, voice)
    found = find_draft(folder, draft_id)
    restored = restore(found, tables.questionnaire)
    if restored.lost:
        typer.echo(f"These questions have changed and are asked again: {', '.join(restored.lost)}", err=True)
    return Start(found.id, restored.answers, Voice(found.voice))


def _interview(
    tables: Tables, delivery: Delivery, start: Start, folder: Path, source: str | None, now: State
) -> Interviewed:
    from nmtchoose.prompts.choosing import choose_prompter
    from nmtchoose.prompts.conduct import conduct
    from nmtchoose.prompts.review import review, settle
    from nmtchoose.prompts.signals import ending_signals, forgiving_streams

    forgiving_streams()
    try:
        prompter = choose_prompter(plain=delivery.plain, color=not delivery.no_color, answers_on_stdin=source == "-")
    except CannotPrompt:
        if source is None:
            raise
        raise AnswerError([fault(Code.ANSWERS_INCOMPLETE, questions=", ".join(now.missing))]) from None
    pair = (tables.questionnaire, tables.rules)
    keep = _keeper(tables, start, folder)
    with ending_signals() as ending:
        try:
            given = conduct(pair, prompter, start.answers, voice=start.voice, on_answer=keep)
            given = settle(pair, prompter, given, voice=start.voice, on_answer=keep)
            given = review(pair, prompter, given, voice=start.voice, on_answer=keep)
        except (KeyboardInterrupt, EOFError):
            _say_how_to_resume(folder, start.draft_id)
            raise typer.Exit(ending.exit_code) from None
    return Interviewed(given, prompter)


def _keeper(tables: Tables, start: Start, folder: Path) -> Callable[[Mapping[str, Answer]], None]:
    def keep(answers: Mapping[str, Answer]) -> None:
        save_draft(folder, start.draft_id, answers, start.voice, tables.questionnaire)

    return keep


def _say_how_to_resume(folder: Path, draft_id: str) -> None:
    if (folder / f"{draft_id}.json").exists():
        typer.echo("\nStopped. Your answers are kept. To go on: nmtchoose intake --resume", err=True)
    else:
        typer.echo("\nStopped. Nothing was answered, so nothing is kept.", err=True)


def _deliver(
    tables: Tables, delivery: Delivery, done: Interviewed, save_answers: Path | None, views: tuple[View, ...]
) -> None:
    kept = kept_answers(tables, done.answers)
    region = delivery.numbers(tables.rules)
    assessment = assessed(tables, done.answers)
    _save(tables, kept, save_answers)
    if not delivery.as_json:
        delivery.page(page_for(views, tables, kept, assessment), region)
    helped = _help(tables, delivery, done, assessment, region)
    if helped:
        _save(tables, kept, save_answers, helped)
    if delivery.as_json:
        delivery.record({**record_of(tables, kept, assessment, region), **helped})
    if not assessment.complete:
        raise typer.Exit(Exit.BAD_ANSWERS)


def _help(
    tables: Tables, delivery: Delivery, done: Interviewed, assessment: Assessment, region: Region
) -> Mapping[str, object]:
    """Ask after an emergency whether help was called; return that as `help`, or nothing where it was not asked."""
    if done.prompter is None or not assessment.disposition.is_emergency:
        return {}
    if not delivery.on_screen:
        say_emergency(done.prompter, tables.rules.dispositions[assessment.disposition], region)
    told = ask_about_help(done.prompter, assessment.disposition, region, lambda: datetime.now().astimezone())
    return {"help": told} if told else {}


def _save(tables: Tables, answers: Answers, path: Path | None, more: Mapping[str, object] | None = None) -> None:
    if path is None:
        return
    import json

    from nmtchoose.records.atomic import write_atomically
    from nmtchoose.reports.answers_json import answers_record

    record = {**answers_record(answers, tables.questionnaire), **(more or {})}
    write_atomically(path, json.dumps(record, indent=2, ensure_ascii=False) + "\n")
