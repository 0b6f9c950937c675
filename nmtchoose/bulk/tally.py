"""What is counted while many clients are screened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow.compute as pc

from nmtchoose.bulk.reading.packed import Rejected


@dataclass(frozen=True)
class Tally:
    """Counts of records by how they ended, and of records left out by the code of their first fault."""

    records: int = 0
    incomplete: int = 0
    dispositions: Counter[str] = field(default_factory=Counter)
    recommendations: Counter[str] = field(default_factory=Counter)
    rejects: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Tally) -> Tally:
        """Return the counts of both together."""
        return Tally(
            self.records + other.records,
            self.incomplete + other.incomplete,
            self.dispositions + other.dispositions,
            self.recommendations + other.recommendations,
            self.rejects + other.rejects,
        )

    @property
    def rejected(self) -> int:
        """How many records were left out."""
        return self.rejects.total()

    def as_json(self) -> dict[str, object]:
        """Return the counts as values for JSON."""
        return {
            "records": self.records,
            "incomplete": self.incomplete,
            "dispositions": dict(self.dispositions),
            "recommendations": dict(self.recommendations),
            "rejected": self.rejected,
            "rejects": dict(self.rejects),
        }


def tally_of(rows: int, columns: Mapping[str, Any], rejects: Sequence[Rejected]) -> Tally:
    """Return the counts of one block; `columns` are its results, or empty where answers are only packed."""
    counted = {name: _counted(columns[name]) for name in ("status", "disposition", "recommendation") if name in columns}
    return Tally(
        rows,
        counted.get("status", Counter())["incomplete"],
        counted.get("disposition", Counter()),
        counted.get("recommendation", Counter()),
        Counter(one.faults[0].code.id for one in rejects),
    )


def _counted(column: Any) -> Counter[str]:
    return Counter({one["values"]: one["counts"] for one in pc.value_counts(column).to_pylist()})
