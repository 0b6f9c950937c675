"""What is counted while many clients are screened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import pyarrow.compute as pc

from nmtchoose.bulk.reading.packed import Rejected


@dataclass(frozen=True)
class Tally:
    """Counts of records by how they ended, and of records left out by the code of their first fault.

    `emergencies_left_out` are those among the latter whose other answers are an emergency.
    """

    records: int = 0
    incomplete: int = 0
    dispositions: Counter[str] = field(default_factory=Counter)
    recommendations: Counter[str] = field(default_factory=Counter)
    rejects: Counter[str] = field(default_factory=Counter)
    emergencies_left_out: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Return the counts of both together."""
        return Tally(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def rejected(self) -> int:
        """How many records were left out."""
        return self.rejects.total()

    def as_json(self) -> dict[str, object]:
        """Return the counts as values for JSON."""
        counts = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "rejects"}
        return counts | {"rejected": self.rejected, "rejects": self.rejects}


def tally_of(rows: int, columns: Mapping[str, Any], rejects: Sequence[Rejected], emergencies: int) -> Tally:
    """Return the counts of one block; `columns` are its results, or empty where answers are only packed.

    `emergencies` is how many of its `rejects` tell of one all the same.
    """
    counted = {name: _counted(columns.get(name)) for name in ("status", "disposition", "recommendation")}
    return Tally(
        rows,
        counted["status"]["incomplete"],
        counted["disposition"],
        counted["recommendation"],
        Counter(one.faults[0].code.id for one in rejects),
        emergencies,
    )


def _counted(column: Any) -> Counter[str]:
    found = [] if column is None else pc.value_counts(column).to_pylist()
    return Counter({one["values"]: one["counts"] for one in found})
