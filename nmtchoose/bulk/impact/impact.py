"""What a change of the two files does to an archive: how many results change, from what to what, and for whom first.

In the words of `nmtchoose.proof.shifts`; where that names several rules or questions in a sentence, each counts here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from nmtchoose.bulk.reading.packed import Rejected
from nmtchoose.model.answers import Answer


class Direction(IntEnum):
    """Where a change leads; the first that is among the changes of a result says how it counts."""

    LESS_STRICT = 0
    STRICTER = 1
    DIFFERENT = 2


class Change(NamedTuple):
    """One kind of change, in words such as `disposition: clearance -> proceed`."""

    direction: Direction
    words: str


@dataclass(frozen=True, slots=True)
class Example:
    """A record that changes: where it stands, its id, and its answers as the archive holds them."""

    file: str
    line: int
    record: str | None
    answers: Mapping[str, Answer] = field(compare=False)

    @property
    def name(self) -> str:
        """What messages call it."""
        return f"{self.file}:{self.line}" + (f" ({self.record})" if self.record else "")


@dataclass(frozen=True, slots=True)
class Impact:
    """How many of `records` change, and how.

    `results` counts each once, by the first direction in which it changes, `counts` every change; `examples` holds the
    first records with each. `left_out` could not be read; `faulty` are the first of those.
    """

    records: int = 0
    results: Mapping[Direction, int] = field(default_factory=dict)
    counts: Mapping[Change, int] = field(default_factory=dict)
    examples: Mapping[Change, tuple[Example, ...]] = field(default_factory=dict)
    left_out: int = 0
    faulty: tuple[Rejected, ...] = ()

    @property
    def changed(self) -> int:
        """How many results change."""
        return sum(self.results.values())

    def ranked(self) -> tuple[Change, ...]:
        """Return every change, the less strict first and the most frequent of them at the top."""
        return tuple(sorted(self.counts, key=lambda one: (one.direction, -self.counts[one], one.words)))


MOST_FAULTY = 10
"""Records that could not be read; how many are named at most."""


def added_up(parts: Iterable[Impact], examples: int) -> Impact:
    """Return all of `parts`, which come in the order of the archive, with at most `examples` records of each change."""
    records = left_out = 0
    results: Counter[Direction] = Counter()
    counts: Counter[Change] = Counter()
    shown: dict[Change, tuple[Example, ...]] = {}
    faulty: tuple[Rejected, ...] = ()
    for part in parts:
        records += part.records
        left_out += part.left_out
        results.update(part.results)
        counts.update(part.counts)
        faulty = (*faulty, *part.faulty)[:MOST_FAULTY]
        for change, found in part.examples.items():
            shown[change] = (*shown.get(change, ()), *found)[:examples]
    return Impact(records, results, counts, shown, left_out, faulty)
