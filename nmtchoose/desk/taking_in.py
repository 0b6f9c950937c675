"""Taking in answers that were given elsewhere: in a form program, on a sheet, in an answers file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from nmtchoose.desk.desk import Desk
from nmtchoose.desk.recording import new_intake
from nmtchoose.desk.result import result_of
from nmtchoose.desk.saving import SavingWanted
from nmtchoose.errors import Code, StoreError, UsageError, fault
from nmtchoose.formats.reading import Given
from nmtchoose.practice.settings import consent_words
from nmtchoose.records.entries import Consent, Intake, Record, Wanted, checked_reference, now
from nmtchoose.records.store import Store
from nmtchoose.words.sentences import with_numbers

_ONE_SECOND = timedelta(seconds=1)
"""What an export keeps of a time."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """An intake with what its result says first. `held_as` is the id of the record that is there already, if any."""

    intake: Intake
    title: str
    held_as: str = ""

    @property
    def told(self) -> str:
        """What became of it, in a line."""
        return f"{self.held_as}: was there already." if self.held_as else f"{self.intake.id}: {self.title}."


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
    with desk.opener.open() as store:
        found = [_taken_in(store, desk, one, consent, wanted) for one in given]
        store.add(Record(one.intake) for one in found if not one.held_as)
    return tuple(with_numbers(one.told, desk.region) for one in found)


def _taken_in(store: Store, desk: Desk, given: Given, consent: Consent, wanted: SavingWanted) -> TakenIn:
    result = result_of(desk.tables, given.answers)
    intake = new_intake(
        result,
        consent,
        taken_at=given.authored,
        client=wanted.client or (checked_reference(given.identifier) if given.identifier else ""),
        asked_by=wanted.by,
        full=result.assessment.complete,
    )
    title = desk.tables.rules.dispositions[result.assessment.disposition].title
    return TakenIn(intake, title, _held_as(store, intake))


def _held_as(store: Store, intake: Intake) -> str:
    """Return the id of the record with these answers of this client at that second, or nothing."""
    at = intake.taken_at.replace(microsecond=0)
    for one in store.records(Wanted(client=intake.client, since=at, before=at + _ONE_SECOND)):
        if bool(one.intake.client) == bool(intake.client) and intake.answers in (one.answers, one.intake.answers):
            return one.intake.id
    return ""
