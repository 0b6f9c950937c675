"""Spark against the processes of one machine on the same archive, and what it costs to lose an executor.

    python benchmarks/spark.py [ROWS]
    python benchmarks/spark.py --compare ARCHIVE.parquet

ROWS (five million) are screened from packed Parquet with all columns of the result: by one process, by all cores, on a
Spark cluster of two workers with one core each (a master, two workers, two executors, each a Java of its own), and once
more while one executor is killed in the middle. All four results have to be the same bytes. The same cluster then reads
and writes by itself, and only the kernel is ours (`nmtchoose.batch.spark.frames`): every row has to be the same.
Start-up counts.

`--compare` screens an archive that is there already, both ways on a Spark on this machine, and ends with code 1 when a
row is not that of the local engine.
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

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from nmtchoose.batch.spark.frame_rows import FAULT
from numpy.typing import NDArray
from tests.batch.spark_cluster import Cluster, cluster, wait_until

from benchmarks.archive import interviews, write_packed
from benchmarks.clients import shipped_pair
from benchmarks.measuring import machine, write
from nmtchoose.batch.reading.parquet_files import ROWS_TOGETHER, layout_of_file
from nmtchoose.batch.reading.sources import find_sources
from nmtchoose.batch.spark.arrow_types import for_spark
from nmtchoose.batch.spark.frames import screened
from nmtchoose.batch.spark.session import spark_session

_PACKAGES = ("nmtchoose", "numpy", "pyarrow", "pyspark")
_HERE = "local[2]"
_ROW = "row_index"
"""What Spark calls the number of a row in its file, from 0."""


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


def _screened_as_frame(archive: Path, result: Path, master: str) -> float:
    """Let Spark read the archive and write the results, and return the seconds it takes."""
    from pyspark.sql import SparkSession

    began = time.perf_counter()
    pair, layout = shipped_pair(), layout_of_file(find_sources([str(archive)])[0])
    with spark_session(master) as context:
        frame = SparkSession(context).read.parquet(str(archive.resolve())).select("*", f"_metadata.{_ROW}")
        screened(frame, *pair, layout=layout, keep=[_ROW], full=True).write.parquet(str(result.resolve()))
    return time.perf_counter() - began


def _of_frame(result: Path) -> pa.Table:
    """Return what `_screened_as_frame` wrote as the command would have written it."""
    table = pq.read_table(result)
    table = table.filter(pc.is_null(table[FAULT])).sort_by(_ROW)
    return table.append_column("line", pc.add(table[_ROW], 1))


def _differing(found: pa.Table, expected: pa.Table) -> int:
    """Return how many rows are in one of two results only, or differ in any column. Both are in order."""
    lines = [table["line"].to_numpy() for table in (found, expected)]
    both, *places = np.intersect1d(*lines, assume_unique=True, return_indices=True)
    if any(len(one) > len(both) for one in lines):
        found, expected = (table.take(pa.array(place)) for table, place in zip((found, expected), places, strict=True))
    differ = np.zeros(len(both), bool)
    for name in expected.column_names:
        if name not in ("file", "record"):
            differ |= _unlike(_texts(found[name]), _texts(expected[name]))
    return int(differ.sum()) + sum(len(one) - len(both) for one in lines)


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    plain = for_spark(column)
    return pc.binary_join(plain.cast(pa.list_(pa.string())), " ") if pa.types.is_list(plain.type) else plain


def _unlike(one: pa.ChunkedArray, other: pa.ChunkedArray) -> NDArray[np.bool_]:
    unlike = pc.fill_null(pc.not_equal(one, other), pc.xor(pc.is_null(one), pc.is_null(other)))
    result: NDArray[np.bool_] = unlike.to_numpy()
    return result


def differing_rows(archive: Path, folder: Path) -> tuple[int, int]:
    """Screen `archive`, packed Parquet, with all columns here and on Spark, as files and as a frame.

    Returns how many rows of the two results from Spark are not those from here, and how many rows there are. `folder`
    takes what is written.
    """
    here, there, frame = (folder / name for name in ("here.parquet", "there.parquet", "frame"))
    _screened(archive, here, [])
    _screened(archive, there, ["--engine", "spark", "--master", _HERE])
    _screened_as_frame(archive, frame, _HERE)
    expected = pq.read_table(here)
    differing = sum(_differing(found, expected) for found in (pq.read_table(there), _of_frame(frame)))
    return differing, pq.read_metadata(archive).num_rows


def main() -> None:
    """Compare an archive, or measure."""
    if sys.argv[1:2] != ["--compare"]:
        _measure_all(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000_000)
        return
    with tempfile.TemporaryDirectory() as folder:
        differing, rows = differing_rows(Path(sys.argv[2]), Path(folder))
    print(f"{differing} of {rows} rows differ")
    sys.exit(bool(differing))


def _measure_all(rows: int) -> None:
    """Measure all five, and compare what they wrote."""
    questionnaire, _ = shipped_pair()
    results: dict[str, object] = {"machine": machine(_PACKAGES), "rows": rows}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = folder / "archive.parquet"
        write_packed(archive, rows, interviews(questionnaire), questionnaire)
        result, seen = folder / "result.parquet", dict[str, str]()

        def measure(what: str, how: Sequence[str], beside: Callable[[Path], None] | None = None) -> None:
            took = _screened(archive, result, how, beside)
            seen[what] = hashlib.sha256(result.read_bytes()).hexdigest()
            assert pq.read_metadata(result).num_rows == rows
            told(what, took)

        def told(what: str, took: float) -> None:
            results[what] = {"seconds": round(took, 1), "rows a second": round(rows / took)}
            print(what, json.dumps(results[what]))

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
            told("Spark, two workers, as a frame", _screened_as_frame(archive, folder / "frame", running.master))
        results["portions done when the executor was killed"] = lost[0]
        results["all results are the same bytes"] = len(set(seen.values())) == 1
        results["rows of the frame that differ"] = _differing(_of_frame(folder / "frame"), pq.read_table(result))
    print(write("spark", results))


if __name__ == "__main__":
    main()
