"""What a change of the two files does to an archive: how many results change, from what to what, and for whom first.

In the words of `nmtchoose.proof.strictness`; where that names several rules or questions in a sentence, each counts
here. It is told as lines to read, as JSON, and as answers files of its examples.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

from nmtchoose.bulk.packed import Rejected
from nmtchoose.files.answers_file import FORMAT as ANSWERS_FORMAT
from nmtchoose.files.atomic import write_atomically
from nmtchoose.formats.assessment_json import listed_answers
from nmtchoose.model.answers import Answer
from nmtchoose.model.tables import Tables
from nmtchoose.proof.strictness import lines_of, shifts

MOST_FAULTY = 10
"""Records that could not be read; how many are named at most."""

_MOST_CHANGES = 20
_MOST_EXPLAINED = 20


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


_TITLES = dict(zip(Direction, ("Less strict", "Stricter", "Otherwise different"), strict=True))


def impact_lines(impact: Impact, old: Tables, new: Tables) -> Iterator[str]:
    """Yield how many results change, every change with its count, and examples, assessed again; less strict first."""
    results = [impact.results.get(one, 0) for one in Direction]
    counts = "{:,} less strict, {:,} stricter, {:,} otherwise different".format(*results)
    yield f"{impact.changed:,} of {impact.records:,} results change: {counts}."
    for direction in Direction:
        ranked = [one for one in impact.ranked() if one.direction is direction]
        if ranked:
            yield f"{_TITLES[direction]}:"
        for one in ranked[:_MOST_CHANGES]:
            first = next((f" (first: {example.name})" for example in impact.examples.get(one, ())), "")
            yield f"  {impact.counts[one]:,} x {one.words}{first}"
        if len(ranked) > _MOST_CHANGES:
            yield f"  ... and {len(ranked) - _MOST_CHANGES} more changes of this kind; --json has them all."
    explained = _examples(impact, each=1)[:_MOST_EXPLAINED]
    if explained:
        yield from ("", "Examples:")
    for example in explained:
        for shift in shifts([(example.name, listed_answers(example.answers))], old, new):
            yield from lines_of(shift)
    if impact.left_out:
        yield from ("", f"{impact.left_out:,} records could not be read and are left out, first of all:")
    yield from (f"  {one.file}:{one.line}: {' '.join(one.problems)}" for one in impact.faulty)


def _examples(impact: Impact, each: int | None = None) -> Sequence[Example]:
    found = (one for change in impact.ranked() for one in impact.examples.get(change, ())[:each])
    return tuple({(one.file, one.line): one for one in found}.values())


def impact_record(impact: Impact) -> dict[str, object]:
    """Return all counts and where the examples stand, as values for JSON; what was answered is not in it."""
    return {
        "records": impact.records,
        "changed": impact.changed,
        "results": {one.name.lower(): impact.results.get(one, 0) for one in Direction},
        "changes": [
            {
                "direction": one.direction.name.lower(),
                "change": one.words,
                "count": impact.counts[one],
                "examples": [
                    {"file": example.file, "line": example.line, "record": example.record}
                    for example in impact.examples.get(one, ())
                ],
            }
            for one in impact.ranked()
        ],
        "left_out": impact.left_out,
        "first_left_out": [
            {"file": one.file, "line": one.line, "problems": list(one.problems)} for one in impact.faulty
        ],
    }


def write_examples(impact: Impact, folder: Path) -> tuple[Path, ...]:
    """Write the examples to `folder` as answers files, less strict first; raises FileError."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for number, one in enumerate(_examples(impact), start=1):
        record = {"format": ANSWERS_FORMAT, "record": one.name, "answers": listed_answers(one.answers)}
        written.append(folder / f"example-{number:03}.json")
        write_atomically(written[-1], json.dumps(record, indent=2) + "\n")
    return tuple(written)
