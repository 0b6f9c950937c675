"""The file of a store of records: where it stands, and how it is known whatever it is called."""

from __future__ import annotations

from pathlib import Path

MARK = 0x6E6D7463
"""`nmtc`: stands in the head of every SQLite file that is a store of records."""

_NAME = "records.db"
_SQLITE = b"SQLite format 3\x00"
_MARK_AT = slice(68, 72)
_BESIDE = ("-wal", "-shm")


def usual_place() -> Path:
    """Return where the store stands unless something else is configured: in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("nmtchoose", appauthor=False) / _NAME


def is_store(path: Path) -> bool:
    """Return whether the file at `path` is a store of records; raises OSError where it cannot be read."""
    with path.open("rb") as stream:
        head = stream.read(100)
    return len(head) == 100 and head.startswith(_SQLITE) and int.from_bytes(head[_MARK_AT], "big") == MARK


def holds_records(path: Path) -> bool:
    """Return whether `path` is a store, or a file that SQLite keeps beside one; raises as `is_store` does."""
    names = {path.name, *(path.name.removesuffix(end) for end in _BESIDE)} - {""}
    return any(file.is_file() and is_store(file) for file in map(path.with_name, names))
