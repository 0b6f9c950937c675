"""The impact of a change as lines to read, as JSON, and as answers files of its examples."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from nmtchoose.bulk.impact.impact import Direction, Example, Impact
from nmtchoose.files.answers_file import FORMAT as ANSWERS_FORMAT
from nmtchoose.files.atomic import write_atomically
from nmtchoose.formats.assessment_json import listed_answers
from nmtchoose.model.tables import Tables
from nmtchoose.proof.shifts import lines_of, shifts

_MOST_CHANGES = 20
_MOST_EXPLAINED = 20

_TITLES = {
    Direction.LESS_STRICT: "Less strict",
    Direction.STRICTER: "Stricter",
    Direction.DIFFERENT: "Otherwise different",
}


def impact_lines(impact: Impact, old: Tables, new: Tables) -> Iterator[str]:
    """Yield how many results change, every change with its count, and what changes in examples, less strict first.

    The examples are assessed once more, one by one, under both pairs.
    """
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
    """Write every example to `folder` as an answers file, less strict first; raises FileError.

    A text is not in an archive that is packed: `given` stands in its place.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for number, one in enumerate(_examples(impact), start=1):
        record = {"format": ANSWERS_FORMAT, "record": one.name, "answers": listed_answers(one.answers)}
        written.append(folder / f"example-{number:03}.json")
        write_atomically(written[-1], json.dumps(record, indent=2) + "\n")
    return tuple(written)
