"""Clients who are in a Spark DataFrame already: the kernel runs where the frame lies, through `mapInArrow`."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from nmtchoose import __version__
from nmtchoose.batch.column_names import table_columns
from nmtchoose.batch.kernel import compile_kernel
from nmtchoose.batch.layout import Layout
from nmtchoose.batch.spark.frame_rows import FAULT, Form, FrameJob, NaturalForm, PackedForm, results_of, screened_batches
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
    form, kept = _looked_at(frame.schema, questionnaire, layout, keep)
    chosen = sorted({*kept.values(), *_places(form)}) or [0]
    moved = {place: number for number, place in enumerate(chosen)}
    job = FrameJob(questionnaire, table, _moved(form, moved), {name: moved[at] for name, at in kept.items()}, full)
    wanted = _wanted([frame.schema.fields[place] for place in kept.values()], job)
    sent = frame.sparkSession.sparkContext.broadcast(Order(__version__, "", pickle.dumps(job)))
    # Names may hold dots or differ in capitals only; numbers are all that Spark cannot misunderstand.
    numbered = frame.toDF(*(f"_{place}" for place in range(len(frame.schema))))
    return numbered.select(*(f"_{place}" for place in chosen)).mapInArrow(partial(screened_batches, sent), wanted)
