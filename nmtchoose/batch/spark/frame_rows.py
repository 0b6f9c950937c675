"""The kernel on a worker of the cluster: Arrow batches of clients in, Arrow batches of results out.

One row comes out for each that goes in, in the same order. A row that is no client has no results, and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nmtchoose.batch.kernel import Kernel, compile_kernel
from nmtchoose.batch.layout import Layout
from nmtchoose.batch.outcome_arrow import outcome_columns
from nmtchoose.batch.reading.column_names import TableColumns
from nmtchoose.batch.reading.natural import NaturalPacker
from nmtchoose.batch.reading.packed import Column, Packed
from nmtchoose.batch.reading.packed_tables import PackedPacker
from nmtchoose.batch.reading.reader import ROWS
from nmtchoose.batch.spark.arrow_types import as_answers, as_codes, for_spark
from nmtchoose.batch.spark.work import Order, worker_for
from nmtchoose.batch.work.crew import answer_to, result_of
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable

if TYPE_CHECKING:
    from pyspark import Broadcast

FAULT = "fault"

Columns = Mapping[int, Any]
"""Arrow arrays by their place in the frame."""

Pack = Callable[[Columns, NDArray[np.int64]], Packed]
"""Takes the columns of a batch, and the number of each row."""


class Form(Protocol):
    """How answers stand in the columns of a frame."""

    def read(self) -> Collection[int]:
        """Return the places of the columns that hold answers."""

    def packer(self, questionnaire: Questionnaire) -> Pack:
        """Return what packs them for `questionnaire`."""


@dataclass(frozen=True, slots=True)
class PackedForm:
    """Answers packed under `layout`; `places` says where each of its columns stands."""

    layout: Layout
    places: Mapping[str, int]

    def read(self) -> Collection[int]:
        """Return the places of all its columns."""
        return self.places.values()

    def packer(self, questionnaire: Questionnaire) -> Pack:
        """Return what takes them over to `questionnaire`."""
        packer = PackedPacker(questionnaire, self.layout)

        def pack(columns: Columns, lines: NDArray[np.int64]) -> Packed:
            codes = [as_codes(columns[place]) for place in self.places.values()]
            return packer.packed(pa.RecordBatch.from_arrays(codes, list(self.places)), "", lines)

        return pack


@dataclass(frozen=True, slots=True)
class NaturalForm:
    """A column for each question or option."""

    meaning: TableColumns

    def read(self) -> Collection[int]:
        """Return the places of all answers."""
        return {place for one in self.meaning.questions for place in one.places}

    def packer(self, questionnaire: Questionnaire) -> Pack:
        """Return what packs them for `questionnaire`."""
        packer, read = NaturalPacker(questionnaire), self.read()

        def pack(columns: Columns, lines: NDArray[np.int64]) -> Packed:
            cells = [as_answers(columns[at]) if at in read else None for at in range(self.meaning.count)]
            return packer.packed(cells, self.meaning, "", lines)

        return pack


@dataclass(frozen=True, slots=True)
class FrameJob:
    """What is wanted of every batch, whose columns are named by their places.

    `kept` are the places of columns that go along; `full` asks for all results.
    """

    questionnaire: Questionnaire
    rules: RuleTable
    form: Form
    kept: Mapping[str, int]
    full: bool

    def worker(self) -> FrameWorker:
        """Return somebody who does it."""
        return FrameWorker(self)


class FrameWorker:
    """Screens batches of one job, one after the other."""

    def __init__(self, job: FrameJob) -> None:
        self._job = job
        self._pack = job.form.packer(job.questionnaire)
        self._kernel = compile_kernel(job.questionnaire, job.rules)

    def do(self, batch: Any) -> Any:
        """Return the batch of results."""
        rows: int = batch.num_rows
        columns = {int(name): column for name, column in zip(batch.schema.names, batch.columns, strict=True)}
        packed = self._pack(columns, np.arange(rows))
        found = results_of(self._kernel, packed.columns, packed.rows, full=self._job.full)
        told = {name: columns[place] for name, place in self._job.kept.items()}
        told |= _one_for_each(found, packed, rows) | {FAULT: _reasons(packed, rows)}
        return pa.RecordBatch.from_arrays(list(told.values()), list(told))


def results_of(kernel: Kernel, columns: Mapping[str, Column], rows: int, *, full: bool) -> dict[str, Any]:
    """Return the results of packed rows in types that Spark has."""
    found = outcome_columns(kernel.outcome(columns, rows), full=full)
    return {name: for_spark(column) for name, column in found.items()}


def _one_for_each(found: Mapping[str, Any], packed: Packed, rows: int) -> dict[str, Any]:
    """Return the results with nulls for the rows that were left out."""
    if not packed.rejects:
        return dict(found)
    places = np.full(rows, -1)
    places[packed.lines.to_numpy()] = np.arange(packed.rows)
    taken = pa.array(places, mask=places < 0)
    return {name: column.take(taken) for name, column in found.items()}


def _reasons(packed: Packed, rows: int) -> Any:
    """Return for each row why it was left out, or null."""
    reasons: list[str | None] = [None] * rows
    for one in packed.rejects:
        reasons[one.line] = str(one.faults[0])
    return pa.array(reasons, pa.string()) if packed.rejects else pa.nulls(rows, pa.string())


def screened_batches(order: Broadcast[Order], batches: Iterable[Any]) -> Iterator[Any]:
    """Screen all `batches` of a part of the frame; errors hold nothing of what is in them."""
    for batch in _gathered(batches):
        yield result_of(answer_to(worker_for(order.value), batch))


def _gathered(batches: Iterable[Any]) -> Iterator[Any]:
    """Yield the rows of several batches together: what is done once for each batch is felt when they are small."""
    waiting: list[Any] = []
    for batch in batches:
        waiting.append(batch)
        if sum(one.num_rows for one in waiting) >= ROWS:
            yield pa.concat_batches(waiting)
            waiting = []
    if waiting:
        yield pa.concat_batches(waiting)
