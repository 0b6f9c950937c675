"""Many clients: rows a second by format and cores, and memory, each a whole `nmtchoose bulk` from start to end.

    python benchmarks/bulk.py [ROWS] [MANY_ROWS] [RUNS]

ROWS (a million) are screened from each form with one process and with all; MANY_ROWS (ten million) from packed Parquet
and from JSON Lines, for the memory. Besides, reading, checking and deciding alone are timed in this process. What a
core does is rows by processor time of all processes, start-up included: a busy machine disturbs that less than the time
on the wall. Memory is the most that all processes hold together at once, what they share counted once (Linux only).
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pyarrow as pa

from benchmarks.archive import interviews, write_csv, write_examples, write_lines, write_natural, write_packed
from benchmarks.clients import shipped_pair
from benchmarks.measuring import machine, write
from nmtchoose.bulk.deciding import Decider, result_columns
from nmtchoose.bulk.pieces import portions
from nmtchoose.bulk.reader import Reader
from nmtchoose.bulk.sources import find_sources
from nmtchoose.model.tables import Tables

_PACKAGES = ("nmtchoose", "numpy", "pyarrow")
_RUNS = 3
_CSV_SHARE = 5
"""A CSV export has a column for every option: a fifth of the rows are a gigabyte already."""

_LOOK = 0.05


class Measured(NamedTuple):
    """One command: seconds on the wall and on processors, and the most MiB of memory."""

    wall: float
    cpu: float
    memory: float


def measured(command: Sequence[str]) -> Measured:
    """Run `command` and return what it took; raises CalledProcessError when it fails."""
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    most = [0.0]
    watching = threading.Thread(target=_watch, args=(child, most))
    watching.start()
    _, said = child.communicate()
    watching.join()
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command, stderr=said)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(time.perf_counter() - began, cpu, most[0])


def _watch(child: subprocess.Popen[bytes], most: list[float]) -> None:
    while child.poll() is None:
        most[0] = max(most[0], sum(_memory(one) for one in _with_children(child.pid)))
        time.sleep(_LOOK)


def _with_children(pid: int) -> Iterator[int]:
    yield pid
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in below:
        yield from _with_children(int(child))


def _memory(pid: int) -> float:
    """Return the MiB of a process, its part of what it shares with others."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def screened(archive: Path, rows: int, jobs: int, runs: int) -> dict[str, object]:
    """Decide the `rows` of `archive` with `jobs` processes, `runs` times, and return what it took."""
    took = []
    for _ in range(runs):
        result = archive.with_name("result.parquet")
        result.unlink(missing_ok=True)
        command = [sys.executable, "-m", "nmtchoose", "bulk", str(archive), "-o", str(result), "--jobs", str(jobs)]
        took.append(measured(command))
    middle = sorted(took)[len(took) // 2]
    return {
        "rows": rows,
        "processes": jobs,
        "runs": runs,
        "seconds": [round(one.wall, 2) for one in took],
        "rows a second": round(rows / middle.wall),
        "rows a second and core": round(rows / sorted(one.cpu for one in took)[len(took) // 2]),
        "MiB at most": round(max(one.memory for one in took)),
    }


def _decided(archive: Path, rows: int) -> dict[str, object]:
    """Time reading, checking and deciding without the start of Python and without writing; the least of some runs."""
    questionnaire, table = shipped_pair()
    decider, reader = Decider(Tables(questionnaire, table)), Reader(questionnaire)
    pa.set_memory_pool(pa.system_memory_pool())
    took = []
    for _ in range(_RUNS + 1):
        began = time.process_time()
        for portion in portions(find_sources([str(archive)])):
            for block in reader.blocks(portion):
                result_columns(decider, block.columns, block.rows, full=False)
        took.append(time.process_time() - began)
    return {"rows": rows, "microseconds a row": [round(one / rows * 1e6, 2) for one in took[1:]]} | {
        "rows a second and core": round(rows / sorted(took[1:])[_RUNS // 2])
    }


def main() -> None:
    """Measure every form."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    many = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000_000
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else _RUNS
    questionnaire, _ = shipped_pair()
    clients = interviews(questionnaire)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    results: dict[str, object] = {"machine": machine(_PACKAGES)}
    with tempfile.TemporaryDirectory() as folder:
        forms = {
            "packed Parquet": (Path(folder) / "packed.parquet", write_packed, rows),
            "JSON Lines": (Path(folder) / "lines.jsonl", write_lines, rows),
            "JSON Lines of the examples": (Path(folder) / "examples.jsonl", write_examples, rows),
            "natural Parquet": (Path(folder) / "natural.parquet", write_natural, rows),
            "CSV": (Path(folder) / "rows.csv", write_csv, rows // _CSV_SHARE),
        }
        for form, (path, write_archive, count) in forms.items():
            write_archive(path, count, clients, questionnaire)
            for jobs in sorted({1, cores}):
                results[f"{form}, {count:,} rows, {jobs} at once"] = told = screened(path, count, jobs, runs)
                print(form, json.dumps(told))
            results[f"{form}, {count:,} rows, read and decided, nothing written"] = told = _decided(path, count)
            print(form, "read and decided", json.dumps(told))
            path.unlink()
        for form, (path, write_archive, _) in list(forms.items())[:2]:
            write_archive(path, many, clients, questionnaire)
            results[f"{form}, {many:,} rows, {cores} at once"] = told = screened(path, many, cores, runs=1)
            print(form, json.dumps(told))
            path.unlink()
    print(write("bulk", results))


if __name__ == "__main__":
    main()
