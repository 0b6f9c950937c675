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
from nmtchoose.cli.status import Exit
from nmtchoose.engine.interview import State, state
from nmtchoose.errors import AnswerError, CannotPrompt, Code, fault
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.prompts.protocol import Voice
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
    resume: bool,
    draft: str | None,
) -> None:
    """Ask what `source` or a draft does not answer, and deliver the result.

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
    answers = start.answers if unattended else _interview(tables, delivery, start, folder, source, now)
    _deliver(tables, delivery, answers, save_answers)
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
) -> Answers:
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
            return review(pair, prompter, given, voice=start.voice, on_answer=keep)
        except (KeyboardInterrupt, EOFError):
            _say_how_to_resume(folder, start.draft_id)
            raise typer.Exit(ending.exit_code) from None


def _keeper(tables: Tables, start: Start, folder: Path) -> Callable[[Mapping[str, Answer]], None]:
    def keep(answers: Mapping[str, Answer]) -> None:
        save_draft(folder, start.draft_id, answers, start.voice, tables.questionnaire)

    return keep


def _say_how_to_resume(folder: Path, draft_id: str) -> None:
    if (folder / f"{draft_id}.json").exists():
        typer.echo("\nStopped. Your answers are kept. To go on: nmtchoose intake --resume", err=True)
    else:
        typer.echo("\nStopped. Nothing was answered, so nothing is kept.", err=True)


def _deliver(tables: Tables, delivery: Delivery, answers: Answers, save_answers: Path | None) -> None:
    kept = kept_answers(tables, answers)
    region = delivery.numbers(tables.rules)
    assessment = assessed(tables, answers)
    if save_answers is not None:
        _save(tables, kept, save_answers)
    if delivery.as_json:
        delivery.record(record_of(tables, kept, assessment, region))
    else:
        from nmtchoose.reports.result_page import result_page

        page = result_page(assessment, tables.questionnaire, tables.rules, kept)
        delivery.page(page, region)
    if not assessment.complete:
        raise typer.Exit(Exit.BAD_ANSWERS)


def _save(tables: Tables, answers: Answers, path: Path) -> None:
    import json

    from nmtchoose.records.atomic import write_atomically
    from nmtchoose.reports.answers_json import answers_record

    record = answers_record(answers, tables.questionnaire)
    write_atomically(path, json.dumps(record, indent=2, ensure_ascii=False) + "\n")
