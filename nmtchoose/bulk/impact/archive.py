"""A whole archive under two pairs of files, portion by portion, in several processes."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from msgspec.structs import replace

from nmtchoose.bulk.deciding import Decider
from nmtchoose.bulk.impact.impact import MOST_FAULTY, Change, Direction, Example, Impact, added_up
from nmtchoose.bulk.impact.steps import Steps
from nmtchoose.bulk.layout import Layout, layout_of
from nmtchoose.bulk.reading.packed import Carrier, Packed, block_of
from nmtchoose.bulk.reading.parquet_files import layout_of_file, packed_names, tables_in
from nmtchoose.bulk.reading.pieces import Portion, check_columns, portions
from nmtchoose.bulk.reading.reader import Reader
from nmtchoose.bulk.reading.sources import Form, Source
from nmtchoose.model.questionnaire import Question, Questionnaire
from nmtchoose.model.tables import Tables
from nmtchoose.processes import in_order

Watch = Callable[[int, Impact], None]
"""Is told how long what was just counted is (see `length_of`), and what has changed so far."""


@dataclass(frozen=True, slots=True)
class Comparing:
    """Both pairs, how many records are kept as examples of each change, and columns that are left alone."""

    old: Tables
    new: Tables
    examples: int = 3
    ignored: Collection[str] = ()


def impact_of(
    sources: Sequence[Source], wanted: Comparing, watch: Watch = lambda length, so_far: None, processes: int = 0
) -> Impact:
    """Return what changes in `sources`, by up to `processes` (0: all cores); raises UsageError or FileError."""
    check_columns(sources, knowing_both(wanted.old.questionnaire, wanted.new.questionnaire), wanted.ignored)
    so_far = Impact()
    for length, part in in_order(partial(_counting, wanted), portions(sources), processes):
        so_far = added_up((so_far, part), wanted.examples)
        watch(length, so_far)
    return so_far


def _counting(wanted: Comparing) -> Callable[[Portion], tuple[int, Impact]]:
    """Return what says how long a portion is, and what changes in it; it raises FileError if that cannot be read."""
    comparison = Comparison(wanted)
    both = knowing_both(wanted.old.questionnaire, wanted.new.questionnaire)
    layout, reader = layout_of(both), Reader(both, wanted.ignored)

    def count(portion: Portion) -> tuple[int, Impact]:
        """Take what is packed as it is, and everything else as `nmtchoose bulk` reads it."""
        parts: list[Impact] = []
        for piece in portion.pieces:
            written = layout_of_file(piece.source) if piece.source.form is Form.PARQUET else None
            if written is None:
                alone = reader.blocks(Portion(portion.number, (piece,)))
                parts += (comparison.impact(packed, layout) for packed in alone)
                continue
            line = piece.first
            for table in tables_in(piece.source, piece.groups, packed_names(written)):
                packed, _ = block_of(table, written, piece.source.name, np.arange(line, line + table.num_rows))
                parts.append(comparison.impact(packed, written))
                line += packed.rows
        return portion.length, added_up(parts, wanted.examples)

    return count


class Comparison:
    """Counts what changes, block by block in order; answers that a questionnaire does not know are left out there."""

    def __init__(self, wanted: Comparing) -> None:
        self._examples = wanted.examples
        self._sides = Decider(wanted.old), Decider(wanted.new)
        self._steps = Steps(*self._sides)
        self._carriers: dict[Layout, list[Carrier]] = {}
        self._kept: Counter[Change] = Counter()

    def impact(self, packed: Packed, written: Layout) -> Impact:
        """Return what changes among the rows of a block that is packed under the layout `written`."""
        counts: dict[Change, int] = {}
        examples: dict[Change, tuple[Example, ...]] = {}
        first = np.full(packed.rows, len(Direction), np.uint8)
        if written not in self._carriers:
            self._carriers[written] = [Carrier(one.tables.questionnaire, written) for one in self._sides]
        if packed.rows:
            old, new = (
                side.decide(carrier.columns(packed.columns, packed.rows)[0], packed.rows)
                for side, carrier in zip(self._sides, self._carriers[written], strict=True)
            )
            for change, rows in self._steps.between(old, new):
                counts[change] = len(rows)
                first[rows] = np.minimum(first[rows], np.uint8(change.direction))
                wanted = rows[: self._examples - self._kept[change]]
                if len(wanted):
                    examples[change] = tuple(_example(packed, int(row), written) for row in wanted)
                    self._kept[change] += len(wanted)
        results = {one: int(np.count_nonzero(first == one)) for one in Direction}
        return Impact(packed.rows, results, counts, examples, len(packed.rejects), tuple(packed.rejects[:MOST_FAULTY]))


def _example(packed: Packed, row: int, written: Layout) -> Example:
    values = {name: int(packed.columns[name][row]) for name in written.names()}
    return Example(
        packed.files[row].as_py(), packed.lines[row].as_py(), packed.records[row].as_py(), written.answers(values)
    )


def knowing_both(old: Questionnaire, new: Questionnaire) -> Questionnaire:
    """Return a questionnaire that takes every answer of `old` or `new`, of the new kind; for reading alone."""
    ids = dict.fromkeys(one.id for one in (*new.questions, *old.questions))
    return replace(new, questions=tuple(_wide(old.by_id.get(one), new.by_id.get(one)) for one in ids))


def _wide(old: Question | None, new: Question | None) -> Question:
    if old is None or new is None or old.kind is not new.kind:
        known = new or old
        assert known is not None
        return known
    return replace(
        new,
        options=(*new.options, *(one for one in old.options if not new.option(one.id))),
        specials=tuple(dict.fromkeys((*new.specials, *old.specials))),
        minimum=None if new.minimum is None or old.minimum is None else min(new.minimum, old.minimum),
        maximum=None if new.maximum is None or old.maximum is None else max(new.maximum, old.maximum),
    )
