"""A whole archive under two pairs of files, portion by portion, in several processes."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from msgspec.structs import replace

from nmtchoose.bulk.deciding import Decider, Decision
from nmtchoose.bulk.impact.impact import MOST_FAULTY, Change, Direction, Example, Impact, added_up
from nmtchoose.bulk.impact.steps import Steps
from nmtchoose.bulk.layout import Layout, layout_of
from nmtchoose.bulk.reading.packed import Packed
from nmtchoose.bulk.reading.packed_tables import Carrier, block_of
from nmtchoose.bulk.reading.parquet_files import layout_of_file, packed_names, tables_in
from nmtchoose.bulk.reading.pieces import Piece, Portion, check_columns, portions
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
    """Return what changes among all records of `sources`, in up to `processes` processes (0: one for each core).

    Raises UsageError for a column that means nothing, and FileError for a file that cannot be read.
    """
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

    def blocks(portion: Portion) -> Iterator[tuple[Packed, Layout]]:
        """Yield what is packed as it is, and everything else as `nmtchoose bulk` reads it."""
        for piece in portion.pieces:
            written = layout_of_file(piece.source) if piece.source.form is Form.PARQUET else None
            if written is None:
                yield from ((packed, layout) for packed in reader.blocks(Portion(portion.number, (piece,))))
            else:
                yield from ((packed, written) for packed in _packed(piece, written))

    def count(portion: Portion) -> tuple[int, Impact]:
        parts = (comparison.impact(packed, written) for packed, written in blocks(portion))
        return portion.length, added_up(parts, wanted.examples)

    return count


class Comparison:
    """Counts what changes, block by block, in the order of the archive.

    An answer or option that one of the two questionnaires does not know is left out there.
    """

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
        if packed.rows:
            for change, rows in self._steps.between(*self._decided(packed, written)):
                counts[change] = len(rows)
                first[rows] = np.minimum(first[rows], np.uint8(change.direction))
                wanted = rows[: self._examples - self._kept[change]]
                if len(wanted):
                    examples[change] = tuple(_example(packed, int(row), written) for row in wanted)
                    self._kept[change] += len(wanted)
        results = {one: int(np.count_nonzero(first == one)) for one in Direction}
        return Impact(packed.rows, results, counts, examples, len(packed.rejects), tuple(packed.rejects[:MOST_FAULTY]))

    def _decided(self, packed: Packed, written: Layout) -> list[Decision]:
        if written not in self._carriers:
            self._carriers[written] = [Carrier(one.tables.questionnaire, written) for one in self._sides]
        return [
            side.decide(carrier.columns(packed.columns, packed.rows)[0], packed.rows)
            for side, carrier in zip(self._sides, self._carriers[written], strict=True)
        ]


def _packed(piece: Piece, written: Layout) -> Iterator[Packed]:
    line = piece.first
    for table in tables_in(piece.source, piece.groups, packed_names(written)):
        packed, _ = block_of(table, written, piece.source.name, np.arange(line, line + table.num_rows))
        yield packed
        line += packed.rows


def _example(packed: Packed, row: int, written: Layout) -> Example:
    values = {name: int(packed.columns[name][row]) for name in written.names()}
    return Example(
        packed.files[row].as_py(), packed.lines[row].as_py(), packed.records[row].as_py(), written.answers(values)
    )


def knowing_both(old: Questionnaire, new: Questionnaire) -> Questionnaire:
    """Return a questionnaire that takes every answer that `old` or `new` takes, for reading and not for asking.

    Where a question has changed its kind, answers of the new kind are taken.
    """
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
