"""`nmtchoose records import` of answers that were given elsewhere: a form program, a filled sheet, an answers file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from nmtchoose.cli.assessing import assessed, kept_answers, load_tables
from nmtchoose.cli.delivery import Delivery
from nmtchoose.cli.opened import Opener
from nmtchoose.cli.saving import SavingWanted, offered_by, result_document, told_in_words
from nmtchoose.errors import Code, StoreError, UsageError, fault
from nmtchoose.formats.answers_json import listed_answers
from nmtchoose.formats.reading import Given, intakes_given
from nmtchoose.model.tables import Tables
from nmtchoose.practice.consent import consent_words
from nmtchoose.store.entries import Consent, Intake, Record, Wanted, checked_reference, new_id, now
from nmtchoose.store.store import Store
from nmtchoose.words.sentences import with_numbers

_ONE_SECOND = timedelta(seconds=1)
"""What an export keeps of a time."""


@dataclass(frozen=True, slots=True)
class Imported:
    """An intake with what its result says first. `held_as` is the id of the record that is there already, if any."""

    intake: Intake
    title: str
    held_as: str = ""

    @property
    def told(self) -> str:
        """What became of it, in a line."""
        return f"{self.held_as}: was there already." if self.held_as else f"{self.intake.id}: {self.title}."


def import_given(content: bytes, name: str, wanted: SavingWanted) -> Iterator[str]:
    """Store the answers in the bytes of a file called `name`, and yield a line on each intake: its id and result.

    All are stored or none; one that the store has already is left alone. Raises StoreError where nobody said that
    the client agreed, AnswerError for answers that do not fit, and UsageError for one client but several intakes.
    """
    if not (wanted.consented and wanted.by):
        raise StoreError([fault(Code.CONSENT_UNKNOWN)])
    opener, tables = Opener(), load_tables(None, None)
    given = intakes_given(content, tables.questionnaire, name)
    if wanted.client and len(given) > 1:
        raise UsageError([fault(Code.USAGE_TOGETHER, one="--client", other=f"a file with {len(given)} intakes")])
    region = Delivery(region=opener.settings.region).numbers(tables.rules)
    consent = Consent(consent_words(opener.settings)[0], now(), wanted.by)
    with opener.open() as store:
        found = [_imported(store, tables, one, consent, wanted) for one in given]
        store.add(Record(one.intake) for one in found if not one.held_as)
    for one in found:
        yield with_numbers(one.told, region)


def _imported(store: Store, tables: Tables, given: Given, consent: Consent, wanted: SavingWanted) -> Imported:
    kept, assessment = kept_answers(tables, given.answers), assessed(tables, given.answers)
    client = wanted.client or (checked_reference(given.identifier) if given.identifier else "")
    intake = Intake(
        id=new_id(),
        taken_at=given.authored or now(),
        consent=consent,
        answers=listed_answers(kept),
        assessment=result_document(tables, assessment),
        told=told_in_words(tables, kept),
        client=client,
        asked_by=wanted.by,
        full=assessment.complete,
        offered=offered_by(tables),
    )
    return Imported(intake, tables.rules.dispositions[assessment.disposition].title, _held_as(store, intake))


def _held_as(store: Store, intake: Intake) -> str:
    """Return the id of the record with these answers of this client at that second, or nothing."""
    at = intake.taken_at.replace(microsecond=0)
    for one in store.records(Wanted(client=intake.client, since=at, before=at + _ONE_SECOND)):
        if bool(one.intake.client) == bool(intake.client) and intake.answers in (one.answers, one.intake.answers):
            return one.intake.id
    return ""
