"""What is kept of a client: results, just taken, finished before or given elsewhere, as records; and all together."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from nmtchoose.desk.desk import Desk, SavingWanted, ask_consent
from nmtchoose.desk.drafts import draft_words, interview_of, require_client
from nmtchoose.desk.emergency import WRONG_KEY
from nmtchoose.desk.interview import Result, concluded, result_of
from nmtchoose.desk.prompter import Prompter, Voice
from nmtchoose.errors import Code, FileError, StoreError, UsageError, fault
from nmtchoose.files.drafts import (
    Draft,
    delete_draft,
    delete_old_drafts,
    drafts_folder,
    last_finished,
    list_drafts,
    save_draft,
)
from nmtchoose.formats.assessment_json import assessment_record, listed_answers
from nmtchoose.formats.html_page import html_page
from nmtchoose.formats.reading import Given
from nmtchoose.model.tables import Tables
from nmtchoose.pages.page import Facts, Page, under_names
from nmtchoose.pages.record import record_page
from nmtchoose.practice.settings import consent_words
from nmtchoose.records.entries import Consent, Intake, Record, Wanted, checked_reference, new_id, now, to_lines
from nmtchoose.records.store import Store
from nmtchoose.words.answers import answer_words
from nmtchoose.words.sentences import with_numbers

FORMAT = "nmtchoose/everything/1"
_ONE_SECOND = timedelta(seconds=1)
"""What an export keeps of a time."""


def new_intake(
    result: Result,
    consent: Consent,
    *,
    client: str,
    asked_by: str,
    full: bool,
    taken_at: datetime | None = None,
    voice: str = "",
    seconds: int = 0,
) -> Intake:
    """Return `result` as it is stored, taken just now unless `taken_at` says when."""
    rules = result.tables.rules
    offered = {one.id for one in rules.therapies} - rules.not_offered if rules.not_offered else ()
    return Intake(
        id=new_id(),
        taken_at=taken_at or now(),
        consent=consent,
        answers=listed_answers(result.answers),
        assessment=result_document(result),
        told=told_in_words(result),
        client=client,
        asked_by=asked_by,
        voice=voice,
        seconds=seconds,
        full=full,
        offered=tuple(sorted(offered)),
        help_status=result.help["status"] if result.help else WRONG_KEY if result.corrected else "",
    )


def result_document(result: Result) -> Mapping[str, object]:
    """Return the result as it is stored: with the telephone numbers left in words."""
    return assessment_record(result.assessment, result.tables.rules)


def told_in_words(result: Result) -> tuple[tuple[str, str], ...]:
    """Return the questions and answers in words, so that a record can be read when the questions have changed."""
    asked = (one for one in result.tables.questionnaire.questions if one.id in result.answers)
    return tuple((one.ask.client, answer_words(one, result.answers[one.id])) for one in asked)


class Finished(Struct, frozen=True):
    """A finished interview, its result, and lines to say first."""

    draft: Draft
    voice: Voice
    result: Result
    news: tuple[str, ...]


def finished(desk: Desk, client: str) -> Finished:
    """Return the interview that was finished last.

    Raises FileError where none is kept, and where it is not that of `client`, if one is named.
    """
    folder = drafts_folder()
    delete_old_drafts(folder, desk.opener.settings.draft_days, now())
    draft = last_finished(folder)
    if draft is None:
        raise FileError([fault(Code.FINISHED_NONE)])
    require_client(draft, client)
    interview, lost = interview_of(draft, desk.tables, Voice.named(draft.voice))
    news = ("The questions have changed since. These answers no longer fit:", *lost) if lost else ()
    said = (f"The last interview: {draft_words(draft, now())}.", *news)
    return Finished(draft, interview.voice, replace(concluded(interview), help=draft.help or None), said)


def save_finished(desk: Desk, last: Finished, saving: SavingWanted, prompter: Prompter | None) -> str:
    """Store a finished interview when the client agrees, and return the id of its record; empty where they do not.

    One that is stored already is left alone. Raises StoreError where nobody can be asked.
    """
    draft = last.draft
    if draft.record:
        return draft.record
    consent = ask_consent(saving, desk.opener.settings, last.voice, prompter)
    if consent is None:
        return ""
    intake = new_intake(
        last.result,
        consent,
        client=saving.client or draft.client,
        asked_by=saving.by or draft.by or saving.asked_by(last.voice),
        full=draft.full,
        taken_at=draft.saved,
        voice=draft.voice,
    )
    with desk.opener.open() as store:
        store.save(intake)
        encrypted = store.encrypted
    if encrypted:
        delete_draft(drafts_folder(), draft.id)
    else:
        save_draft(drafts_folder(), replace(draft, record=intake.id))
    return intake.id


def take_in(desk: Desk, given: Sequence[Given], wanted: SavingWanted) -> tuple[str, ...]:
    """Store the answers `given`, and return a line on each intake: its id and result.

    All are stored or none; one that the store has already is left alone. Raises StoreError where nobody said that the
    client agreed, and UsageError for one client but several intakes.
    """
    if not (wanted.consented and wanted.by):
        raise StoreError([fault(Code.CONSENT_UNKNOWN)])
    if wanted.client and len(given) > 1:
        raise UsageError([fault(Code.USAGE_TOGETHER, one="--client", other=f"a file with {len(given)} intakes")])
    consent = Consent(consent_words(desk.opener.settings)[0], now(), wanted.by)
    told: list[str] = []
    new: list[Record] = []
    with desk.opener.open() as store:
        for one in given:
            result = result_of(desk.tables, one.answers)
            intake = new_intake(
                result,
                consent,
                taken_at=one.authored,
                client=wanted.client or (checked_reference(one.identifier) if one.identifier else ""),
                asked_by=wanted.by,
                full=result.assessment.complete,
            )
            title = desk.tables.rules.dispositions[result.assessment.disposition].title
            held_as = _held_as(store, intake)
            told.append(f"{held_as}: was there already." if held_as else f"{intake.id}: {title}.")
            new += [] if held_as else [Record(intake)]
        store.add(new)
    return tuple(with_numbers(line, desk.region) for line in told)


def _held_as(store: Store, intake: Intake) -> str:
    """Return the id of the record with these answers of this client at that second, or nothing."""
    at = intake.taken_at.replace(microsecond=0)
    for one in store.records(Wanted(client=intake.client, since=at, before=at + _ONE_SECOND)):
        if bool(one.intake.client) == bool(intake.client) and intake.answers in (one.answers, one.intake.answers):
            return one.intake.id
    return ""


@dataclass(frozen=True, slots=True)
class Everything:
    """What is kept about one client."""

    client: str
    records: tuple[Record, ...]
    drafts: tuple[Draft, ...]


def about_client(store: Store, client: str) -> Everything:
    """Return what is kept about `client`; records that cannot be read are named by the store."""
    return Everything(client, tuple(store.records(Wanted(client=client))), drafts_of(client))


def drafts_of(client: str) -> tuple[Draft, ...]:
    """Return the interviews of `client` on this computer, unfinished ones and the one finished last."""
    folder = drafts_folder()
    last = last_finished(folder)
    kept = (*list_drafts(folder), *((last,) if last else ()))
    return tuple(one for one in kept if one.client.casefold() == client.casefold())


def give_json(kept: Everything, tables: Tables) -> str:
    """Return it as JSON, for another program."""
    records = [json.loads(line) for line in to_lines(kept.records)]
    whole = {"format": FORMAT, "client": kept.client, "records": records, "interviews": to_builtins(kept.drafts)}
    return json.dumps(whole, indent=2, ensure_ascii=False, default=str) + "\n"


def give_page(kept: Everything, tables: Tables) -> str:
    """Return it as a page to read."""
    named = [(f"Record {one.intake.id}", record_page(one, tables)) for one in kept.records]
    for one in kept.drafts:
        told = ((one.asked.get(name, name), json.dumps(raw, ensure_ascii=False)) for name, raw in one.raw.items())
        named.append((f"Interview of {one.saved:%Y-%m-%d}", Page("", (Facts(tuple(told)),))))
    return html_page(Page(f"Everything kept about {kept.client}", under_names(named)))
