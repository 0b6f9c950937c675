"""What stands in the columns: JSON as it is, or sealed with a random key that a passphrase opens, by scrypt.

Texts are sealed with AES-256-GCM, each bound to its place, so that none can be put in another's. A client reference
becomes a keyed fingerprint, which finds all visits of one client and says nothing else.
"""

import hashlib
import hmac
import json
import secrets
from base64 import b64decode, b64encode
from typing import Annotated

from msgspec import Meta, MsgspecError, Struct
from msgspec.json import decode
from msgspec.structs import asdict

from nmtchoose.errors import Code, StoreError, fault
from nmtchoose.records.database import Connection
from nmtchoose.records.entries import Amendment, Document, Intake, Later, booked, one_line, written

SHORTEST_PASSPHRASE = 12
_KEY_BYTES = 32
_NONCE_BYTES = 12
_LOCK_PLACE = "store_info.lock"


class Cost(Struct, frozen=True):
    """What one try at a passphrase costs: memory is 128 * n * r bytes; never so much that a damaged lock takes all."""

    n: Annotated[int, Meta(ge=2, le=2**20)]
    r: Annotated[int, Meta(ge=1, le=16)]
    p: Annotated[int, Meta(ge=1, le=4)]


USUAL_COST = Cost(2**17, 8, 1)


class _Lock(Cost, frozen=True, kw_only=True):
    """The locked key, and what a try at it costs."""

    salt: str
    key: str


class Seal:
    """What stands in the columns: documents as JSON, each bound to its table, column and row. Here it is that text."""

    def close(self, text: str, place: str) -> str:
        """Return `text` as it is stored at `place`."""
        return text

    def open(self, stored: str, place: str) -> str:
        """Return the text again; raises StoreError when it was changed from outside."""
        return stored

    def closed(self, document: object, column: str, row_id: str) -> str:
        """Return `document` as it is stored in `column`, which is named with its table."""
        return self.close(one_line(document), f"{column}.{row_id}")

    def text(self, stored: str | None, column: str, row_id: str | None, record_id: str | None = None) -> str:
        """Return the text again; raises StoreError that names the record `record_id`, or the row where it is one."""
        try:
            return self.open(str(stored), f"{column}.{row_id}")
        except StoreError:
            raise damaged(record_id or row_id) from None

    def opened(
        self, stored: str | None, column: str, row_id: str | None, record_id: str | None = None
    ) -> dict[str, object]:
        """Return the document again; raises as `text` does, also for what is no document."""
        try:
            document = json.loads(self.text(stored, column, row_id, record_id))
        except (ValueError, RecursionError):
            document = None
        if not isinstance(document, dict):
            raise damaged(record_id or row_id)
        return document

    def client_key(self, reference: str) -> str:
        """Return what stands for a client reference; the same for the same client, whatever its capitals."""
        return reference.casefold()


class KeySeal(Seal):
    """Columns hold text sealed with `key`. Raises StoreError when the library for it is not installed."""

    def __init__(self, key: bytes) -> None:
        try:
            from cryptography.exceptions import InvalidTag
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        except ImportError:
            raise StoreError([fault(Code.KEY_LIBRARY)]) from None
        self._cipher = AESGCM(key)
        self._refused = InvalidTag
        self._fingerprint_key = hmac.digest(key, b"nmtchoose client references", "sha256")

    def close(self, text: str, place: str) -> str:
        """Return `text` sealed for `place`."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return b64encode(nonce + self._cipher.encrypt(nonce, text.encode(), place.encode())).decode()

    def open(self, stored: str, place: str) -> str:
        """Return the text again; raises StoreError when it was not sealed for `place` with this key."""
        try:
            sealed = b64decode(stored, validate=True)
            return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place.encode()).decode()
        except (self._refused, ValueError):
            raise damaged(place.rpartition(".")[2]) from None

    def client_key(self, reference: str) -> str:
        """Return a keyed fingerprint of the reference."""
        return hmac.new(self._fingerprint_key, reference.casefold().encode(), "sha256").hexdigest()


def locked(passphrase: str, cost: Cost) -> tuple[Seal, str]:
    """Return a seal with a new random key, and that key locked with `passphrase`; raises StoreError for a short one."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise StoreError([fault(Code.KEY_WEAK, limit=SHORTEST_PASSPHRASE)])
    key, salt = secrets.token_bytes(_KEY_BYTES), secrets.token_bytes(16)
    sealed = KeySeal(_stretched(passphrase, salt, cost)).close(b64encode(key).decode(), _LOCK_PLACE)
    return KeySeal(key), json.dumps({**asdict(cost), "salt": b64encode(salt).decode(), "key": sealed})


def unlocked(lock: str, passphrase: str) -> Seal:
    """Return the seal with the key in `lock`; raises StoreError when `passphrase` is wrong, or the lock damaged."""
    try:
        parts = decode(lock, type=_Lock)
        stretched = _stretched(passphrase, b64decode(parts.salt), parts)
    except (MsgspecError, ValueError):  # the second: a cost that is no power of two, or no base64
        raise StoreError([fault(Code.STORE_DAMAGED)]) from None
    try:
        key = b64decode(KeySeal(stretched).open(parts.key, _LOCK_PLACE))
    except StoreError as error:
        if error.faults[0].code is Code.KEY_LIBRARY:
            raise
        raise StoreError([fault(Code.KEY_WRONG)]) from None
    return KeySeal(key)


def _stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    memory = 129 * cost.n * cost.r + 2**20
    return hashlib.scrypt(passphrase.encode(), salt=salt, n=cost.n, r=cost.r, p=cost.p, maxmem=memory, dklen=_KEY_BYTES)


def damaged(record_id: str | None) -> StoreError:
    """Return the error that a record cannot be read."""
    return StoreError([fault(Code.RECORD_DAMAGED, name=record_id)])


def insert_intake(connection: Connection, seal: Seal, intake: Intake) -> None:
    """Add an intake with its consent."""
    consent = intake.consent
    _insert(
        connection,
        "consents",
        intake_id=intake.id,
        version=consent.version,
        given_at=written(consent.given_at),
        taken_by=consent.taken_by,
    )
    summary = {**_result(intake.assessment), "client": intake.client, "asked_by": intake.asked_by, "full": intake.full}
    _insert(
        connection,
        "intakes",
        id=intake.id,
        taken_at=written(intake.taken_at),
        client_key=seal.client_key(intake.client) if intake.client else None,
        summary=seal.closed(summary, "intakes.summary", intake.id),
        contents=seal.closed(intake, "intakes.contents", intake.id),
    )


def insert_later(connection: Connection, seal: Seal, record_id: str, entry: Later) -> None:
    """Add to a record an amendment, or what happened after its intake."""
    table, told = "outcomes", dict[str, object](contents=entry)
    if isinstance(entry, Amendment):
        table, told["summary"] = "amendments", _result(entry.assessment) if entry.assessment else {}
    closed = {column: seal.closed(one, f"{table}.{column}", entry.id) for column, one in told.items()}
    _insert(connection, table, id=entry.id, intake_id=record_id, made_at=written(entry.made_at), **closed)


def _insert(connection: Connection, table: str, **row: str | None) -> None:
    places = ", ".join("?" for _ in row)
    connection.run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", list(row.values()))  # noqa: S608 - names from above


def _result(assessment: Document) -> dict[str, object]:
    disposition, therapies = booked(assessment)
    return {"disposition": disposition.value, "therapies": list(therapies)}
