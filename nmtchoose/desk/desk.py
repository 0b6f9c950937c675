"""The desk where intakes are taken: the pair in use, the telephone numbers, and the practice's store of records."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from nmtchoose.errors import StoreError
from nmtchoose.files.atomic import usual_place
from nmtchoose.model.rules import Region
from nmtchoose.model.tables import Tables
from nmtchoose.practice.current import current_settings
from nmtchoose.practice.passphrase import passphrase_of
from nmtchoose.practice.settings import Settings

if TYPE_CHECKING:
    from nmtchoose.records.store import Passphrase, Store


class Opener:
    """Opens the store as often as needed and asks for its passphrase at most once."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or current_settings()
        self._passphrase: Passphrase = passphrase_of(self.settings)

    def open(self) -> Store:
        """Return the store, created when it is not there; raises StoreError."""
        from nmtchoose.records.store import open_store

        return open_store(self.settings.store, self._passphrase)

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """Give the store to read from, and at the end raise StoreError for the records that could not be read."""
        with self.open() as store:
            yield store
            unreadable = store.unreadable
        if unreadable:
            raise StoreError(unreadable)

    @property
    def there(self) -> bool:
        """Whether there is a store already."""
        from nmtchoose.records.store import exists

        return exists(self.settings.store)

    @cached_property
    def encrypts(self) -> bool:
        """Whether what clients say is kept encrypted, and so nowhere else; also where nobody can look now."""
        if not (self.settings.store or usual_place().exists()):
            return False
        from nmtchoose.records.store import keeps_encrypted

        try:
            return keeps_encrypted(self.settings.store)
        except StoreError:
            return True


class Desk(Struct, frozen=True):
    """What does not change from one intake to the next."""

    tables: Tables
    region: Region
    opener: Opener
