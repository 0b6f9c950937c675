"""What `nmtchoose records` changes: amendments are added, records deleted, the store encrypted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path

import typer

from nmtchoose.cli.assessing import assessed, kept_answers, load_tables, with_offered
from nmtchoose.cli.delivery import Delivery
from nmtchoose.cli.lines import counted, say
from nmtchoose.cli.opened import Opener
from nmtchoose.cli.record_filters import start_of
from nmtchoose.errors import Code, FileError, UsageError, fault
from nmtchoose.model.answers import Answers
from nmtchoose.model.tables import Tables
from nmtchoose.prompts.protocol import Prompter, Voice
from nmtchoose.store.entries import Amendment, Record, Wanted, booked, checked_reference, new_id, now
from nmtchoose.store.store import Store

DAYS_IN_A_MONTH = 30.4375
GO_ON = "go_on"
STOP = "stop"
_LONGEST_REASON = 2_000


def amend(delivery: Delivery, prefix: str, by: str, source: str | None, why: Path | None, *, note: bool) -> None:
    """Add an amendment to a record, and say what the result is now.

    The reason is asked, or read from the file `why`: it may be about somebody's health, so it is never a flag.
    """
    opener = Opener()
    with opener.open() as store:
        record = store.record(store.find(prefix))
    tables = with_offered(load_tables(None, None, offered=()), record.intake.offered)
    prompter = None if why and (source or note) else _prompter(delivery)
    with nullcontext() if prompter is None else _at_the_terminal(delivery):
        answers = None if note else _corrected(tables, record, source, prompter)
        reason = _read_reason(why) if why else _ask_reason(prompter)
    amendment = _amendment(tables, by, reason, answers)
    with opener.open() as store:
        store.amend(record.intake.id, amendment)
    say([f"Amended {record.intake.id}.", *_result_now(tables, amendment, opener.settings.region)])


def _result_now(tables: Tables, amendment: Amendment, region: str) -> Iterator[str]:
    """Yield what the result says first, where answers have changed."""
    from nmtchoose.words.sentences import with_numbers

    if amendment.assessment:
        title = tables.rules.dispositions[booked(amendment.assessment)[0]].title
        yield with_numbers(f"The result is now: {title}.", Delivery(region=region).numbers(tables.rules))


def _prompter(delivery: Delivery) -> Prompter:
    from nmtchoose.prompts.choosing import choose_prompter
    from nmtchoose.prompts.signals import forgiving_streams

    forgiving_streams()
    return choose_prompter(plain=delivery.plain, color=not delivery.no_color)


def _at_the_terminal(delivery: Delivery) -> AbstractContextManager[None]:
    from nmtchoose.prompts.choosing import at_the_terminal

    return at_the_terminal(plain=delivery.plain)


def _corrected(tables: Tables, record: Record, source: str | None, prompter: Prompter | None) -> Answers:
    """Return the corrected answers from a file, or from the review; raises AnswerError for those that do not fit."""
    from nmtchoose.records.answers_file import check_answers, read_answers

    if source is not None:
        return read_answers(source, tables.questionnaire)
    answers = check_answers(record.answers, tables.questionnaire)
    if prompter is None:
        return answers
    from nmtchoose.prompts.review import review

    pair = (tables.questionnaire, tables.rules)
    return review(pair, prompter, answers, voice=Voice.STAFF, on_answer=lambda _: None)


def _amendment(tables: Tables, by: str, why: str, answers: Answers | None) -> Amendment:
    from nmtchoose.cli.saving import result_document, told_in_words
    from nmtchoose.formats.answers_json import listed_answers

    if answers is None:
        return Amendment(new_id(), now(), by, why)
    kept = kept_answers(tables, answers)
    result: Mapping[str, object] = result_document(tables, assessed(tables, answers))
    return Amendment(new_id(), now(), by, why, listed_answers(kept), told_in_words(tables, kept), result)


def _read_reason(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        detail = getattr(error, "strerror", None) or "it is not text"
        raise FileError([fault(Code.FILE_CANNOT_READ, str(path), detail=detail)]) from None
    return _reason(text)


def _ask_reason(prompter: Prompter | None) -> str:
    from nmtchoose.prompts.asking_text import ask_text

    return _reason("" if prompter is None else ask_text(prompter, "Why is this record amended?"))


def _reason(text: str) -> str:
    reason = " ".join(text.split())[:_LONGEST_REASON]
    if not reason:
        raise UsageError([fault(Code.USAGE_NOTHING, hint="Say why: an amendment without a reason is not kept.")])
    return reason


def delete(prefixes: Sequence[str], *, yes: bool) -> None:
    """Delete records for good; raises StoreError when one of them is not there, and deletes none."""
    with Opener().open() as store:
        _delete(store, list(dict.fromkeys(store.find(one) for one in prefixes)), yes=yes)


def purge(client: str | None, before: str | None, *, yes: bool) -> None:
    """Delete all records of a client, or all before a day, or those older than records are kept.

    Traces that an earlier deletion could not wipe, because another program had the store open, go too.
    """
    opener = Opener()
    months = opener.settings.keep_months
    limit: datetime | None = start_of(before) if before is not None else None
    if client is None and before is None:
        if not months:
            hint = "Set how long you keep records (nmtchoose config set keep_months 84), or name --before or --client."
            raise UsageError([fault(Code.USAGE_NOTHING, hint=hint)])
        limit = now() - timedelta(days=months * DAYS_IN_A_MONTH)
    wanted = Wanted(client="" if client is None else checked_reference(client), before=limit)
    with opener.open() as store:
        _delete(store, [one.id for one in store.summaries(wanted)], yes=yes)


def _delete(store: Store, ids: Sequence[str], *, yes: bool) -> None:
    if ids and not yes and not _sure(f"Delete {counted(len(ids), 'record')} for good?"):
        say(["Nothing was deleted."])
        return
    store.delete(ids)
    say([f"Deleted {counted(len(ids), 'record')}."])


def _sure(question: str) -> bool:
    """Ask; raises CannotPromptError where nobody can be asked."""
    choices = ((STOP, "No, keep them"), (GO_ON, "Yes, delete them"))
    return _prompter(Delivery()).choose(question, choices) == GO_ON


def encrypt() -> None:
    """Encrypt the store, or change its passphrase. The new one is asked twice, or comes from the configured place."""
    from nmtchoose.practice.passphrase import ask_passphrase, passphrase_of

    opener = Opener()
    with opener.open() as store:
        was_encrypted = store.encrypted
        settings = opener.settings
        if (settings.key_file or settings.key_command) and not was_encrypted:
            passphrase = passphrase_of(settings)()
        else:
            passphrase = ask_passphrase("New passphrase: ")
            if ask_passphrase("The same again: ") != passphrase:
                raise UsageError([fault(Code.USAGE_NOTHING, hint="The two were not the same. Try again.")])
        store.encrypt(passphrase)
    typer.echo("The records are encrypted. Without the passphrase nobody can read them, you neither.", err=True)
