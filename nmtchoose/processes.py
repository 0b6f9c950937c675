"""Several processes that do portions of anything side by side; in this process where there is little to do."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain, islice
from typing import Any, NamedTuple, TypeVar

from nmtchoose import __version__
from nmtchoose.errors import Code, FileError, NmtchooseError, bug_of, fault

FEW = 3
"""Portions that are done before other processes would be ready."""

_AHEAD = 1  # portions that wait for somebody to be free: nobody stands idle, and not much is held
_AT_ONCE = 4  # jobs that a process is ready for: on a cluster, the tasks of several may mix
_SELDOM = 200_000

_SAFE_PATH = "PYTHONSAFEPATH"

Done = TypeVar("Done")
Job = Callable[[], Callable[[Any], Done]]
"""Is sent to the processes; returns what does there one portion after the other, and raises NmtchooseError."""


def in_order(job: Job[Done], portions: Iterator[Any], processes: int) -> Iterator[Done]:
    """Do all portions in up to `processes` processes (0: one for each core), and yield in order what came of each.

    Raises FileError when something cannot be read or written or a process ended, BugError where the program is wrong.
    """
    ahead = list(islice(portions, FEW + 1))
    everything = chain(ahead, portions)
    if processes == 1 or len(ahead) <= FEW:
        yield from map(job(), everything)
        return
    spawn = multiprocessing.get_context("spawn")
    ours = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    count = processes or ours or 1
    with _importing_nothing_from_here(), ProcessPoolExecutor(count, spawn, _begin) as pool:
        try:
            yield from _side_by_side(pool, order_of(job), everything, count + _AHEAD)
        except BrokenProcessPool:
            raise FileError([fault(Code.WORKER_ENDED)]) from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _side_by_side(pool: ProcessPoolExecutor, order: Order, portions: Iterator[Any], most: int) -> Iterator[Any]:
    waiting: deque[Future[Any]] = deque()
    for portion in portions:
        with _ctrl_c_later():
            waiting.append(pool.submit(carried_out, order, portion))
        if len(waiting) == most:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


@contextmanager
def _importing_nothing_from_here() -> Iterator[None]:
    """Keep what lies in the working folder from being imported by processes that are started meanwhile."""
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before


@contextmanager
def _ctrl_c_later() -> Iterator[None]:
    """Answer Ctrl-C afterwards: a process that is being started would end halfway and say so at length."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt


def _begin() -> None:
    """Make this process ready. Ctrl-C is for the process that started it to answer, and it ends with that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(_SELDOM)
    parent = multiprocessing.parent_process()
    assert parent is not None

    def end_with_parent() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=end_with_parent, daemon=True).start()


class Order(NamedTuple):
    """A pickled job on its way to another process, and the version of who gives it."""

    job: bytes
    version: str


def order_of(job: Job[object]) -> Order:
    """Return `job` ready to be sent."""
    return Order(pickle.dumps(job), __version__)


def carried_out(order: Order, given: Any) -> Any:
    """Return what comes of a portion; raises NmtchooseError, or BugError without what was said: it may be an answer."""
    try:
        return _worker(order)(given)
    except NmtchooseError:
        raise
    except Exception as error:  # the last resort
        bug = bug_of(error)
    raise bug


@lru_cache(maxsize=_AT_ONCE)
def _worker(order: Order) -> Callable[[Any], Any]:
    """Return who does the job in this process: the rules are made ready once."""
    if order.version != __version__:
        raise FileError([fault(Code.SPARK_VERSIONS, here=order.version, there=__version__)])
    worker: Callable[[Any], Any] = pickle.loads(order.job)()  # noqa: S301 - what this program itself sent
    return worker
