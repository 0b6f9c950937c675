"""A real Spark cluster on this machine: a master and two workers of one core each, every one a Java of its own."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nmtchoose.batch.reading.portions import Portion
from nmtchoose.batch.work.crew import Job, Worker

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = "127.0.0.1"
MASTER = "org.apache.spark.deploy.master.Master"
WORKER = "org.apache.spark.deploy.worker.Worker"
EXECUTOR = "CoarseGrainedExecutorBackend"
PATIENCE = 60.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """`master` is what `--master` takes; `workers` are process ids."""

    master: str
    workers: Sequence[int]

    def executors(self) -> list[int]:
        """Return the process ids of the executors, which the workers started for the running job."""
        return [pid for pid in children_of(self.workers) if EXECUTOR in command_of(pid)]

    def lose_an_executor(self) -> None:
        """Kill one executor, as a machine that loses its power would."""
        os.kill(self.executors()[0], signal.SIGKILL)


@dataclass(frozen=True, slots=True)
class Held:
    """A job that nobody finishes until they are let: so there is a middle in which a worker can be killed."""

    job: Job[object]
    folder: Path

    def worker(self) -> HeldWorker:
        """Return somebody who does it."""
        return HeldWorker(self.job.worker(), self.folder)

    def begun(self) -> list[str]:
        """Return the number of every portion that was begun, as often as it was."""
        return [path.name.split("-")[0] for path in self.folder.glob("*-begun-*")]

    def let_go(self) -> None:
        """Let everybody finish."""
        (self.folder / "go").touch()


@dataclass(frozen=True, slots=True)
class HeldWorker:
    """Says that a portion is begun, and does it when it is let."""

    real: Worker[object]
    folder: Path

    def do(self, portion: Portion) -> object:
        """Return what came of `portion`."""
        (self.folder / f"{portion.number}-begun-{os.getpid()}").touch()
        wait_until((self.folder / "go").exists)
        return self.real.do(portion)


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """Start a cluster for some time; `folder` takes its logs."""
    port = free_port()
    master = f"spark://{LOOPBACK}:{port}"
    started = [java(folder / "master", MASTER, "--host", LOOPBACK, "--port", str(port), "--webui-port", "0")]
    try:
        wait_until(lambda: listening(port))
        for number in range(workers):
            where = folder / f"worker-{number}"
            limits = ("--cores", "1", "--memory", "1g", "--webui-port", "0", "--host", LOOPBACK)
            started.append(java(where, WORKER, *limits, "--work-dir", str(where / "work"), master))
        yield Cluster(master, [one.pid for one in started[1:]])
    finally:
        for one in reversed(started):
            one.terminate()
        for one in started:
            with contextlib.suppress(subprocess.TimeoutExpired):
                one.wait(10)
            one.kill()
            one.wait()


def java(folder: Path, main: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start one of Spark's own programs, as its scripts do."""
    import pyspark

    home = Path(pyspark.__file__).parent
    folder.mkdir(parents=True)
    settings = {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": LOOPBACK, "SPARK_DAEMON_MEMORY": "512m"}
    settings["PYTHONPATH"] = str(ROOT)  # so that workers find this package
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [home / "bin" / "spark-class", main, *arguments],
            env=os.environ | settings,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        port: int = listener.getsockname()[1]
        return port


def listening(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex((LOOPBACK, port)) == 0


def wait_until(so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not so():
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(0.05)


def children_of(parents: Sequence[int]) -> list[int]:
    lists = [path.read_text() for one in parents for path in Path(f"/proc/{one}/task").glob("*/children")]
    return [int(pid) for pids in lists for pid in pids.split()]


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""
