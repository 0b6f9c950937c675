"""Many clients on Apache Spark, which reads and writes; rows are decided on its workers. A session lasts one run."""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from functools import partial, reduce
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nmtchoose.bulk.layout import Layout, layout_in
from nmtchoose.bulk.parquet_files import LAYOUT_KEY
from nmtchoose.bulk.run import Finished, Tally
from nmtchoose.bulk.sources import Form
from nmtchoose.bulk.spark.frames import FAULT, WHO, decided, decided_lines
from nmtchoose.bulk.writing import Output
from nmtchoose.errors import Code, FileError, UsageError, fault
from nmtchoose.formats.csv_columns import FORMULA_STARTS
from nmtchoose.model.assessment import RecommendationKind
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.tables import Tables

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

_FILE = "file"
_LEFT_OUT = "rows with a fault"
_COUNTED: Mapping[str, type[StrEnum]] = {"disposition": Disposition, "recommendation": RecommendationKind}

_WANTED = ("pyspark", "pandas")  # Spark does not start its Arrow functions without pandas, even where nothing uses it
_SETTINGS = {
    "spark.app.name": "nmtchoose bulk",
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
_LOOPBACK = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
"""Where everything runs on this machine, nobody else can connect."""


def run_on_spark(
    tables: Tables,
    master: str,
    inputs: Mapping[str, Form],
    output: Output,
    target: str,
    *,
    full: bool = False,
    ignored: Sequence[str] = (),
) -> Finished:
    """Decide every row of `inputs`, paths or addresses that Spark reads, and write the results to `target`, a folder.

    The columns are `file`, `record`, the results, and `fault`, which says why a row is no client. Raises UsageError for
    a column that means nothing or files packed differently, and FileError when Spark cannot read or write.
    """
    from pyspark.sql import Observation

    began = time.monotonic()
    with spark_session(master) as session:
        read = partial(_read, session, tables, full=full, ignored=ignored)
        frames = [read([name for name, kind in inputs.items() if kind is one], one) for one in set(inputs.values())]
        seen = Observation()
        _write(reduce(lambda one, other: one.union(other), frames).observe(seen, *_counts()), output, target)
        return Finished(_tally(seen.get), None, time.monotonic() - began)


def _read(
    session: SparkSession, tables: Tables, names: list[str], form: Form, *, full: bool, ignored: Sequence[str]
) -> DataFrame:
    from pyspark.sql.functions import col, trim

    match form:
        case Form.PARQUET:
            frame = session.read.parquet(*names)
            layout = _layout(session, frame.inputFiles())
        case Form.CSV:
            frame = session.read.csv(names, header=True, multiLine=True, escape='"', enforceSchema=False)
            layout = None
        case Form.LINES:
            lines = session.read.text(names).where(trim("value") != "")
            lines = lines.select(col("value").cast("binary"), col("_metadata.file_path").alias(_FILE))
            return decided_lines(lines, tables, keep=[_FILE], full=full)
        case Form.DOCUMENT:
            raise UsageError([fault(Code.USAGE_TOGETHER, one="JSON documents", other="Spark, which reads JSON Lines")])
    left_out = [name for name in (*ignored, _FILE) if name in frame.columns]
    frame = frame.select("*", "_metadata").drop(*left_out).select("*", col("_metadata.file_path").alias(_FILE))
    return decided(frame.drop("_metadata"), tables, layout=layout, keep=[_FILE], full=full, who=True)


def _layout(session: Any, files: Sequence[str]) -> Layout | None:
    """Return how Parquet files are packed, which Spark itself forgets; raises UsageError where they differ in that."""
    java = session._jvm
    parquet = java.org.apache.parquet.hadoop
    written: dict[str | None, str] = {}
    for file in files:
        path = java.org.apache.hadoop.fs.Path(java.java.net.URI(file))
        source = parquet.util.HadoopInputFile.fromPath(path, session._jsc.hadoopConfiguration())
        reader = parquet.ParquetFileReader.open(source)
        written[reader.getFooter().getFileMetaData().getKeyValueMetaData().get(LAYOUT_KEY.decode())] = file
        reader.close()
    if len(written) > 1:
        raise UsageError([fault(Code.PACKED_DIFFERENTLY, file) for file in written.values()])
    (text,) = written or (None,)
    return None if text is None else layout_in(text, files[0])


def _write(frame: DataFrame, output: Output, target: str) -> None:
    from pyspark.sql.functions import col, concat_ws, regexp_replace

    match output:
        case Output.CSV:
            lists = {name for name, kind in frame.dtypes if kind.startswith("array")}
            named = {name: concat_ws(" ", col(f"`{name}`")) for name in lists}
            named[WHO] = regexp_replace(WHO, f"^(?={'|'.join(map(re.escape, FORMULA_STARTS))})", "'")
            frame.withColumns(named).write.csv(target, header=True)
        case Output.LINES:
            frame.write.json(target, ignoreNullFields=False)
        case _:
            frame.write.parquet(target)


def _counts() -> Iterator[Column]:
    from pyspark.sql.functions import col, count, count_if, lit

    yield count(lit(1)).alias("rows")
    yield count(FAULT).alias(FAULT)
    yield count_if(col("status") == "incomplete").alias("incomplete")
    for name, known in _COUNTED.items():
        for one in known:
            yield count_if(col(name) == one.value).alias(f"{name} {one}")


def _tally(counts: Mapping[str, int]) -> Tally:
    faulty = counts[FAULT]
    dispositions, recommendations = (
        +Counter({one.value: counts[f"{name} {one}"] for one in known}) for name, known in _COUNTED.items()
    )
    left_out = +Counter({_LEFT_OUT: faulty})
    return Tally(counts["rows"] - faulty, counts["incomplete"], dispositions, recommendations, left_out)


@contextmanager
def spark_session(master: str) -> Iterator[SparkSession]:
    """Give Spark at `master`, for the time of one run. Other settings come from where Spark looks for them.

    Raises UsageError when Spark or Java is not there, and FileError when Spark gives up; its own words go to stderr.
    """
    if not all(map(find_spec, _WANTED)):
        raise UsageError([fault(Code.SPARK_MISSING)])
    java = Path(os.environ["JAVA_HOME"], "bin", "java") if os.environ.get("JAVA_HOME") else "java"
    if shutil.which(java) is None:
        raise UsageError([fault(Code.JAVA_MISSING)])
    from py4j.protocol import Py4JError
    from pyspark.errors import AnalysisException, PySparkException
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYTHONSAFEPATH", "1")  # a worker imports nothing that lies where it is started
    settings = _SETTINGS | (_LOOPBACK if master.startswith("local") else {})
    try:
        session = SparkSession.builder.master(master).config(map={**settings}).getOrCreate()
        try:
            yield session
        finally:
            session.stop()
    except AnalysisException as error:
        raise FileError([fault(Code.SPARK_REFUSES, master, detail=str(error).partition("\n")[0][:300])]) from None
    except (Py4JError, PySparkException, ConnectionError):
        raise FileError([fault(Code.SPARK_FAILED, master)]) from None
