"""A whole archive under two pairs of files, portion by portion, in several processes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from nmtchoose.batch.impact.blocks import Comparison, Pairs
from nmtchoose.batch.impact.fitting import knowing_both
from nmtchoose.batch.impact.impact import Impact, added_up
from nmtchoose.batch.layout import Layout, layout_of
from nmtchoose.batch.reading.packed import Packed, one_file
from nmtchoose.batch.reading.packed_tables import numbers_in, records_of
from nmtchoose.batch.reading.parquet_files import layout_of_file, tables_in
from nmtchoose.batch.reading.portions import Piece, Portion, check_columns, portions
from nmtchoose.batch.reading.reader import Reader
from nmtchoose.batch.reading.sources import Form, Source
from nmtchoose.batch.work.crew import cores, do_all

Watch = Callable[[int, Impact], None]
"""Is told how long what was just counted is (see `length_of`), and what has changed so far."""


class Block(NamedTuple):
    """Some records, and the layout under which they are packed."""

    packed: Packed
    written: Layout


class Counted(NamedTuple):
    """A portion that is done."""

    number: int
    length: int
    impact: Impact


@dataclass(frozen=True, slots=True)
class Comparing:
    """What is wanted of every portion; `ignored` names columns that are left alone."""

    pairs: Pairs
    ignored: Collection[str] = ()

    def worker(self) -> Comparer:
        """Return somebody who does it."""
        return Comparer(self)


class Comparer:
    """Counts portion by portion what changes."""

    def __init__(self, wanted: Comparing) -> None:
        self._wanted = wanted
        self._comparison = Comparison(wanted.pairs)
        self._archive = _ArchiveReader(wanted)

    def do(self, portion: Portion) -> Counted:
        """Return what changes in `portion`; raises FileError when it cannot be read."""
        parts = (self._comparison.impact(*block) for block in self._archive.blocks(portion))
        return Counted(portion.number, portion.length, added_up(parts, self._wanted.pairs.examples))


class _ArchiveReader:
    """Reads what is packed as it is, and everything else as `nmtchoose screen` does."""

    def __init__(self, wanted: Comparing) -> None:
        questionnaire = knowing_both(wanted.pairs.old[0], wanted.pairs.new[0])
        self._layout = layout_of(questionnaire)
        self._reader = Reader(questionnaire, wanted.ignored)

    def blocks(self, portion: Portion) -> Iterator[Block]:
        for piece in portion.pieces:
            written = layout_of_file(piece.source) if piece.source.form is Form.PARQUET else None
            if written is None:
                alone = Portion(portion.number, (piece,))
                yield from (Block(packed, self._layout) for packed in self._reader.blocks(alone))
            else:
                yield from (Block(packed, written) for packed in _packed(piece, written))


def impact_of(
    sources: Sequence[Source], wanted: Comparing, watch: Watch = lambda length, so_far: None, processes: int = 0
) -> Impact:
    """Return what changes among all records of `sources`, read in up to `processes` processes (0: one for each core).

    Raises UsageError for a column that means nothing, and FileError for a file that cannot be read.
    """
    check_columns(sources, knowing_both(wanted.pairs.old[0], wanted.pairs.new[0]), wanted.ignored)
    so_far = Impact()
    for part in _in_order(do_all(wanted, portions(sources), processes or cores())):
        so_far = added_up((so_far, part.impact), wanted.pairs.examples)
        watch(part.length, so_far)
    return so_far


def _in_order(done: Iterable[Counted]) -> Iterator[Counted]:
    """Yield portions in the order of the archive, which is not that in which they are done."""
    waiting: dict[int, Counted] = {}
    number = 0
    for one in done:
        waiting[one.number] = one
        while number in waiting:
            yield waiting.pop(number)
            number += 1


def _packed(piece: Piece, written: Layout) -> Iterator[Packed]:
    """Yield the rows of a piece of a packed file, some at a time: more would be a little quicker and much larger."""
    line = piece.first
    for table in tables_in(piece.source, piece.groups):
        columns = {
            name: numbers_in(table.column(name), column.bits)[0] for column in written.columns for name in column.names
        }
        lines = pa.array(np.arange(line, line + table.num_rows))
        yield Packed(columns, one_file(piece.source.name, table.num_rows), lines, records_of(table))
        line += table.num_rows
