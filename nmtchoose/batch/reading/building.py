"""A block while it is read: the numbers of its answers, whose they are, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from nmtchoose.batch.reading.codes import Table, packed_columns
from nmtchoose.batch.reading.packed import Packed, Rejected
from nmtchoose.errors import Fault


class BlockRows:
    """Collects the rows of one block, file by file."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = tables
        self._numbers: list[bytes] = []
        self._lines: list[int] = []
        self._records: list[str | None] = []
        self._rejects: list[Rejected] = []
        self._files: list[str] = []
        self._starts: list[int] = []

    def begin(self, file: str) -> None:
        """Say that the next rows are from `file`."""
        self._files.append(file)
        self._starts.append(len(self._lines))

    def add(self, line: int, record: str | None, numbers: bytes) -> None:
        """Add a row with the numbers of its answers."""
        self._numbers.append(numbers)
        self._lines.append(line)
        self._records.append(record)

    def reject(self, line: int, record: str | None, faults: tuple[Fault, ...]) -> None:
        """Note a record that is left out."""
        self._rejects.append(Rejected(self._files[-1], line, record, faults))

    def packed(self) -> Packed:
        """Return the block."""
        return Packed(
            packed_columns(self._numbers, self._tables),
            self._whose(),
            pa.array(self._lines, pa.int64()),
            pa.array(self._records, pa.string()),
            self._rejects,
        )

    def _whose(self) -> pa.DictionaryArray:
        lengths = np.diff([*self._starts, len(self._lines)])
        places = np.repeat(np.arange(len(self._files), dtype=np.int32), lengths)
        return pa.DictionaryArray.from_arrays(pa.array(places), pa.array(self._files, pa.string()))
