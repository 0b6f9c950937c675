"""Clients who are in a Spark DataFrame already: the kernel runs where the frame lies, through `mapInArrow`."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from nmtchoose import __version__
from nmtchoose.batch.kernel import compile_kernel
from nmtchoose.batch.layout import Layout
from nmtchoose.batch.reading.column_names import table_columns
from nmtchoose.batch.spark.frame_rows import (
    FAULT,
    Form,
    FrameJob,
    NaturalForm,
    PackedForm,
    results_of,
    screened_batches,
)
from nmtchoose.batch.spark.work import Order
from nmtchoose.errors import Code, Fault, UsageError, fault, suggestion
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType, StructField, StructType


def screened(
    frame: DataFrame,
    questionnaire: Questionnaire,
    table: RuleTable,
    *,
    layout: Layout | None = None,
    keep: Sequence[str] = (),
    full: bool = False,
) -> DataFrame:
    """Return the results of all clients in `frame`, one row for each, in the order of its rows.

    With a `layout` the answers are packed under it (`layout_of(questionnaire)`, or that of an older questionnaire).
    Without, there is a column for each question, arrays for choices of several, or for each option, as everywhere.

    The columns are those of `keep`, unchanged; then those of `screen`, with `full` all of them; and `fault`, null or
    the code and the sentence why a row is no client, whose other results are null then. A row never ends the job.

    Raises UsageError for columns that are missing, twice there or of a wrong type, and, where answers are not packed,
    for one that means nothing and is not in `keep`.
    """
    fields = frame.schema.fields
    form, kept = _looked_at(fields, questionnaire, layout, keep)
    job = FrameJob(questionnaire, table, form, kept, full)
    wanted = _schema([fields[place] for place in kept.values()], job)
    sent = frame.sparkSession.sparkContext.broadcast(Order(__version__, "", pickle.dumps(job)))
    # By their places: a name may hold dots, or differ from another in capitals only, and Spark misunderstands both.
    places = sorted({*kept.values(), *form.read()}) or [0]
    numbered = frame.toDF(*map(str, range(len(fields)))).select(*map(str, places))
    return numbered.mapInArrow(partial(screened_batches, sent), wanted)


def _looked_at(
    fields: Sequence[StructField], questionnaire: Questionnaire, layout: Layout | None, keep: Sequence[str]
) -> tuple[Form, dict[str, int]]:
    """Return where the answers and the columns to keep stand; raises UsageError."""
    names = [field.name for field in fields]
    places = {name: place for place, name in enumerate(names)}
    if layout is None:
        wanted = list(keep)
        form: Form = NaturalForm(replace(table_columns(names, questionnaire, frozenset(keep)), records=()))
    else:
        wanted = [*keep, *layout.names()]
        form = PackedForm(layout, {name: places[name] for name in layout.names() if name in places})
    faults = [_missing(name, names) for name in wanted if name not in places]
    faults += [fault(Code.COLUMN_TWICE, name=name) for name in places if name in wanted and names.count(name) > 1]
    allowed = _may_be_packed if layout else _may_be_answers
    faults += [_wrong_type(fields[at]) for at in form.read() if not allowed(fields[at].dataType)]
    if faults:
        raise UsageError(faults)
    return form, {name: places[name] for name in keep}


def _missing(name: str, names: Sequence[str]) -> Fault:
    return fault(Code.COLUMN_MISSING, name=name[:60], suggestion=suggestion(name[:60], names))


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
    kernel = compile_kernel(job.questionnaire, job.rules)
    nobody = {name: np.zeros(0, f"u{one.bits // 8}") for one in kernel.layout.columns for name in one.names}
    results = results_of(kernel, nobody, 0, full=job.full)
    fields = [*kept, *(StructField(name, kinds[column.type]) for name, column in results.items())]
    fields.append(StructField(FAULT, StringType()))
    counted = Counter(field.name for field in fields)
    if counted.total() > len(counted):
        raise UsageError([fault(Code.COLUMN_TWICE, name=name) for name, count in counted.items() if count > 1])
    return StructType(fields)
