"""Many clients from start to end: sources in, one result out, in the order of the input, and what was counted."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from nmtchoose.bulk import writing
from nmtchoose.bulk.deciding import Decider, result_columns
from nmtchoose.bulk.layout import RECORD, layout_of
from nmtchoose.bulk.packed import Rejected
from nmtchoose.bulk.pieces import Portion, check_columns, portions
from nmtchoose.bulk.reader import Reader
from nmtchoose.bulk.sources import Source
from nmtchoose.errors import AnswerError, Code, fault
from nmtchoose.files.atomic import whole_file
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.tables import Tables
from nmtchoose.processes import in_order


@dataclass(frozen=True)
class Tally:
    """Counts of records by how they ended; `rejects` by first fault, `emergencies_left_out` those that tell of one."""

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
    """Return the counts of a block by its results (none where it is only packed), and `emergencies` in `rejects`."""
    statuses, dispositions, recommendations = (
        Counter({one["values"]: one["counts"] for one in pc.value_counts(columns[name]).to_pylist()})
        if name in columns
        else Counter[str]()
        for name in ("status", "disposition", "recommendation")
    )
    left_out = Counter(one.faults[0].code.id for one in rejects)
    return Tally(rows, statuses["incomplete"], dispositions, recommendations, left_out, emergencies)


_SHOWN = 10  # rejects that are shown where no file is named for them

Watch = Callable[[int, Tally], None]
"""Is told how long what was just done is (see `length_of`), and what was counted in it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done. `full` asks for all columns; `ignored` names columns of tables that are left alone.

    What was left out is written to `rejects` (None: nowhere); more than `most_rejects` stop the run (None: never). Up
    to `processes` processes work (0: one for each core).
    """

    sources: tuple[Source, ...]
    output: writing.Output
    rejects: Path | None = None
    full: bool = False
    ignored: Collection[str] = ()
    processes: int = 0
    most_rejects: int | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """What was counted, where the rejects are (None: nowhere, `first_rejects` are some), and how long it took."""

    tally: Tally
    rejects: Path | None
    seconds: float
    first_rejects: Sequence[str] = ()


Done = tuple[Sequence[bytes], Sequence[bytes], int, Tally]
"""What comes of a portion: its rows and rejects as they are written, its length, and what was counted."""


def run_to_stream(tables: Tables, wanted: Wanted, stream: BinaryIO, watch: Watch) -> Finished:
    """Decide all records of `wanted.sources` and write the results to `stream` as soon as they are there.

    Raises UsageError for a column that means nothing, FileError when something cannot be read or written, and
    AnswerError when there are more rejects than wanted.
    """
    began, tally = time.monotonic(), Tally()
    rejects, shown = wanted.rejects, list[str]()
    check_columns(wanted.sources, tables.questionnaire, wanted.ignored)
    parquet = None if wanted.output in (writing.Output.LINES, writing.Output.CSV) else writing.ParquetWriter(stream)
    write = parquet.write if parquet else partial(writing.write_text, stream)
    with ExitStack() as open_files:
        left_out: BinaryIO | None = None
        job = partial(_screening, tables, wanted)
        for blocks, lines, length, counted in in_order(job, portions(wanted.sources), wanted.processes):
            tally += counted
            for rows in blocks:
                write(rows)
            if lines and rejects is not None:
                left_out = left_out or open_files.enter_context(whole_file(rejects))
                left_out.writelines(lines)
            shown += [one.decode().rstrip("\n") for one in lines[: _SHOWN - len(shown)]]
            if wanted.most_rejects is not None and tally.rejected > wanted.most_rejects:
                raise AnswerError([fault(Code.TOO_MANY_REJECTS, count=tally.rejected, limit=wanted.most_rejects)])
            watch(length, tally)
        if parquet:
            parquet.close()
    seconds = time.monotonic() - began
    if rejects is not None and tally.rejected:
        return Finished(tally, rejects, seconds)
    if rejects is not None and writing.holds_rejects(rejects):
        rejects.unlink()
    return Finished(tally, None, seconds, shown)


def _screening(tables: Tables, wanted: Wanted) -> Callable[[Portion], Done]:
    """Return what reads a portion, decides it, and gives it back as it is written; it raises FileError."""
    pa.set_memory_pool(pa.system_memory_pool())  # a fifth less memory and time than Arrow's own, measured
    decider = None if wanted.output is writing.Output.PACKED else Decider(tables)
    layout, reader = layout_of(tables.questionnaire), Reader(tables.questionnaire, wanted.ignored)

    def do(portion: Portion) -> Done:
        rows: list[bytes] = []
        rejects: list[bytes] = []
        tally = Tally()
        for block in reader.blocks(portion):
            left_out: Sequence[Disposition | None] = [None] * len(block.rejects)
            if decider is None:
                columns = {RECORD: block.records, **{name: pa.array(one) for name, one in block.columns.items()}}
            else:
                columns = writing.whose(block) | result_columns(decider, block.columns, block.rows, full=wanted.full)
                left_out = decider.emergencies([one.answers for one in block.rejects])
            first = portion.number == 0 and not rows
            rows.append(writing.encoded(wanted.output, columns, layout, first=first))
            rejects += map(writing.rejected_line, block.rejects, left_out)
            tally += tally_of(block.rows, columns, block.rejects, len(left_out) - left_out.count(None))
        return rows, rejects, portion.length, tally

    return do
