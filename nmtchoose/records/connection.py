"""What the store asks of a database: two engines give it, `sqlite` and `postgres`."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

Row = tuple[str | None, ...]
"""Every column of the store is text."""


class Connection(Protocol):
    """One open database. Every method raises StoreError with a code for what the engine refuses.

    Statements are written with `?` for values and hold no other `?` and no `%`.
    """

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgres`, for the few statements that differ."""

    def run(self, statement: str, values: Sequence[str | None] = ()) -> list[Row]:
        """Run one statement and return its rows."""

    def transaction(self) -> AbstractContextManager[None]:
        """Make the statements inside happen together or not at all; they are on the disk when this ends."""

    def alone(self) -> AbstractContextManager[None]:
        """A transaction while nobody else changes the schema."""

    def has_tables(self) -> bool:
        """Return whether the tables of the store are there."""

    def shrink(self) -> None:
        """Wipe what deleted rows left behind."""

    def faults(self) -> tuple[str, ...]:
        """Return what the engine finds wrong with its own files."""

    def close(self) -> None:
        """Let go of the database."""
