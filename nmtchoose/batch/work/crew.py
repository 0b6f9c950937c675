"""Several processes that do portions side by side; in this process where there is little to do."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Protocol, TypeVar

from nmtchoose.batch.reading.portions import Portion
from nmtchoose.errors import Code, Fault, FileError, NmtchooseError, fault

FEW = 3
"""Portions that are done before other processes would be ready."""

_TRIES = 2
_SELDOM = 200_000


Done_co = TypeVar("Done_co", covariant=True)


class Worker(Protocol[Done_co]):
    """Does portions, one after the other, and says what came of each."""

    def do(self, portion: Portion) -> Done_co:
        """Return what came of `portion`; raises NmtchooseError."""


class Job(Protocol[Done_co]):
    """What is wanted of every portion; it is sent to the processes."""

    def worker(self) -> Worker[Done_co]:
        """Return somebody who does it."""


class WorkerError(Exception):
    """Something in a worker that should not be; `told` says where, and nothing of what was worked on."""

    def __init__(self, told: tuple[str, ...]) -> None:
        super().__init__(*told)
        self.told = told


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a portion was not done: faults for a person to mend, or where the program is wrong."""

    faults: tuple[Fault, ...] = ()
    bug: tuple[str, ...] = ()


@dataclass(slots=True)
class _Process:
    """A worker in a process of its own, and what it is at."""

    process: multiprocessing.process.BaseProcess
    connection: Connection
    portion: Portion | None = None
    tries: int = 0

    def begin(self, portion: Portion, tries: int = 1) -> None:
        """Hand over a portion. A process that has ended is noticed when the answer is waited for."""
        self.portion, self.tries = portion, tries
        with suppress(OSError):
            self.connection.send(portion)

    def end(self) -> None:
        """Stop it, whatever it is at."""
        self.connection.close()
        self.process.terminate()
        self.process.join()


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def do_all(job: Job[Done_co], portions: Iterator[Portion], processes: int) -> Iterator[Done_co]:
    """Do all portions in up to `processes` processes, and yield each as soon as it is done, in any order.

    Raises FileError when something cannot be read or written, or when a process ended twice over the same portion.
    """
    ahead = list(islice(portions, FEW + 1))
    everything: Iterable[Portion] = chain(ahead, portions)
    if processes == 1 or len(ahead) <= FEW:
        worker = job.worker()
        yield from (worker.do(portion) for portion in everything)
        return
    with _crew(job, processes) as crew:
        yield from _side_by_side(job, crew, iter(everything))


@contextmanager
def _crew(job: Job[object], processes: int) -> Iterator[list[_Process]]:
    crew = [_started(job) for _ in range(processes)]
    try:
        yield crew
    finally:
        for one in crew:
            one.end()


def _started(job: Job[object]) -> _Process:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, job), daemon=True)
    process.start()
    theirs.close()
    return _Process(process, ours)


def _side_by_side(job: Job[Done_co], crew: list[_Process], portions: Iterator[Portion]) -> Iterator[Done_co]:
    """Keep everybody busy. No portion is made before somebody is there to do it."""
    while True:
        for one in crew:
            if one.portion is None and (portion := next(portions, None)) is not None:
                one.begin(portion)
        busy = [one for one in crew if one.portion is not None]
        if not busy:
            return
        ready = set(wait([one.connection for one in busy]))
        for one in busy:
            if one.connection in ready:
                done: Done_co | None = _answer(one)
                if done is None:
                    crew[crew.index(one)] = _replaced(one, job)
                else:
                    one.portion = None
                    yield done


def _answer(one: _Process) -> Any:
    """Return what a process has done, or None when it has ended; raises what went wrong in it."""
    try:
        answer = one.connection.recv()
    except (EOFError, OSError):
        return None
    return result_of(answer)


def result_of(answer: Any) -> Any:
    """Return what was done; raises FileError or WorkerError where `answer` says that it was not."""
    if not isinstance(answer, Failed):
        return answer
    if answer.bug:
        raise WorkerError(answer.bug)
    raise FileError(answer.faults)


def _replaced(one: _Process, job: Job[object]) -> _Process:
    """Put another process in the place of one that has ended, and let it try the portion once more."""
    one.end()
    assert one.portion is not None
    if one.tries == _TRIES:
        raise FileError([fault(Code.WORKER_ENDED, _place(one.portion), detail=_how(one.process.exitcode))])
    another = _started(job)
    another.begin(one.portion, one.tries + 1)
    return another


def _place(portion: Portion) -> str:
    piece = portion.pieces[0] if portion.pieces else None
    return f"{piece.source.name}:{piece.first}" if piece else ""


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        return f"stopped by {signal.Signals(-code).name}"
    return f"exit code {code}"


def _work(connection: Connection, job: Job[object]) -> None:
    """Do portions until nobody sends any more. Ctrl-C is for the process that started this one to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(_SELDOM)
    try:
        worker = job.worker()
        while True:
            connection.send(answer_to(worker, connection.recv()))
    except (EOFError, OSError):
        return


def answer_to(worker: Worker[object], portion: Portion) -> object:
    """Return what `worker` did with `portion`, or why not, in words that hold nothing of what was worked on."""
    try:
        return worker.do(portion)
    except NmtchooseError as error:
        return Failed(faults=error.faults)
    except Exception as error:  # the last resort: messages and source lines may hold answers, so they stay out
        where = [
            f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in traceback.extract_tb(error.__traceback__)
        ]
        return Failed(bug=(type(error).__name__, *where))
