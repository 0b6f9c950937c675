"""Records as JSON Lines: one record on each line, with everything that the store holds of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from nmtchoose.content.nesting import DEEPEST, too_deep_at
from nmtchoose.errors import Code, Fault, StoreError, fault
from nmtchoose.store.documents import NotARecord, one_line, record_document, record_of
from nmtchoose.store.entries import Record

LONGEST_LINE = 4_000_000


def to_lines(records: Iterable[Record]) -> Iterator[str]:
    """Return one line of JSON for each record, with its line end."""
    for record in records:
        yield f"{one_line(record_document(record))}\n"


def from_lines(stream: BinaryIO, name: str) -> tuple[Record, ...]:
    """Return the records in `stream`, a file called `name`; empty lines are skipped.

    Raises StoreError with every line that holds no record. No message repeats what stands in the line.
    """
    records: list[Record] = []
    faults: list[Fault] = []
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        try:
            if line.strip():
                records.append(_read(line))
        except NotARecord as error:
            faults.append(fault(Code.RECORD_LINE, name, number, detail=str(error)))
    if faults:
        raise StoreError(faults)
    return tuple(records)


def _read(line: bytes) -> Record:
    if len(line) > LONGEST_LINE:
        raise NotARecord("it is too long")
    try:
        text = line.decode("utf-8-sig")
        if too_deep_at(text) is not None:
            raise NotARecord(f"values are nested more than {DEEPEST} deep")
        return record_of(json.loads(text))
    except NotARecord:
        raise
    except ValueError:
        raise NotARecord("it is no JSON") from None
