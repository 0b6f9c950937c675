"""The store itself: open it, add, list, read, amend and remove records. There is no way to change one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypeVar

from msgspec import ValidationError, convert

from nmtchoose.errors import Code, Fault, StoreError, fault
from nmtchoose.files.atomic import usual_place
from nmtchoose.records.columns import USUAL_COST, Cost, Seal, damaged, insert_intake, insert_later, locked, unlocked
from nmtchoose.records.database import Connection, Row, guard, is_server, unguard
from nmtchoose.records.entries import Intake, Later, NotARecord, Record, Summary, Wanted, record_of, written

Passphrase = Callable[[], str]
"""Gets the passphrase; called only for an encrypted store."""

_Read = TypeVar("_Read")

_DAMAGE = (Code.RECORD_DAMAGED, Code.STORE_DAMAGED)  # what may be wrong with one record while all others can be read
_LOCK = "SELECT value FROM store_info WHERE name = 'lock'"
_SEALED_COLUMNS = (
    ("intakes", "id", "summary"),
    ("intakes", "id", "contents"),
    ("amendments", "intake_id", "summary"),
    ("amendments", "intake_id", "contents"),
    ("outcomes", "intake_id", "contents"),
)
"""Table, the column with the id of the record, and the column that is sealed."""


class Store:
    """Records in one database. Use it in a `with` block; every method raises StoreError with a code."""

    def __init__(self, connection: Connection, passphrase: Passphrase) -> None:
        self._connection = connection
        self._lock = connection.run(_LOCK)
        self.encrypted = bool(self._lock)
        self._seal = unlocked(str(self._lock[0][0]), passphrase()) if self._lock else Seal()
        self._unreadable: dict[str, Fault] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    @property
    def unreadable(self) -> tuple[Fault, ...]:
        """What was met so far that cannot be read: one fault for each record."""
        return tuple(self._unreadable.values())

    def save(self, intake: Intake) -> None:
        """Store `intake` with its consent. When this returns, both are on the disk."""
        with self._writing():
            insert_intake(self._connection, self._seal, intake)

    def add_to(self, record_id: str, entry: Later) -> None:
        """Add to the record a correction, or what happened after its intake; what stood there stays."""
        with self._writing():
            self._require([record_id])
            insert_later(self._connection, self._seal, record_id, entry)

    def add(self, records: Iterable[Record]) -> int:
        """Store all of `records` or none, and return how many are new; raises StoreError where an id is another's."""
        added = 0
        with self._writing():
            for record in records:
                if self._holds(record.intake.id):
                    if self.record(record.intake.id) != record:
                        raise StoreError([fault(Code.RECORD_DIFFERS, name=record.intake.id)])
                    continue
                insert_intake(self._connection, self._seal, record.intake)
                for entry in (*record.amendments, *record.outcomes):
                    insert_later(self._connection, self._seal, record.intake.id, entry)
                added += 1
        return added

    def summaries(self, wanted: Wanted) -> tuple[Summary, ...]:
        """Return what a list shows of the records wanted, the newest first; `unreadable` names what is left out."""
        later: dict[str, list[Row]] = {}
        for row in self._connection.run("SELECT id, intake_id, summary FROM amendments ORDER BY made_at, id"):
            later.setdefault(str(row[1]), []).append(row)
        rows = {str(row[0]): row for row in self._chosen("id, taken_at, summary", wanted)}
        found = self._readable(rows, lambda one: self._summary(rows[one], later.get(one, [])))
        return tuple(summary for summary in found if wanted.matches(summary))

    def ids(self, wanted: Wanted) -> tuple[str, ...]:
        """Return the ids of the records wanted by client and dates, the newest first, also of damaged ones."""
        return tuple(str(row[0]) for row in self._chosen("id", wanted))

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
        try:
            return self._record(rows[0])
        except StoreError:
            self._require_same_lock()
            raise

    def records(self, wanted: Wanted) -> Iterator[Record]:
        """Return the records wanted one after the other, the oldest first; `unreadable` names what is left out."""
        return self.readable(one.id for one in reversed(self.summaries(wanted)))

    def readable(self, record_ids: Iterable[str]) -> Iterator[Record]:
        """Return those of the records that can be read; `unreadable` names the others."""
        return self._readable(record_ids, self.record)

    def delete(self, record_ids: Sequence[str]) -> None:
        """Remove records with their consents and amendments, all or none, and wipe their traces from the files."""
        with self._writing():
            self._require(record_ids)
            for record_id in record_ids:
                self._connection.run("DELETE FROM consents WHERE intake_id = ?", (record_id,))
        self._wipe("deleted")

    def encrypt(self, passphrase: str, cost: Cost = USUAL_COST) -> None:
        """Encrypt everything with `passphrase`; in a store that is encrypted already, this becomes the passphrase."""
        run = self._connection.run
        seal, lock = locked(passphrase, cost)
        with self._connection.transaction():
            unguard(self._connection)
            self._require_same_lock()
            for row_id, contents in run("SELECT id, contents FROM intakes WHERE client_key IS NOT NULL"):
                client = str(self._seal.opened(contents, "intakes.contents", row_id).get("client"))
                run("UPDATE intakes SET client_key = ? WHERE id = ?", (seal.client_key(client), row_id))
            for table, owner, column in _SEALED_COLUMNS:
                for row_id, record_id, stored in run(f"SELECT id, {owner}, {column} FROM {table}"):  # noqa: S608 - names from above
                    name = f"{table}.{column}"
                    sealed = seal.close(self._seal.text(stored, name, row_id, record_id), f"{name}.{row_id}")
                    run(f"UPDATE {table} SET {column} = ? WHERE id = ?", (sealed, row_id))  # noqa: S608 - as above
            guard(self._connection)
            run("DELETE FROM store_info WHERE name = 'lock'")
            run("INSERT INTO store_info (name, value) VALUES ('lock', ?)", (lock,))
        self._lock, self._seal, self.encrypted = [(lock,)], seal, True
        self._wipe("encrypted")

    def faults(self) -> tuple[str, ...]:
        """Return what the database engine finds wrong with its own files."""
        return self._connection.faults()

    def _chosen(self, columns: str, wanted: Wanted) -> list[Row]:
        conditions: list[tuple[str, str]] = []
        if wanted.client:
            conditions.append(("client_key = ?", self._seal.client_key(wanted.client)))
        if wanted.since:
            conditions.append(("taken_at >= ?", written(wanted.since)))
        if wanted.before:
            conditions.append(("taken_at < ?", written(wanted.before)))
        where = " AND ".join(one for one, _ in conditions) or "1 = 1"
        statement = f"SELECT {columns} FROM intakes WHERE {where} ORDER BY taken_at DESC, id"  # noqa: S608 - parts from above
        return self._connection.run(statement, [value for _, value in conditions])

    def _summary(self, row: Row, later: Sequence[Row]) -> Summary:
        record_id, taken_at, stored = row
        told = self._seal.opened(stored, "intakes.summary", record_id)
        for amendment_id, _, changed in later:
            told |= self._seal.opened(changed, "amendments.summary", amendment_id, record_id)
        try:
            return convert({**told, "id": record_id, "taken_at": taken_at, "amended": len(later)}, Summary)
        except ValidationError:
            raise damaged(record_id) from None

    def _record(self, row: Row) -> Record:
        record_id, contents = row
        later = {
            table: [
                self._seal.opened(stored, f"{table}.contents", one, record_id)
                for one, stored in self._connection.run(
                    f"SELECT id, contents FROM {table} WHERE intake_id = ? ORDER BY made_at, id",  # noqa: S608 - names from here
                    (record_id,),
                )
            ]
            for table in ("amendments", "outcomes")
        }
        try:
            return record_of(self._seal.opened(contents, "intakes.contents", record_id), *later.values())
        except NotARecord:
            raise damaged(record_id) from None

    def _readable(self, ids: Iterable[str], read: Callable[[str], _Read]) -> Iterator[_Read]:
        """Yield what `read` makes of each record; one that is damaged is noted and stops nothing."""
        for record_id in ids:
            try:
                found = read(record_id)
            except StoreError as error:
                if error.faults[0].code not in _DAMAGE:
                    raise
                self._require_same_lock()
                self._unreadable[record_id] = fault(Code.RECORD_DAMAGED, name=record_id)
            else:
                yield found

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A transaction of a desk that still has the right key.

        Another desk may change the key up to the first row that is written, and waits from then on: the last look
        counts.
        """
        with self._connection.transaction():
            self._require_same_lock()
            yield
            self._require_same_lock()

    def _require_same_lock(self) -> None:
        if self._connection.run(_LOCK) != self._lock:
            raise StoreError([fault(Code.KEY_CHANGED)])

    def _wipe(self, done: str) -> None:
        """Wipe what was there before; that it was `done` stays true when this fails."""
        try:
            self._connection.shrink()
        except StoreError as error:
            raise StoreError([fault(Code.STORE_TRACES, done=done, detail=error.faults[0].problem)]) from None

    def _holds(self, record_id: str) -> bool:
        return bool(self._connection.run("SELECT id FROM intakes WHERE id = ?", (record_id,)))

    def _require(self, record_ids: Iterable[str]) -> None:
        missing = [one for one in record_ids if not self._holds(one)]
        if missing:
            raise StoreError([fault(Code.RECORD_MISSING, name=one) for one in missing])


def open_store(address: str, passphrase: Passphrase) -> Store:
    """Return the store at `address` (empty: the usual place), created when it is not there; raises StoreError."""
    connection = _connect(address)
    try:
        return Store(connection, passphrase)
    except BaseException:
        connection.close()
        raise


def _connect(address: str) -> Connection:
    if is_server(address):
        from nmtchoose.records.postgres import open_postgres

        return open_postgres(address)
    from nmtchoose.records.sqlite import open_sqlite

    return open_sqlite(Path(address).expanduser() if address else usual_place())


def exists(address: str) -> bool:
    """Return whether there is a store to look into; a server is taken to have one."""
    return is_server(address) or (Path(address).expanduser() if address else usual_place()).exists()


def keeps_encrypted(address: str) -> bool:
    """Return whether there is a store that is encrypted; nobody is asked for the passphrase. Raises StoreError."""
    if not exists(address):
        return False
    connection = _connect(address)
    try:
        return bool(connection.run(_LOCK))
    finally:
        connection.close()
