"""A Spark session for one run, with what goes wrong in words."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from nmtchoose.errors import Code, FileError, UsageError, fault

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_WANTED = ("pyspark", "pandas")
"""Spark does not start its Arrow functions without pandas, even where nothing uses it."""

_SETTINGS = {
    "spark.app.name": "nmtchoose bulk",
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
_LOOPBACK = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
"""Where everything runs on this machine, nobody else can connect."""


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
