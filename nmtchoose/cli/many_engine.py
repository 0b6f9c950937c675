"""Who does the work for many clients: processes of this machine, or a Spark cluster."""

from __future__ import annotations

from collections.abc import Sequence

from nmtchoose.batch.reading.sources import form_of
from nmtchoose.errors import Code, UsageError, fault, suggestion

SPARK = "spark"
ENGINES = ("local", SPARK)
ALL_CORES = "local[*]"
"""The master where none is named: Spark on this machine."""


def master_of(engine: str | None, master: str | None) -> str:
    """Return the Spark master that the flags `--engine` and `--master` mean, or nothing; raises UsageError."""
    name = (engine or ENGINES[0]).strip().lower()
    if name not in ENGINES:
        close, known = suggestion(name, ENGINES), ", ".join(ENGINES)
        raise UsageError([fault(Code.USAGE_UNKNOWN, what="engine", name=name[:40], suggestion=close, known=known)])
    if name == SPARK:
        from nmtchoose.batch.spark.session import check_master

        check_master(master or ALL_CORES)
        return master or ALL_CORES
    if master:
        raise UsageError([fault(Code.USAGE_TOGETHER, one="--master", other="the local engine")])
    return ""


def with_output(files: Sequence[str], output: str | None) -> tuple[list[str], str]:
    """Return the inputs and the output: without `output`, that is the last of `files`.

    A name that does not say what kind of file it is is a folder. Raises UsageError when there is only one name: parts
    are written where every worker of the cluster can reach them, and that is not standard output.
    """
    if output is None and len(files) > 1:
        *files, output = files
    if output in (None, "-"):
        raise UsageError([fault(Code.USAGE_NOTHING, hint="With --engine spark, name the output after the input.")])
    is_file = output.endswith("/") or form_of(output)[0] is not None
    return list(files), output if is_file else f"{output}/"
