"""Spark against the processes of one machine on the same archive, and what it costs to lose an executor.

    python benchmarks/spark.py [ROWS]

ROWS (five million) are screened from packed Parquet with all columns of the result: by one process, by all cores, on a
Spark cluster of two workers with one core each (a master, two workers, two executors, each a Java of its own), and once
more while one executor is killed in the middle. All four results have to be the same bytes. Start-up counts.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pyarrow.parquet as pq

from benchmarks.archive import interviews, write_packed
from benchmarks.clients import shipped_pair
from benchmarks.measuring import machine, write
from nmtchoose.batch.parquet_files import ROWS_TOGETHER
from tests.batch.spark_cluster import Cluster, cluster, wait_until

_PACKAGES = ("nmtchoose", "numpy", "pyarrow", "pyspark")


def _screened(archive: Path, result: Path, how: Sequence[str], beside: Callable[[Path], None] | None = None) -> float:
    """Run the command and return the seconds it takes; `beside` is done meanwhile with the folder of the parts."""
    words = ["screen", "--full", str(archive), "-o", str(result), *how]
    began = time.perf_counter()
    if beside is not None:
        threading.Thread(target=beside, args=(Path(f"{result}.unfinished"),), daemon=True).start()
    subprocess.run([sys.executable, "-m", "nmtchoose", *words], check=True, stderr=subprocess.PIPE)
    return time.perf_counter() - began


def _lose_an_executor(running: Cluster, portions: int, folder: Path, lost: list[int]) -> None:
    """Kill an executor once a third of the portions is done."""
    wait_until(lambda: len(list(folder.glob("note-*"))) * 3 >= portions)
    lost.append(len(list(folder.glob("note-*"))))
    running.lose_an_executor()


def main() -> None:
    """Measure all four, and compare what they wrote."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000_000
    questionnaire, _ = shipped_pair()
    results: dict[str, object] = {"machine": machine(_PACKAGES), "rows": rows}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = folder / "archive.parquet"
        write_packed(archive, rows, interviews(questionnaire), questionnaire)
        seen: dict[str, str] = {}

        def measure(what: str, how: Sequence[str], beside: Callable[[Path], None] | None = None) -> None:
            result = folder / "result.parquet"
            took = _screened(archive, result, how, beside)
            results[what] = told = {"seconds": round(took, 1), "rows a second": round(rows / took)}
            seen[what] = hashlib.sha256(result.read_bytes()).hexdigest()
            assert pq.read_metadata(result).num_rows == rows
            result.unlink()
            print(what, json.dumps(told))

        measure("one process", ["--jobs", "1"])
        measure("all cores", [])
        with cluster(folder / "cluster") as running:
            spark = ["--engine", "spark", "--master", running.master]
            lost: list[int] = []
            measure("Spark, two workers", spark)
            measure(
                "Spark, one executor killed",
                spark,
                lambda parts: _lose_an_executor(running, rows // ROWS_TOGETHER, parts, lost),
            )
        results["portions done when the executor was killed"] = lost[0]
        results["all results are the same bytes"] = len(set(seen.values())) == 1
    print(write("spark", results))


if __name__ == "__main__":
    main()
