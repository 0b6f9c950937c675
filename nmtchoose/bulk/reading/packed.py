"""What every reader of many clients gives: a block of packed answers, where each row came from, and what was left out.

The readers, each usable by itself: `LinePacker` takes lines of JSON, `NaturalPacker` an Arrow table with a column for
each question or option, and `PackedPacker` an Arrow table that is packed already, under this questionnaire or another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from nmtchoose.errors import Fault

Column = np.ndarray[tuple[int], np.dtype[np.unsignedinteger]]
"""One packed column."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that is left out: the file and the line or row (from 1) where it stands, its id, and all its faults."""

    file: str
    line: int
    record: str | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Packed:
    """Rows that passed every check. `columns` are those of `Layout.names()`; `files`, `lines` and `records` say whose.

    `files` is a dictionary array and `records` an array of strings, with a null where a record has no id. `rejects`
    are the other records of the same block, in order.
    """

    columns: Mapping[str, Column]
    files: pa.DictionaryArray
    lines: pa.Int64Array
    records: pa.StringArray
    rejects: Sequence[Rejected] = ()

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.lines)


def one_file(name: str, rows: int) -> pa.DictionaryArray:
    """Return the column `files` of `rows` rows from the file `name`."""
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int32)), pa.array([name], pa.string()))
