"""What runs on a worker of the cluster: Arrow batches of portions in, Arrow batches of answers out.

Whatever goes wrong with a portion is an answer too. An error would be tried again and end up in Spark's logs, with
what it says and where; the answer says only what a person has to know.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from nmtchoose import __version__
from nmtchoose.batch.work.crew import Worker, answer_to
from nmtchoose.errors import Code, FileError, fault

if TYPE_CHECKING:
    from pyspark import Broadcast

PORTION, ANSWER = "portion", "answer"

_AT_ONCE = 4
"""Jobs that a process is ready for: a frame may be screened under several rule tables, and their tasks mix."""


@dataclass(frozen=True, slots=True)
class Order:
    """A job on its way to the workers: who gives it, the folder that relative paths start from, and the job itself.

    A job without files has no folder.
    """

    version: str
    folder: str
    job: bytes


class Refused:
    """A worker that cannot do the job, whatever it is."""

    def __init__(self, reason: FileError) -> None:
        self._reason = reason

    def do(self, portion: object) -> object:
        """Raise the reason."""
        del portion
        raise self._reason


def answers_to(order: Broadcast[Order], batches: Iterable[Any]) -> Iterator[Any]:
    """Do every portion in `batches`, and yield a batch for each with what came of it."""
    import pyarrow as pa

    for batch in batches:
        for portion in batch.column(PORTION):
            answer = answer_to(worker_for(order.value), unpickled(portion.as_py()))
            yield pa.RecordBatch.from_pydict({ANSWER: pa.array([pickle.dumps(answer)], pa.binary())})


def unpickled(content: bytes) -> Any:
    """Return what the driver or one of its workers pickled, as Spark itself does with their code."""
    return pickle.loads(content)  # noqa: S301 - nothing that a person gave comes here as a pickle


@lru_cache(maxsize=_AT_ONCE)
def worker_for(order: Order) -> Worker[object]:
    """Return who does the job in this process; Spark uses a process again, and the rules are made ready once."""
    if order.version != __version__:
        return Refused(FileError([fault(Code.SPARK_VERSIONS, here=order.version, there=__version__)]))
    if order.folder:
        with suppress(OSError):
            os.chdir(order.folder)
    worker: Worker[object] = unpickled(order.job).worker()
    return worker
