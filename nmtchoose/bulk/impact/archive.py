"""A whole archive under two pairs of files, portion by portion, in several processes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from msgspec.structs import replace

from nmtchoose.bulk.deciding import Decision, decider_of
from nmtchoose.bulk.impact.impact import MOST_FAULTY, Change, Direction, Example, Impact, LeftOut, added_up
from nmtchoose.bulk.impact.steps import Steps
from nmtchoose.bulk.layout import Layout, layout_of
from nmtchoose.bulk.pool import in_order
from nmtchoose.bulk.reading.packed import Packed, Rejected, one_file
from nmtchoose.bulk.reading.packed_tables import Carrier, packed_values, records_of
from nmtchoose.bulk.reading.parquet_files import layout_of_file, tables_in
from nmtchoose.bulk.reading.pieces import Piece, Portion, check_columns, portions
from nmtchoose.bulk.reading.reader import Reader
from nmtchoose.bulk.reading.sources import Form, Source
from nmtchoose.model.questionnaire import Question, Questionnaire
from nmtchoose.model.tables import Tables

Watch = Callable[[int, Impact], None]
"""Is told how long what was just counted is (see `length_of`), and what has changed so far."""


@dataclass(frozen=True, slots=True)
class Comparing:
    """Both pairs, how many records are kept as examples of each change, and columns that are left alone."""

    old: Tables
    new: Tables
    examples: int = 3
    ignored: Collection[str] = ()

    def worker(self) -> Callable[[Portion], Counted]:
        """Return what counts portion by portion what changes; it raises FileError for one that cannot be read."""
        comparison, archive = Comparison(self), _ArchiveReader(self)

        def count(portion: Portion) -> Counted:
            parts = (comparison.impact(packed, written) for packed, written in archive.blocks(portion))
            return Counted(portion.length, added_up(parts, self.examples))

        return count


class Counted(NamedTuple):
    """What changes in one portion, and its length."""

    length: int
    impact: Impact


def impact_of(
    sources: Sequence[Source], wanted: Comparing, watch: Watch = lambda length, so_far: None, processes: int = 0
) -> Impact:
    """Return what changes among all records of `sources`, read in up to `processes` processes (0: one for each core).

    Raises UsageError for a column that means nothing, and FileError for a file that cannot be read.
    """
    check_columns(sources, knowing_both(wanted.old.questionnaire, wanted.new.questionnaire), wanted.ignored)
    so_far = Impact()
    for part in in_order(wanted, portions(sources), processes):
        so_far = added_up((so_far, part.impact), wanted.examples)
        watch(part.length, so_far)
    return so_far


class Comparison:
    """Counts what changes, block by block; blocks have to come in the order of the archive.

    An answer or option that one of the two questionnaires does not know is left out there.
    """

    def __init__(self, wanted: Comparing) -> None:
        self._examples = wanted.examples
        self._sides = decider_of(wanted.old), decider_of(wanted.new)
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
        faulty = tuple(_left_out(one) for one in packed.rejects[:MOST_FAULTY])
        return Impact(packed.rows, results, counts, examples, len(packed.rejects), faulty)

    def _decided(self, packed: Packed, written: Layout) -> list[Decision]:
        if written not in self._carriers:
            self._carriers[written] = [Carrier(one.tables.questionnaire, written) for one in self._sides]
        return [
            side.decide(carrier.columns(packed.columns, packed.rows)[0], packed.rows)
            for side, carrier in zip(self._sides, self._carriers[written], strict=True)
        ]


class _ArchiveReader:
    """Reads what is packed as it is, and everything else as `nmtchoose bulk` does."""

    def __init__(self, wanted: Comparing) -> None:
        questionnaire = knowing_both(wanted.old.questionnaire, wanted.new.questionnaire)
        self._layout = layout_of(questionnaire)
        self._reader = Reader(questionnaire, wanted.ignored)

    def blocks(self, portion: Portion) -> Iterator[tuple[Packed, Layout]]:
        """Yield some records at a time, and the layout under which they are packed."""
        for piece in portion.pieces:
            written = layout_of_file(piece.source) if piece.source.form is Form.PARQUET else None
            if written is None:
                alone = Portion(portion.number, (piece,))
                yield from ((packed, self._layout) for packed in self._reader.blocks(alone))
            else:
                yield from ((packed, written) for packed in _packed(piece, written))


def _packed(piece: Piece, written: Layout) -> Iterator[Packed]:
    line = piece.first
    for table in tables_in(piece.source, piece.groups):
        lines = pa.array(np.arange(line, line + table.num_rows))
        columns, _ = packed_values(table, written)
        yield Packed(columns, one_file(piece.source.name, table.num_rows), lines, records_of(table))
        line += table.num_rows


def _example(packed: Packed, row: int, written: Layout) -> Example:
    values = {name: int(packed.columns[name][row]) for name in written.names()}
    return Example(
        packed.files[row].as_py(), packed.lines[row].as_py(), packed.records[row].as_py(), written.answers(values)
    )


def _left_out(one: Rejected) -> LeftOut:
    return LeftOut(one.file, one.line, tuple(f"{fault.problem}. {fault.mend}" for fault in one.faults))


def knowing_both(old: Questionnaire, new: Questionnaire) -> Questionnaire:
    """Return a questionnaire that takes every answer that `old` or `new` takes; it is for reading, not for asking.

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
