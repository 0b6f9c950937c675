"""Documents in the columns of a store: as JSON, sealed, and opened again with the record named that is damaged."""

from __future__ import annotations

import json
from dataclasses import dataclass

from nmtchoose.errors import Code, StoreError, fault
from nmtchoose.records.documents import one_line
from nmtchoose.records.seal import Seal


@dataclass(frozen=True, slots=True)
class Columns:
    """What `seal` makes of documents. A column is named with its table, and a row by its id."""

    seal: Seal

    def close(self, document: object, column: str, row_id: str) -> str:
        """Return `document` as it is stored."""
        return self.seal.close(one_line(document), f"{column}.{row_id}")

    def text(self, stored: str | None, column: str, row_id: str | None, record_id: str | None = None) -> str:
        """Return the text again; raises StoreError that names the record `record_id`, or the row where it is one."""
        try:
            return self.seal.open(str(stored), f"{column}.{row_id}")
        except StoreError:
            raise damaged(record_id or row_id) from None

    def open(
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


def damaged(record_id: str | None) -> StoreError:
    """Return the error that a record cannot be read."""
    return StoreError([fault(Code.RECORD_DAMAGED, name=record_id)])
