"""Portions done by the workers of a Spark cluster: the same work as `nmtchoose.batch.work.crew` does on one machine.

Each worker reads its portion where it lies and writes its part; Spark says who does what, and lets somebody else do it
when a worker is lost. A part is there whole or not at all, and its bytes follow from the portion alone, so it does no
harm when it is written twice. What was counted comes from the one answer to a portion that Spark takes.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nmtchoose import __version__
from nmtchoose.batch.reading.portions import Portion
from nmtchoose.batch.spark.session import spark_session
from nmtchoose.batch.spark.work import ANSWER, PORTION, Order, answers_to, unpickled
from nmtchoose.batch.work.crew import Done_co, Job, result_of

if TYPE_CHECKING:
    from pyspark import SparkContext

_EACH = 8
"""Portions for each core of the cluster that are handed to Spark together."""

_AHEAD = 2
"""How many such handfuls are under way: nobody waits for the slowest portion of the first."""


def do_all_on_spark(job: Job[Done_co], portions: Iterator[Portion], master: str) -> Iterator[Done_co]:
    """Do all portions on the cluster at `master`, and yield what came of each, in their order.

    Every worker has to find the files under the same paths as this machine. Raises UsageError when there is no Spark,
    no Java or no such master, and FileError when something cannot be read or written, or when Spark gives up.
    """
    with spark_session(master) as context, ThreadPoolExecutor(_AHEAD) as pool:
        hand_out = _handing_out(context, Order(__version__, str(Path.cwd()), pickle.dumps(job)))
        handfuls = iter(lambda: list(islice(portions, _EACH * context.defaultParallelism)), [])
        under_way: deque[Future[list[bytes]]] = deque()
        try:
            for some in handfuls:
                under_way.append(pool.submit(hand_out, some))
                if len(under_way) == _AHEAD:
                    yield from map(_read, under_way.popleft().result())
            while under_way:
                yield from map(_read, under_way.popleft().result())
        finally:
            context.cancelAllJobs()


def _handing_out(context: SparkContext, order: Order) -> Callable[[Sequence[Portion]], list[bytes]]:
    """Return the function that has some portions done, each of them as a task, and returns the answers."""
    from pyspark.sql import SparkSession

    session, sent = SparkSession(context), context.broadcast(order)

    def on_a_worker(batches: Iterable[Any]) -> Iterator[Any]:
        return answers_to(sent, batches)

    def hand_out(portions: Sequence[Portion]) -> list[bytes]:
        rows = context.parallelize([(bytearray(pickle.dumps(one)),) for one in portions], len(portions))
        given = session.createDataFrame(rows, f"{PORTION} binary")
        return [bytes(row[0]) for row in given.mapInArrow(on_a_worker, f"{ANSWER} binary").collect()]

    return hand_out


def _read(answer: bytes) -> Any:
    return result_of(unpickled(answer))
