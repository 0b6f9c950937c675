"""Walker, circuit on blocks, and Spark against each other, on random sets of the shipped pair.

    python benchmarks/equality.py [SETS] [SEED] [JOBS] [ARCHIVE.parquet]

Unanswered questions, "not sure", "prefer not to say" and options that are not offered are among them, and every fourth
thousand is of a practice that does not offer everything; as many sets again, up to 100,000, are of a small pair. Ends
with code 1 at the first difference; says how often each result was met. The walker takes about 2 ms a set, so that a
million take an hour on one core. The sets of the practice that offers everything are kept in ARCHIVE; with Spark
installed they are screened there too, and compared with the columns here.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.clients import shipped_pair
from benchmarks.measuring import machine, write
from nmtchoose.bulk.deciding import Decider, result_columns
from nmtchoose.bulk.layout import RECORD, layout_text
from nmtchoose.engine.assess import assess
from nmtchoose.engine.therapies import offering
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables
from tests.bulk.packed import columns_of, told, without_order
from tests.engine.any_answers import random_answers
from tests.engine.small import QUESTIONNAIRE, TABLE

CHUNK = 1_000
_SMALL_SETS = 100_000
_PACKAGES = ("nmtchoose", "numpy", "pyarrow", "pyspark")


class Form(NamedTuple):
    """One pair in all its forms."""

    questionnaire: Questionnaire
    table: RuleTable
    decider: Decider


class Chunk(NamedTuple):
    """Which random sets of which form: `name` is one of those of `forms`."""

    name: str
    seed: int
    sets: int


class Compared(NamedTuple):
    """How often each result was met, and the packed sets."""

    met: Counter[str]
    columns: dict[str, np.ndarray]


@cache
def forms() -> dict[str, Form]:
    """Return every pair that is compared."""
    questionnaire, table = shipped_pair()
    pairs = {
        "shipped": (questionnaire, table),
        "shipped, not all offered": (questionnaire, offering(table, ("swedish", "chair"))),
        "small": (QUESTIONNAIRE, TABLE),
    }
    return {name: Form(*pair, Decider(Tables(*pair))) for name, pair in pairs.items()}


def compare(chunk: Chunk) -> Compared:
    """Compare all forms on one chunk; raises SystemExit for a difference."""
    form, random = forms()[chunk.name], Random(chunk.seed)
    clients = [random_answers(form.questionnaire, random) for _ in range(chunk.sets)]
    columns = columns_of(form.decider.layout, clients)
    found = result_columns(form.decider, columns, len(clients), full=True)
    rows = zip(*(column.to_pylist() for column in found.values()), strict=True)
    met = Counter[str]()
    for number, (answers, cells) in enumerate(zip(clients, rows, strict=True)):
        expected = assess(form.questionnaire, form.table, answers)
        same = without_order(dict(zip(found, cells, strict=True))) == told(expected, form.table, form.questionnaire)
        if not same:
            raise SystemExit(f"{chunk.name}: set {number} of seed {chunk.seed} differs: {answers}")
        met[f"{expected.disposition}, {expected.recommendation.kind}"] += 1
    return Compared(met, dict(columns))


def chunks(sets: int, seed: int) -> Iterator[Chunk]:
    """Yield what is compared."""
    for number in range(-(-sets // CHUNK)):
        name = "shipped, not all offered" if number % 4 == 3 else "shipped"
        yield Chunk(name, seed * 1_000_003 + number, min(CHUNK, sets - number * CHUNK))
    for number in range(-(-min(sets, _SMALL_SETS) // CHUNK)):
        yield Chunk("small", seed * 1_000_003 + number, CHUNK)


def compare_spark(archive: Path, folder: Path) -> int:
    """Decide `archive` with Spark and here; return the rows, and raise SystemExit for a difference."""
    from benchmarks.spark import differing_rows

    differing, rows = differing_rows(archive, folder)
    if differing:
        raise SystemExit(f"Spark: {differing} of {rows} rows differ")
    return rows


def main() -> None:
    """Compare everything and write what was met."""
    sets = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    jobs = int(sys.argv[3]) if len(sys.argv) > 3 else None
    began = time.perf_counter()
    met: dict[str, Counter[str]] = {name: Counter() for name in forms()}
    work = list(chunks(sets, seed))
    results: dict[str, object] = {"machine": machine(_PACKAGES), "seed": seed}
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(sys.argv[4]) if len(sys.argv) > 4 else Path(folder) / "sets.parquet"
        layout = forms()["shipped"].decider.layout
        with ProcessPoolExecutor(jobs) as pool, _writer(archive, layout_text(layout)) as packed:
            for number, (chunk, compared) in enumerate(zip(work, pool.map(compare, work), strict=True), start=1):
                met[chunk.name] += compared.met
                if number % 50 == 0:
                    print(f"{number} of {len(work)} chunks, no difference", file=sys.stderr, flush=True)
                if chunk.name == "shipped":
                    ids = [f"{chunk.seed}-{row}" for row in range(chunk.sets)]
                    packed.write_table(pa.table({RECORD: ids, **compared.columns}, schema=packed.schema))
        for name, counts in met.items():
            print(f"{name}: {counts.total()} sets, no difference between walker and circuit")
            for result, count in counts.most_common():
                print(f"  {count:8} {result}")
        results["sets"] = {name: {"all": counts.total(), **dict(counts.most_common())} for name, counts in met.items()}
        if find_spec("pyspark"):
            results["rows also equal on Spark"] = compare_spark(archive, Path(folder))
            print(f"shipped: {results['rows also equal on Spark']} sets, no difference between columns and Spark")
    results["minutes"] = round((time.perf_counter() - began) / 60, 1)
    print(write("equality", results))


def _writer(path: Path, layout: str) -> pq.ParquetWriter:
    columns = forms()["shipped"].decider.layout.columns
    fields = [pa.field(RECORD, pa.string())]
    fields += [pa.field(name, f"uint{one.bits}", nullable=False) for one in columns for name in one.names]
    return pq.ParquetWriter(path, pa.schema(fields, metadata={b"nmtchoose.layout": layout.encode()}))


if __name__ == "__main__":
    main()
