"""A Spark session for one run: quiet on the terminal, and with errors in words."""

from __future__ import annotations

import os
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from nmtchoose.errors import Code, FileError, UsageError, fault

if TYPE_CHECKING:
    from pyspark import SparkContext

_MASTERS = re.compile(r"local(\[[\d*, ]+\])?|spark://[^/]+:\d+|yarn|k8s://.+")
_OF_THIS_MACHINE = ("local", "spark://127.0.0.1:", "spark://localhost:")
_STANDALONE_PORT = 7077
_PATIENCE = 5
"""Seconds to wait for a master to answer, and for Spark to end."""

_WANTED = ("pyspark", "pandas")
"""Spark does not start its Arrow functions without pandas, even where nothing uses it."""

_SETTINGS = {
    "spark.app.name": "nmtchoose screen",
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
_LOOPBACK = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
"""Where everything runs on this machine, nobody else can connect."""


@contextmanager
def spark_session(master: str) -> Iterator[SparkContext]:
    """Give a Spark context at `master`, for the time of one run.

    What Spark has to say goes into a file, which stays when the run failed. Settings other than ours come from where
    Spark looks for them (`spark-defaults.conf`). Raises UsageError when Spark, Java or the master is not there, and
    FileError, which names the file, when Spark gives up.
    """
    check_master(master)
    descriptor, name = tempfile.mkstemp(prefix="nmtchoose-spark-", suffix=".log")
    os.close(descriptor)
    log = Path(name)
    with log.open("wb") as said:
        try:
            with _gateway(master, said) as (conf, gateway), _context(conf, gateway) as context:
                yield context
        except _spark_errors():
            raise FileError([fault(Code.SPARK_FAILED, master, log=log)]) from None
        except BaseException:
            log.unlink()
            raise
    log.unlink()


def check_master(master: str) -> None:
    """Look whether Spark could start at `master`; raises UsageError where that can be told without starting it."""
    if not all(map(find_spec, _WANTED)):
        raise UsageError([fault(Code.SPARK_MISSING)])
    if not _MASTERS.fullmatch(master):
        raise UsageError([fault(Code.MASTER_UNKNOWN, master)])
    java = Path(os.environ["JAVA_HOME"], "bin", "java") if os.environ.get("JAVA_HOME") else "java"
    if shutil.which(java) is None:
        raise UsageError([fault(Code.JAVA_MISSING)])
    if master.startswith("spark://") and not any(map(_answers, master.removeprefix("spark://").split(","))):
        raise UsageError([fault(Code.MASTER_SILENT, master)])


def _answers(place: str) -> bool:
    """Return whether somebody listens at `place`, a host with its port."""
    try:
        found = urlsplit(f"//{place}")
        with socket.create_connection((found.hostname or "", found.port or _STANDALONE_PORT), _PATIENCE):
            return True
    except (OSError, ValueError):
        return False


def _spark_errors() -> tuple[type[Exception], ...]:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return (Py4JError, PySparkException, ConnectionError)


@contextmanager
def _gateway(master: str, said: Any) -> Iterator[tuple[Any, Any]]:
    """Start Java with everything that it says going into the file `said`."""
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    conf = SparkConf().setMaster(master).setAll([*_SETTINGS.items()])
    if master.startswith(_OF_THIS_MACHINE):
        conf.setAll([*_LOOPBACK.items()])
    start: Any = launch_gateway
    gateway = start(conf, {"stdout": said, "stderr": said})
    try:
        yield conf, gateway
    finally:
        with suppress(Exception):
            gateway.shutdown()
        gateway.proc.stdin.close()
        with suppress(Exception):
            gateway.proc.wait(_PATIENCE)
        gateway.proc.kill()
        gateway.proc.wait()
        # Spark keeps what it was started with and would use it again, although it has ended.
        SparkContext._gateway = SparkContext._jvm = None


@contextmanager
def _context(conf: Any, gateway: Any) -> Iterator[SparkContext]:
    from pyspark import SparkContext

    context = SparkContext(conf=conf, gateway=gateway)
    try:
        yield context
    finally:
        context.stop()
