"""The store itself: add, list, read, amend and remove records. There is no way to change one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Self

from msgspec import ValidationError, convert

from nmtchoose.errors import Code, StoreError, fault
from nmtchoose.records.connection import Connection, Row
from nmtchoose.records.documents import amendment_of, intake_of, one_line, written
from nmtchoose.records.entries import Amendment, Document, Intake, Record, Summary, Wanted, booked
from nmtchoose.records.schema import guard, unguard
from nmtchoose.records.seal import Cost, KeySeal, Seal, fresh_key, locked, unlocked

Passphrase = Callable[[], str]
"""Gets the passphrase; called only for an encrypted store."""

_LOCK = "SELECT value FROM store_info WHERE name = 'lock'"
_SEALED_COLUMNS = (
    ("intakes", "summary"),
    ("intakes", "contents"),
    ("amendments", "summary"),
    ("amendments", "contents"),
)


class Store:
    """Records in one database. Use it in a `with` block; every method raises StoreError with a code."""

    def __init__(self, connection: Connection, passphrase: Passphrase) -> None:
        self._connection = connection
        lock = connection.run(_LOCK)
        self.encrypted = bool(lock)
        self._seal = KeySeal(unlocked(str(lock[0][0]), passphrase())) if lock else Seal()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def save(self, intake: Intake) -> None:
        """Store `intake` with its consent. When this returns, both are on the disk."""
        with self._connection.transaction():
            self._insert(intake)

    def amend(self, record_id: str, amendment: Amendment) -> None:
        """Add `amendment` to the record; what stood there stays."""
        with self._connection.transaction():
            self._require([record_id])
            self._insert_amendment(record_id, amendment)

    def add(self, records: Iterable[Record]) -> int:
        """Store all of `records` or none, and return how many were new; one that is there already is left alone.

        Raises StoreError when the store holds another record with the same id.
        """
        added = 0
        with self._connection.transaction():
            for record in records:
                if self._holds(record.intake.id):
                    if self.record(record.intake.id) != record:
                        raise StoreError([fault(Code.RECORD_DIFFERS, name=record.intake.id)])
                    continue
                self._insert(record.intake)
                for amendment in record.amendments:
                    self._insert_amendment(record.intake.id, amendment)
                added += 1
        return added

    def summaries(self, wanted: Wanted) -> tuple[Summary, ...]:
        """Return what a list shows of the records wanted, the newest first."""
        later = self._later_summaries()
        found = (self._summary(row, later) for row in self._chosen("id, taken_at, summary", wanted))
        return tuple(summary for summary in found if wanted.matches(summary))

    def find(self, prefix: str) -> str:
        """Return the one id that starts with `prefix`."""
        if not (prefix.isascii() and prefix.isalnum()):
            raise StoreError([fault(Code.RECORD_MISSING, name=prefix[:40])])
        rows = self._connection.run(
            "SELECT id FROM intakes WHERE substr(id, 1, length(?)) = ? ORDER BY id LIMIT 2", (prefix, prefix)
        )
        if len(rows) != 1:
            code = Code.RECORD_AMBIGUOUS if rows else Code.RECORD_MISSING
            raise StoreError([fault(code, name=prefix[:40])])
        return str(rows[0][0])

    def record(self, record_id: str) -> Record:
        """Return a record with its amendments."""
        self._require([record_id])
        rows = self._connection.run("SELECT id, contents FROM intakes WHERE id = ?", (record_id,))
        return self._record(rows[0])

    def records(self, wanted: Wanted) -> Iterator[Record]:
        """Return the records wanted one after the other, the oldest first."""
        for summary in reversed(self.summaries(wanted)):
            yield self.record(summary.id)

    def delete(self, record_ids: Sequence[str]) -> None:
        """Remove records with their consents and amendments, all or none, and wipe their traces from the files."""
        with self._connection.transaction():
            self._require(record_ids)
            for record_id in record_ids:
                self._connection.run("DELETE FROM consents WHERE intake_id = ?", (record_id,))
        self._connection.shrink()

    def encrypt(self, passphrase: str, cost: Cost | None = None) -> None:
        """Encrypt everything with `passphrase`; in a store that is encrypted already, this becomes the passphrase."""
        run = self._connection.run
        key = fresh_key()
        lock = locked(key, passphrase, cost)
        seal = KeySeal(key)
        with self._connection.transaction():
            unguard(self._connection)
            for table, column in _SEALED_COLUMNS:
                for row_id, stored in run(f"SELECT id, {column} FROM {table}"):  # noqa: S608 - names from above
                    place = f"{table}.{column}.{row_id}"
                    sealed = seal.close(self._seal.open(str(stored), place), place)
                    run(f"UPDATE {table} SET {column} = ? WHERE id = ?", (sealed, row_id))  # noqa: S608
            for row_id, contents in run("SELECT id, contents FROM intakes WHERE client_key IS NOT NULL"):
                client = str(json.loads(seal.open(str(contents), f"intakes.contents.{row_id}"))["client"])
                run("UPDATE intakes SET client_key = ? WHERE id = ?", (seal.client_key(client), row_id))
            guard(self._connection)
            run("DELETE FROM store_info WHERE name = 'lock'")
            run("INSERT INTO store_info (name, value) VALUES ('lock', ?)", (lock,))
        self._seal, self.encrypted = seal, True
        self._connection.shrink()

    def faults(self) -> tuple[str, ...]:
        """Return what the database engine finds wrong with its own files."""
        return self._connection.faults()

    def _insert(self, intake: Intake) -> None:
        run, consent = self._connection.run, intake.consent
        run(
            "INSERT INTO consents (intake_id, version, given_at, taken_by) VALUES (?, ?, ?, ?)",
            (intake.id, consent.version, written(consent.given_at), consent.taken_by),
        )
        summary = {
            **_result(intake.assessment),
            "client": intake.client,
            "asked_by": intake.asked_by,
            "full": intake.full,
        }
        run(
            "INSERT INTO intakes (id, taken_at, client_key, summary, contents) VALUES (?, ?, ?, ?, ?)",
            (
                intake.id,
                written(intake.taken_at),
                self._seal.client_key(intake.client) if intake.client else None,
                self._close(summary, "intakes.summary", intake.id),
                self._close(intake, "intakes.contents", intake.id),
            ),
        )

    def _insert_amendment(self, record_id: str, amendment: Amendment) -> None:
        summary = _result(amendment.assessment) if amendment.assessment else {}
        self._connection.run(
            "INSERT INTO amendments (id, intake_id, made_at, summary, contents) VALUES (?, ?, ?, ?, ?)",
            (
                amendment.id,
                record_id,
                written(amendment.made_at),
                self._close(summary, "amendments.summary", amendment.id),
                self._close(amendment, "amendments.contents", amendment.id),
            ),
        )

    def _close(self, document: object, column: str, row_id: str) -> str:
        return self._seal.close(one_line(document), f"{column}.{row_id}")

    def _open(self, stored: str | None, column: str, row_id: str | None) -> dict[str, object]:
        try:
            document = json.loads(self._seal.open(str(stored), f"{column}.{row_id}"))
        except ValueError:
            raise StoreError([fault(Code.STORE_DAMAGED)]) from None
        return document if isinstance(document, dict) else {}

    def _chosen(self, columns: str, wanted: Wanted) -> list[Row]:
        conditions: list[tuple[str, str]] = []
        if wanted.client:
            conditions.append(("client_key = ?", self._seal.client_key(wanted.client)))
        if wanted.since:
            conditions.append(("taken_at >= ?", written(wanted.since)))
        if wanted.before:
            conditions.append(("taken_at < ?", written(wanted.before)))
        where = " AND ".join(one for one, _ in conditions) or "1 = 1"
        statement = f"SELECT {columns} FROM intakes WHERE {where} ORDER BY taken_at DESC, id"  # noqa: S608
        return self._connection.run(statement, [value for _, value in conditions])

    def _later_summaries(self) -> Mapping[str, list[dict[str, object]]]:
        """Return what amendments changed about the results, by record, the oldest first."""
        later: dict[str, list[dict[str, object]]] = {}
        statement = "SELECT id, intake_id, summary FROM amendments ORDER BY made_at, id"
        for row_id, intake_id, stored in self._connection.run(statement):
            later.setdefault(str(intake_id), []).append(self._open(stored, "amendments.summary", row_id))
        return later

    def _summary(self, row: Row, later: Mapping[str, list[dict[str, object]]]) -> Summary:
        record_id, taken_at, stored = row
        amendments = later.get(str(record_id), [])
        told: dict[str, object] = {}
        for document in (self._open(stored, "intakes.summary", record_id), *amendments):
            told |= document
        try:
            return convert({**told, "id": record_id, "taken_at": taken_at, "amended": len(amendments)}, Summary)
        except ValidationError:
            raise StoreError([fault(Code.STORE_DAMAGED)]) from None

    def _record(self, row: Row) -> Record:
        record_id, contents = row
        statement = "SELECT id, contents FROM amendments WHERE intake_id = ? ORDER BY made_at, id"
        amendments = self._connection.run(statement, (record_id,))
        try:
            return Record(
                intake_of(self._open(contents, "intakes.contents", record_id)),
                tuple(amendment_of(self._open(stored, "amendments.contents", one)) for one, stored in amendments),
            )
        except ValueError:
            raise StoreError([fault(Code.STORE_DAMAGED)]) from None

    def _holds(self, record_id: str) -> bool:
        return bool(self._connection.run("SELECT id FROM intakes WHERE id = ?", (record_id,)))

    def _require(self, record_ids: Iterable[str]) -> None:
        missing = [one for one in record_ids if not self._holds(one)]
        if missing:
            raise StoreError([fault(Code.RECORD_MISSING, name=one) for one in missing])


def _result(assessment: Document) -> dict[str, object]:
    disposition, therapies = booked(assessment)
    return {"disposition": disposition.value, "therapies": list(therapies)}
