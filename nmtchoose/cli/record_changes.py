"""What `nmtchoose records` changes: amendments and outcomes are added, records deleted, the store encrypted."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from nmtchoose.cli.delivery import Delivery, say
from nmtchoose.cli.drafts import Yes, sure_to_delete
from nmtchoose.cli.flags import NoColor, OnlyClient, Plain, RecordId, start_of
from nmtchoose.desk.amending import amendment, ask_outcome, ask_words, corrected, outcome_of
from nmtchoose.desk.desk import Opener
from nmtchoose.desk.drafts import NO_NAME
from nmtchoose.desk.recording import drafts_of
from nmtchoose.errors import Code, FileError, UsageError, fault
from nmtchoose.files.answers_file import read_answers
from nmtchoose.files.drafts import delete_draft, drafts_folder, last_finished, list_drafts
from nmtchoose.loading.locate import read_ordinary
from nmtchoose.model.answers import DAYS_IN_A_MONTH
from nmtchoose.practice.current import load_tables, with_offered
from nmtchoose.practice.passphrase import ask_passphrase, passphrase_of
from nmtchoose.prompts import choosing
from nmtchoose.records.entries import Wanted, booked, checked_reference, now
from nmtchoose.records.report import departed
from nmtchoose.records.store import Store
from nmtchoose.words.sentences import counted, with_numbers

_LONGEST_WORDS = 100_000  # bytes of a file whose text becomes part of a record


def amend(
    record: RecordId,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who corrects it.")],
    answers: Annotated[
        str | None, typer.Option(metavar="FILE", help="The corrected answers; without it you are asked.")
    ] = None,
    note: Annotated[bool, typer.Option("--note", help="Only add a note; no answer changes.")] = False,
    why: Annotated[
        Path | None, typer.Option("--why-file", metavar="FILE", help="Read the reason from this file.")
    ] = None,
    plain: Plain = False,
    no_color: NoColor = False,
) -> None:
    """Add an amendment to a record, and say what the result is now.

    The reason is asked, or read from the file `why`: it may be about somebody's health, so it is never a flag.
    """
    opener = Opener()
    with opener.open() as store:
        found = store.record(store.find(record))
    tables = with_offered(load_tables(None, None, offered=()), found.intake.offered)
    with choosing.asking(plain=plain, color=not no_color) as prompter:
        given = None
        if not note:
            given = read_answers(answers, tables.questionnaire) if answers else corrected(tables, found, prompter())
        reason = read_words(why) if why else ask_words(prompter(), "Why is this record amended?")
    added = amendment(tables, by, reason, given)
    with opener.open() as store:
        store.add_to(found.intake.id, added)
    say([f"Amended {found.intake.id}."])
    if added.assessment:
        title = tables.rules.dispositions[booked(added.assessment)[0]].title
        region = Delivery(region=opener.settings.region).numbers(tables.rules)
        say([with_numbers(f"The result is now: {title}.", region)])


def read_words(path: Path) -> str:
    """Return the text in a file that somebody wrote; raises FileError."""
    try:
        content = read_ordinary(path, _LONGEST_WORDS + 1)
        if len(content) > _LONGEST_WORDS:
            raise FileError([fault(Code.FILE_TOO_LARGE, str(path), limit=f"{_LONGEST_WORDS:,} bytes")])
        return content.decode()
    except (OSError, UnicodeDecodeError) as error:
        detail = getattr(error, "strerror", None) or "it is not text"
        raise FileError([fault(Code.FILE_CANNOT_READ, str(path), detail=detail)]) from None


def outcome(
    record: RecordId,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who notes it.")],
    booked: Annotated[
        list[str] | None,
        typer.Option(metavar="THERAPY", help="What was booked, or nothing; may be repeated. Without it you are asked."),
    ] = None,
    why: Annotated[
        str, typer.Option(metavar="REASON", help="Why that was not as suggested: client_wished, therapist_judged, ...")
    ] = "",
    words: Annotated[
        Path | None, typer.Option("--words-file", metavar="FILE", help="Read more words about it from this file.")
    ] = None,
    doctor: Annotated[
        Path | None, typer.Option("--doctor-file", metavar="FILE", help="Read what a doctor found from this file.")
    ] = None,
    plain: Plain = False,
    no_color: NoColor = False,
) -> None:
    """Note what was booked after an intake, whether that followed the suggestion, and why not.

    What a client or a doctor said is asked or read from a file, never a flag. Raises StoreError for an unknown record,
    UsageError for an unknown therapy or reason, or a departure without one.
    """
    opener, rules = Opener(), load_tables(None, None, offered=()).rules
    with opener.open() as store:
        found = store.record(store.find(record))
    if booked:
        taken = tuple(one.lower().replace("-", "_") for one in booked)
        more = (read_words(one) if one else "" for one in (words, doctor))
        noted = outcome_of(found, rules, by, taken, why.lower().replace("-", "_"), *more)
    else:
        with choosing.asking(plain=plain, color=not no_color) as prompter:
            noted = ask_outcome(found, rules, by, prompter())
    with opener.open() as store:
        store.add_to(found.intake.id, noted)
        again = store.record(found.intake.id)
    followed = "That departs from the suggestion." if departed(again) else "That follows the suggestion."
    say([f"Noted for {found.intake.id}. {followed}"])


def delete(
    records: Annotated[
        list[str] | None, typer.Argument(metavar="[ID...]", help="Records; the start of an id is enough.")
    ] = None,
    client: OnlyClient = None,
    yes: Yes = False,
) -> None:
    """Delete records for good: those named, or all of a client; none where one is not there (StoreError)."""
    if bool(records) == (client is not None):
        hint = "Name records by their ids, or all of one client: nmtchoose records delete --client REF"
        raise UsageError([fault(Code.USAGE_NOTHING, hint=hint)])
    with Opener().open() as store:
        if client is None:
            ids: Sequence[str] = list(dict.fromkeys(store.find(one) for one in records or ()))
            _delete(store, ids, yes=yes)
        else:
            _delete_client(store, checked_reference(client), yes=yes)


def _delete_client(store: Store, client: str, *, yes: bool) -> None:
    """Delete everything that is kept about a client, interviews on this computer too, and say so by name."""
    ids, drafts = store.ids(Wanted(client=client)), drafts_of(client)
    names = chain((_named(store, one) for one in ids), (f"interview of {one.saved:%Y-%m-%d}" for one in drafts))
    count = len(ids) + len(drafts)
    if count and not yes and not sure_to_delete(f"everything about {client}", count, names):
        return
    store.delete(ids)
    for one in drafts:
        delete_draft(drafts_folder(), one.id)
    say([f"Deleted {counted(len(ids), 'record')} and {counted(len(drafts), 'interview')} of {client}."])


def purge(
    client: OnlyClient = None,
    before: Annotated[str | None, typer.Option(metavar="DATE", help="Everything before this day.")] = None,
    yes: Yes = False,
) -> None:
    """Delete all records of a client, or all before a day, or those older than records are kept.

    Traces that an earlier deletion could not wipe, because another program had the store open, go too.
    """
    opener = Opener()
    months = opener.settings.keep_months
    limit = start_of(before) if before is not None else None
    if client is None and before is None:
        if not months:
            hint = "Set how long you keep records (nmtchoose config set keep_months 84), or name --before or --client."
            raise UsageError([fault(Code.USAGE_NOTHING, hint=hint)])
        limit = now() - timedelta(days=months * DAYS_IN_A_MONTH)
    wanted = Wanted(client="" if client is None else checked_reference(client), before=limit)
    with opener.open() as store:
        _delete(store, store.ids(wanted), yes=yes)


def _delete(store: Store, ids: Sequence[str], *, yes: bool) -> None:
    names = (_named(store, one) for one in ids)
    if ids and not yes and not sure_to_delete(counted(len(ids), "record"), len(ids), names):
        return
    store.delete(ids)
    say([f"Deleted {counted(len(ids), 'record')}."])


def _named(store: Store, record_id: str) -> str:
    for record in store.readable([record_id]):
        intake = record.intake
        return f"{intake.client or NO_NAME}, {intake.taken_at.astimezone():%Y-%m-%d} ({record_id})"
    return f"damaged ({record_id})"


def encrypt() -> None:
    """Encrypt the store, or change its passphrase. The new one is asked twice, or comes from the configured place."""
    opener = Opener()
    with opener.open() as store:
        settings = opener.settings
        if (settings.key_file or settings.key_command) and not store.encrypted:
            passphrase = passphrase_of(settings)()
        else:
            passphrase = ask_passphrase("New passphrase: ")
            if ask_passphrase("The same again: ") != passphrase:
                raise UsageError([fault(Code.USAGE_NOTHING, hint="The two were not the same. Try again.")])
        store.encrypt(passphrase)
    typer.echo("The records are encrypted. Without the passphrase nobody can read them, you neither.", err=True)
    folder = drafts_folder()
    if list_drafts(folder) or last_finished(folder):
        typer.echo("Interviews from before are still there in clear: nmtchoose drafts --delete-all", err=True)
