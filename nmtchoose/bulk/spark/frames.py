"""Clients who are in a Spark DataFrame: they are decided where the frame lies, through `mapInArrow`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from nmtchoose.bulk.deciding import Decider
from nmtchoose.bulk.layout import RECORD, Layout
from nmtchoose.bulk.pool import order_of
from nmtchoose.bulk.reading.column_names import table_columns
from nmtchoose.bulk.reading.natural import NaturalPacker
from nmtchoose.bulk.reading.packed_tables import Carrier
from nmtchoose.bulk.reading.records import RecordPacker
from nmtchoose.bulk.spark.workers import (
    FAULT,
    WHO,
    FrameJob,
    Pack,
    decided_batches,
    from_cells,
    from_lines,
    from_packed,
    results_of,
)
from nmtchoose.errors import Code, Fault, UsageError, fault, suggestion
from nmtchoose.model.tables import Tables

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType, StructField, StructType


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

    With a `layout` the answers are packed under it (`layout_of(questionnaire)`, or that of an older questionnaire).
    Without, there is a column for each question, arrays for choices of several, or for each option, as everywhere.

    The columns are those of `keep`, unchanged; with `who` the id of each `record`; then those of `nmtchoose bulk`, with
    `full` all of them; and `fault`, null or the code and the sentence why a row is no client, whose other results are
    null then. A row never ends the job.

    Raises UsageError for columns that are missing, twice there or of a wrong type, and, where answers are not packed,
    for one that means nothing and is not in `keep`.
    """
    fields = frame.schema.fields
    names = [field.name for field in fields]
    kept = _places(names, keep)
    if layout is None:
        meaning = table_columns(names, tables.questionnaire, frozenset(keep))
        meaning = meaning if who else replace(meaning, records=())
        pack: Pack = partial(from_cells, NaturalPacker(tables.questionnaire), meaning)
        job = FrameJob(tables, meaning.places, pack, kept, full, who)
        allowed, wanted = _may_be_answers, keep
    else:
        places = _places(names, [*layout.names(), *([RECORD] if who else [])])
        pack = partial(from_packed, Carrier(tables.questionnaire, layout), places)
        job = FrameJob(tables, tuple(places.values()), pack, kept, full, who)
        allowed, wanted = _may_be_packed, [*keep, *layout.names()]
    missing = [name[:60] for name in wanted if name not in names]
    faults = [fault(Code.COLUMN_MISSING, name=name, suggestion=suggestion(name, names)) for name in missing]
    faults += [fault(Code.COLUMN_TWICE, name=name) for name in set(wanted) if names.count(name) > 1]
    faults += [_wrong_type(fields[at]) for at in job.read if names[at] != RECORD and not allowed(fields[at].dataType)]
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


def _wrong_type(field: StructField) -> Fault:
    return fault(Code.COLUMN_TYPE, name=field.name, type=field.dataType.typeName())


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
    nobody = {name: np.zeros(0, one.dtype) for one in decider.layout.columns for name in one.names}
    results = results_of(decider, nobody, 0, full=job.full)
    fields = [*kept, *([StructField(WHO, StringType())] if job.who else [])]
    fields += [StructField(name, kinds[column.type]) for name, column in results.items()]
    fields.append(StructField(FAULT, StringType()))
    counted = Counter(field.name for field in fields)
    if counted.total() > len(counted):
        raise UsageError([fault(Code.COLUMN_TWICE, name=name) for name, count in counted.items() if count > 1])
    return StructType(fields)
