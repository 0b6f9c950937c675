"""Clients in a Spark DataFrame, decided where it lies: Arrow batches of clients in, batches of results out.

One row comes out for each that goes in, in the same order; one that is no client says why. An error would be tried
again and end up in Spark's logs with what it says: here it says nothing of what was worked on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nmtchoose.bulk.deciding import MOST_ROWS, Decider, result_columns
from nmtchoose.bulk.layout import RECORD, Layout
from nmtchoose.bulk.packed import Carrier, Column, Packed
from nmtchoose.bulk.records import ROWS, RecordPacker
from nmtchoose.bulk.tables import NaturalPacker, table_columns
from nmtchoose.bulk.writing import harmless
from nmtchoose.errors import Code, UsageError, fault, suggestion
from nmtchoose.model.tables import Tables
from nmtchoose.processes import Order, carried_out, order_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType, StructField, StructType

WHO, FAULT = "record", "fault"

Columns = Mapping[int, Any]
"""Arrow arrays by their place in the frame."""

Lines = NDArray[np.int64]
Pack = Callable[..., Packed]
"""Takes the columns of a batch, and as `lines` the number of each row; it is sent to the workers."""


def from_packed(carrier: Carrier, places: Mapping[str, int], columns: Columns, lines: Lines) -> Packed:
    """Take over what is packed; `places` says where each column of the layout stands, and perhaps the ids."""
    given = [columns[at] if name == RECORD else as_codes(columns[at]) for name, at in places.items()]
    return carrier.packed(pa.RecordBatch.from_arrays(given, list(places)), "", lines)


def from_lines(packer: RecordPacker, place: int, columns: Columns, lines: Lines) -> Packed:
    """Pack lines of JSON, as bytes in the column at `place`."""
    found = zip(lines.tolist(), columns[place].to_pylist(), strict=True)
    return packer.packed(("", line, content or b"") for line, content in found)


@dataclass(frozen=True, slots=True)
class FrameJob:
    """What is wanted of every batch, whose columns are named by their places.

    `read` are the places that `pack` takes, and `kept` those of columns that go along; `full` asks for all results,
    `who` for the ids of records.
    """

    tables: Tables
    read: Collection[int]
    pack: Pack
    kept: Mapping[str, int]
    full: bool
    who: bool = False

    def __call__(self) -> Callable[[Any], Any]:
        """Return what makes of a batch the batch of its results."""
        decider = Decider(self.tables)

        def do(batch: Any) -> Any:
            rows: int = batch.num_rows
            columns = {int(name): column for name, column in zip(batch.schema.names, batch.columns, strict=True)}
            packed = self.pack(columns, lines=np.arange(rows))
            found = results_of(decider, packed.columns, packed.rows, full=self.full)
            told = {name: columns[place] for name, place in self.kept.items()}
            if self.who:
                found = {WHO: harmless(packed.records), **found}
            why = {one.line: f"{one.faults[0].code.id} {one.problems[0]}" for one in packed.rejects}
            if packed.rejects:  # a row comes out for each that goes in
                places = np.full(rows, -1)
                places[packed.lines.to_numpy()] = np.arange(packed.rows)
                taken = pa.array(places, mask=places < 0)
                found = {name: column.take(taken) for name, column in found.items()}
            told |= found | {FAULT: pa.array(map(why.get, range(rows)), pa.string())}
            return pa.RecordBatch.from_arrays(list(told.values()), list(told))

        return do


def results_of(decider: Decider, columns: Mapping[str, Column], rows: int, *, full: bool) -> dict[str, Any]:
    """Return the results of packed rows in types that Spark has."""
    found = result_columns(decider, columns, rows, full=full)
    return {name: for_spark(column) for name, column in found.items()}


def decided_batches(order: Order, batches: Iterable[Any]) -> Iterator[Any]:
    """Decide all `batches` of a part of the frame. Raises FileError for another version, or BugError.

    Rows are taken by the ten thousand: what is done once for each batch is felt when they are few.
    """
    waiting: list[Any] = []
    for batch in batches:
        for start in range(0, batch.num_rows, MOST_ROWS - ROWS):
            waiting.append(batch.slice(start, MOST_ROWS - ROWS))
            if sum(one.num_rows for one in waiting) >= ROWS:
                yield carried_out(order, pa.concat_batches(waiting))
                waiting = []
    if waiting:
        yield carried_out(order, pa.concat_batches(waiting))


def as_codes(column: Any) -> Any:
    """Return a column of a packed frame as numbers; Spark makes decimals of Parquet's unsigned 64 bits.

    A column with a decimal that is none of these stays as it is, so that its row can be told from the others.
    """
    try:
        return column.cast(pa.uint64()) if pa.types.is_decimal(column.type) else column
    except pa.ArrowInvalid:
        return column


def for_spark(column: Any) -> Any:
    """Return a column of results without dictionaries, and without unsigned numbers."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return column.cast(kind.value_type)
    if pa.types.is_list(kind) and pa.types.is_dictionary(kind.value_type):
        return column.cast(pa.list_(kind.value_type.value_type))
    return column.cast(pa.int16()) if pa.types.is_uint8(kind) else column


def decided(
    frame: DataFrame,
    tables: Tables,
    *,
    layout: Layout | None = None,
    keep: Sequence[str] = (),
    full: bool = False,
    who: bool = False,
) -> DataFrame:
    """Return the results of all clients in `frame`, one row for each, in the order of its rows.

    With a `layout` the answers are packed under it, perhaps that of an older questionnaire; without, there is a column
    for each question (arrays for several choices) or option. The columns are those of `keep`; with `who` the id of each
    `record`; those of `nmtchoose bulk`, with `full` all; and `fault`, null or why a row is no client, which has no
    results then. Raises UsageError for columns that are missing, twice there, of a wrong type, or that mean nothing.
    """
    fields = frame.schema.fields
    names = [field.name for field in fields]
    kept = _places(names, keep)
    if layout is None:
        meaning = table_columns(names, tables.questionnaire, frozenset(keep))
        meaning = meaning if who else replace(meaning, records=())
        pack: Pack = partial(NaturalPacker(tables.questionnaire).packed, meaning=meaning, file="")
        job = FrameJob(tables, meaning.places, pack, kept, full, who)
        allowed, wanted = _may_be_answers, keep
    else:
        places = _places(names, [*layout.dtypes, *([RECORD] if who else [])])
        pack = partial(from_packed, Carrier(tables.questionnaire, layout), places)
        job = FrameJob(tables, tuple(places.values()), pack, kept, full, who)
        allowed, wanted = _may_be_packed, [*keep, *layout.dtypes]
    missing = [name[:60] for name in wanted if name not in names]
    faults = [fault(Code.COLUMN_MISSING, name=name, suggestion=suggestion(name, names)) for name in missing]
    faults += [fault(Code.COLUMN_TWICE, name=name) for name in set(wanted) if names.count(name) > 1]
    read = [fields[at] for at in job.read if names[at] != RECORD]
    wrong = [one for one in read if not allowed(one.dataType)]
    faults += [fault(Code.COLUMN_TYPE, name=one.name, type=one.dataType.typeName()) for one in wrong]
    if faults:
        raise UsageError(faults)
    return _mapped(frame, job)


def decided_lines(lines: DataFrame, tables: Tables, *, keep: Sequence[str] = (), full: bool = False) -> DataFrame:
    """Return the same for a frame whose column `value` holds lines of JSON as bytes, with the id of each `record`."""
    names = [field.name for field in lines.schema.fields]
    place = names.index("value")
    pack = partial(from_lines, RecordPacker(tables.questionnaire), place)
    return _mapped(lines, FrameJob(tables, (place,), pack, _places(names, keep), full, who=True))


def _mapped(frame: DataFrame, job: FrameJob) -> DataFrame:
    fields = frame.schema.fields
    wanted = _schema([fields[place] for place in job.kept.values()], job)
    # By their places: a name may hold dots, or differ from another in capitals only, and Spark misunderstands both.
    places = sorted({*job.kept.values(), *job.read}) or [0]
    numbered = frame.toDF(*map(str, range(len(fields)))).select(*map(str, places))
    return numbered.mapInArrow(partial(decided_batches, order_of(job)), wanted)


def _places(names: Sequence[str], wanted: Sequence[str]) -> dict[str, int]:
    return {name: names.index(name) for name in wanted if name in names}


def _may_be_packed(kind: DataType) -> bool:
    from pyspark.sql.types import DecimalType, IntegralType

    return isinstance(kind, IntegralType) or (isinstance(kind, DecimalType) and kind.scale == 0)


def _may_be_answers(kind: DataType) -> bool:
    from pyspark.sql.types import ArrayType, BinaryType, BooleanType, NullType, NumericType, StringType

    cell = kind.elementType if isinstance(kind, ArrayType) else kind
    return isinstance(cell, StringType | NumericType | BooleanType | BinaryType | NullType)


def _schema(kept: Sequence[StructField], job: FrameJob) -> StructType:
    """Return the columns that come out; raises UsageError where one that is kept is named as a result."""
    from pyspark.sql.types import ArrayType, ShortType, StringType, StructField, StructType

    kinds = {pa.string(): StringType(), pa.int16(): ShortType(), pa.list_(pa.string()): ArrayType(StringType())}
    decider = Decider(job.tables)
    nobody = {name: np.zeros(0, kind) for name, kind in decider.layout.dtypes.items()}
    results = results_of(decider, nobody, 0, full=job.full)
    fields = [*kept, *([StructField(WHO, StringType())] if job.who else [])]
    fields += [StructField(name, kinds[column.type]) for name, column in results.items()]
    fields.append(StructField(FAULT, StringType()))
    counted = Counter(field.name for field in fields)
    if counted.total() > len(counted):
        raise UsageError([fault(Code.COLUMN_TWICE, name=name) for name, count in counted.items() if count > 1])
    return StructType(fields)
