"""Spark against the processes of one machine on the same archive.

    python benchmarks/spark.py [ROWS]
    python benchmarks/spark.py --compare ARCHIVE.parquet

ROWS (a million) are decided from packed Parquet with all columns of the result: by one process, by all cores, and by a
Spark on this machine, which reads and writes by itself. Start-up counts. Every row has to be the same.

`--compare` takes an archive that is there already, and ends with code 1 when a row is not that of the local engine.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.archive import interviews, write_packed
from benchmarks.clients import shipped_pair
from benchmarks.measuring import machine, write
from nmtchoose.bulk.spark.frames import for_spark

_PACKAGES = ("nmtchoose", "numpy", "pyarrow", "pyspark")
_ON_SPARK = ("--engine", "spark", "--master", "local[2]")


def _decided(archive: Path, result: Path, how: Sequence[str]) -> float:
    """Run the command and return the seconds it takes."""
    words = ["bulk", "--full", str(archive), "-o", str(result), *how]
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "nmtchoose", *words], check=True, stderr=subprocess.PIPE)
    return time.perf_counter() - began


def _rows(result: Path) -> pa.Table:
    """Return results without where they stand, lists as Spark has them, in the order of the ids of records."""
    table = pq.read_table(result)
    names = [name for name in table.column_names if name not in ("file", "line", "fault")]
    plain = pa.table({name: for_spark(table[name].combine_chunks()) for name in names})
    return plain.sort_by("record")


def differing_rows(archive: Path, folder: Path) -> tuple[int, int]:
    """Decide `archive`, packed Parquet whose records have ids, with all columns here and on Spark.

    Returns how many rows of the two results are not the same, and how many rows there are. `folder` takes what is
    written.
    """
    here, there = folder / "here.parquet", folder / "there"
    _decided(archive, here, ())
    _decided(archive, there, _ON_SPARK)
    rows = pq.read_metadata(archive).num_rows
    return _differing(_rows(there), _rows(here)), rows


def _differing(found: pa.Table, expected: pa.Table) -> int:
    if found.equals(expected):
        return 0
    pairs = zip(found.to_pylist(), expected.to_pylist(), strict=False)
    return abs(found.num_rows - expected.num_rows) + sum(one != other for one, other in pairs)


def main() -> None:
    """Compare an archive, or measure."""
    if sys.argv[1:2] == ["--compare"]:
        with tempfile.TemporaryDirectory() as folder:
            differing, rows = differing_rows(Path(sys.argv[2]), Path(folder))
        print(f"{differing} of {rows} rows differ")
        sys.exit(bool(differing))
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    questionnaire, _ = shipped_pair()
    results: dict[str, object] = {"machine": machine(_PACKAGES), "rows": rows}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = folder / "archive.parquet"
        write_packed(archive, rows, interviews(questionnaire), questionnaire)
        ways = {"one process": ("--jobs", "1"), "all cores": (), "Spark, two cores": _ON_SPARK}
        for number, (what, how) in enumerate(ways.items()):
            took = _decided(archive, folder / f"{number}.parquet", how)
            results[what] = {"seconds": round(took, 1), "rows a second": round(rows / took)}
            print(what, json.dumps(results[what]))
        here, there = (_rows(folder / f"{number}.parquet") for number in (1, 2))
        results["rows that differ on Spark"] = _differing(there, here)
    print(write("spark", results))


if __name__ == "__main__":
    main()
