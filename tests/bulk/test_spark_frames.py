"""Clients in a Spark DataFrame: one row of results for each, the same as from the engine of one machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from msgspec.structs import replace

from nmtchoose.bulk.layout import RECORD, layout_of
from nmtchoose.bulk.packed import Carrier
from nmtchoose.bulk.spark.frames import FrameJob, decided, decided_batches, from_packed
from nmtchoose.errors import BugError, Code, UsageError
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Option, Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables
from nmtchoose.processes import order_of
from tests.bulk import packed
from tests.bulk.feeds import kept, write_export, write_natural, write_packed
from tests.bulk.spark_here import JAVA_THAT_STARTS_SOON, SparkHere, needs_java
from tests.engine.any_answers import random_answers
from tests.shipped import lists_pair

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Pair = tuple[Questionnaire, RuleTable]
Row = dict[str, Any]

CLIENTS, IN_CSV = 1_000, 60
MARKER = "zaphod beeblebrox"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def session(spark_here: SparkHere) -> SparkSession:
    """Spark, with batches so small that several of them make up a part."""
    session = spark_here.session()
    session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "160")
    return session


@pytest.fixture(scope="module")
def clients(built_in_pair: Pair) -> list[Answers]:
    random = Random(8)
    return [random_answers(built_in_pair[0], random) for _ in range(CLIENTS)]


def rows_in(frame: DataFrame) -> list[Row]:
    return [row.asDict() for row in frame.collect()]


def codes(raised: pytest.ExceptionInfo[UsageError]) -> list[Code]:
    return [one.code for one in raised.value.faults]


def with_a_longer_list(questionnaire: Questionnaire) -> Questionnaire:
    """Return one with columns of every width."""
    more = tuple(Option(f"more_{number}", f"More {number}") for number in range(20))
    longer = {
        one.id: replace(one, options=(*one.options, *more)) for one in questionnaire.questions if one.id == "goals"
    }
    return replace(questionnaire, questions=tuple(longer.get(one.id, one) for one in questionnaire.questions))


@needs_java
def test_a_packed_frame_gives_the_results_of_the_local_engine(session: SparkSession, tmp_path: Path) -> None:
    (questionnaire, table), random = lists_pair(), Random(8)
    pair = with_a_longer_list(questionnaire), table
    clients = [random_answers(pair[0], random) for _ in range(CLIENTS)]
    frame = session.read.parquet(str(write_packed(tmp_path / "packed.parquet", clients, pair[0])))
    assert {kind for _, kind in frame.dtypes} == {"string", "smallint", "int", "bigint", "decimal(20,0)"}
    found = rows_in(decided(frame, Tables(*pair), layout=layout_of(pair[0]), keep=[RECORD], full=True))
    expected = packed.screened(*pair, clients)
    assert found == [{RECORD: f"c-{at}", **row, "fault": None} for at, row in enumerate(expected)]


@needs_java
def test_a_frame_with_a_column_for_each_question_gives_the_same(
    session: SparkSession, built_in_pair: Pair, clients: Sequence[Answers], tmp_path: Path
) -> None:
    path = write_natural(tmp_path / "natural.parquet", clients, built_in_pair[0])
    found = rows_in(decided(session.read.parquet(str(path)), Tables(*built_in_pair), keep=["record"], full=True))
    expected = packed.screened(*built_in_pair, clients)
    assert found == [{"record": f"c-{at}", **row, "fault": None} for at, row in enumerate(expected)]


@needs_java
def test_a_frame_with_a_column_for_each_option_gives_the_same(
    session: SparkSession, built_in_pair: Pair, clients: Sequence[Answers], tmp_path: Path
) -> None:
    some = kept(clients[:IN_CSV], built_in_pair)
    path = write_export(tmp_path / "export.csv", some, built_in_pair)
    frame = session.read.csv(str(path), header=True)
    expected = packed.screened(*built_in_pair, some)
    assert rows_in(decided(frame, Tables(*built_in_pair), full=True)) == [{**row, "fault": None} for row in expected]


@needs_java
def test_a_row_that_is_no_client_comes_out_in_its_place_and_says_why(
    session: SparkSession, built_in_pair: Pair
) -> None:
    answers = [(1, "44", ["none"]), (2, "old", ["none"]), (3, "45", None), (4, "46", ["none", "aneurysm"])]
    frame = session.createDataFrame(answers, "visit int, age string, heart_blood array<string>")
    found = rows_in(decided(frame, Tables(*built_in_pair), keep=["visit"]))
    assert [row["visit"] for row in found] == [1, 2, 3, 4]
    faulty = [row for row in found if row["fault"]]
    assert [(row["visit"], row["fault"][:4]) for row in faulty] == [(2, "A009"), (4, "A005")]
    assert {value for row in faulty for name, value in row.items() if name not in ("visit", "fault")} == {None}
    assert {row["status"] for row in found if not row["fault"]} == {"incomplete"}


@needs_java
def test_numbers_may_be_of_any_type_that_holds_them(session: SparkSession, built_in_pair: Pair) -> None:
    for kind in ("tinyint", "bigint", "decimal(38,0)", "string"):
        frame = session.sql(f"SELECT CAST(number AS {kind}) AS age FROM VALUES (44), (-1), (NULL) AS _(number)")
        faults = [row["fault"] for row in rows_in(decided(frame, Tables(*built_in_pair)))]
        assert [one and one[:4] for one in faults] == [None, "A004", None]


@needs_java
@pytest.mark.parametrize(
    ("column", "answer", "expected"),
    [
        ("CAST(bytes AS string) AS pregnancy", "pregnant", ["A002", None, None]),
        ("array(CAST(bytes AS string)) AS heart_blood", "none", ["A002", None, "A003"]),
        ("bytes AS age", "44", ["A041", None, None]),
    ],
)
def test_bytes_that_are_no_text_are_a_fault_of_their_row_alone(
    session: SparkSession, built_in_pair: Pair, column: str, answer: str, expected: list[str | None]
) -> None:
    frame = session.sql(f"SELECT {column} FROM VALUES (X'FF'), (CAST('{answer}' AS binary)), (NULL) AS _(bytes)")
    faults = [row["fault"] for row in rows_in(decided(frame, Tables(*built_in_pair)))]
    assert [one and one[:4] for one in faults] == expected


@needs_java
def test_columns_that_are_kept_go_along_unchanged(session: SparkSession, built_in_pair: Pair) -> None:
    columns = "`visit.no` int, Age string, age int, at timestamp, who struct<clinic: string, staff: array<int>>"
    rows = [(1, "grown up", 44, datetime(2026, 11, 22, 9, 30), ("north", [1, 2])), (2, None, 45, None, None)]
    frame = session.createDataFrame(rows, columns)
    result = decided(frame, Tables(*built_in_pair), keep=["who", "at", "Age", "visit.no"])
    assert result.schema.fields[:4] == [frame.schema.fields[place] for place in (4, 3, 1, 0)]
    assert [tuple(row)[:4] for row in result.collect()] == [(row[4], row[3], row[1], row[0]) for row in rows]


@needs_java
def test_the_columns_are_those_of_bulk(session: SparkSession, built_in_pair: Pair) -> None:
    frame = session.createDataFrame([(44,)], "age int")
    brief = ["status", "disposition", "recommendation", "therapies", "strength", "pressure_limit"]
    assert decided(frame, Tables(*built_in_pair)).columns == [*brief, "fault"]
    assert decided(frame, Tables(*built_in_pair), full=True).columns == [
        *packed.screened(*built_in_pair, [{}])[0],
        "fault",
    ]


@needs_java
def test_a_column_that_means_nothing_is_refused_before_anything_runs(
    session: SparkSession, built_in_pair: Pair
) -> None:
    frame = session.createDataFrame([], "age int, agge int")
    with pytest.raises(UsageError, match="Did you mean 'age'") as raised:
        decided(frame, Tables(*built_in_pair))
    assert codes(raised) == [Code.COLUMN_UNKNOWN]
    assert decided(frame, Tables(*built_in_pair), keep=["agge"]).columns[0] == "agge"


@needs_java
def test_columns_that_are_not_there_or_twice_or_of_a_wrong_type_are_refused(
    session: SparkSession, built_in_pair: Pair
) -> None:
    layout = layout_of(built_in_pair[0])
    with pytest.raises(UsageError) as raised:
        decided(session.createDataFrame([], "age int"), Tables(*built_in_pair), keep=["visit"])
    assert codes(raised) == [Code.COLUMN_MISSING]
    with pytest.raises(UsageError) as raised:
        decided(session.createDataFrame([], "age int"), Tables(*built_in_pair), layout=layout)
    assert set(codes(raised)) == {Code.COLUMN_MISSING}
    assert len(raised.value.faults) == len(layout.dtypes) - 1
    with pytest.raises(UsageError) as raised:
        decided(session.createDataFrame([], "age int, status string"), Tables(*built_in_pair), keep=["status"])
    assert codes(raised) == [Code.COLUMN_TWICE]
    with pytest.raises(UsageError) as raised:
        decided(session.createDataFrame([], "age date"), Tables(*built_in_pair))
    assert codes(raised) == [Code.COLUMN_TYPE]


class Clumsy:
    """A job that fails over what a client said."""

    def __call__(self) -> Callable[[Any], object]:
        return self.fail

    def fail(self, batch: Any) -> object:
        raise ValueError(f"cannot work on {batch.to_pylist()}")


def test_a_bug_on_a_worker_is_told_without_what_was_worked_on() -> None:
    batch = pa.RecordBatch.from_pydict({"0": [MARKER]})
    with pytest.raises(BugError) as raised:
        list(decided_batches(order_of(Clumsy()), [batch]))
    assert raised.value.kind == "ValueError"
    assert MARKER not in str(raised.value)
    assert raised.value.__context__ is None


FAULTS_AND_A_BUG = """
import sys
from functools import partial
from pathlib import Path
from pyspark.sql import SparkSession
from nmtchoose.processes import order_of
from nmtchoose.bulk.spark.frames import decided
from nmtchoose.bulk.spark.frames import decided_batches
from nmtchoose.loading.load import load_pair
from nmtchoose.model.tables import Tables
from tests.bulk.test_spark_frames import Clumsy

session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
said, *paths = sys.argv[1:]
rows = [(said, None, None), (None, [said], None), (None, None, said), ("44", None, None)]
frame = session.createDataFrame(rows, "age string, heart_blood array<string>, pregnancy string")
print(decided(frame, Tables(*load_pair(*map(Path, paths)))).where("fault IS NOT NULL").count())
frame.mapInArrow(partial(decided_batches, order_of(Clumsy())), "fault string").collect()
"""


@needs_java
def test_what_a_client_said_does_not_reach_what_spark_prints() -> None:
    paths = (ROOT / "questions.yaml", ROOT / "rules.yaml")
    settings = {"PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": sys.executable, **JAVA_THAT_STARTS_SOON}
    done = subprocess.run(
        [sys.executable, "-c", FAULTS_AND_A_BUG, MARKER, *paths],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "3", done.stderr
    assert "BugError: ('ValueError', " in done.stderr
    assert MARKER not in done.stderr


def packed_job(pair: Pair) -> FrameJob:
    layout = layout_of(pair[0])
    places = {name: place for place, name in enumerate(layout.dtypes)}
    pack = partial(from_packed, Carrier(pair[0], layout), places)
    return FrameJob(Tables(*pair), tuple(places.values()), pack, {}, False)


def packed_batch(pair: Pair, clients: Sequence[Answers]) -> pa.RecordBatch:
    """Return packed answers as Spark sends them."""
    kinds = {8: pa.int16(), 16: pa.int32(), 32: pa.int64(), 64: pa.decimal128(20, 0)}
    layout = layout_of(pair[0])
    rows = [layout.packed(one) for one in clients]
    columns = {name: kinds[column.bits] for column in layout.columns for name in column.names}
    arrays = [pa.array([row[name] for row in rows], kind) for name, kind in columns.items()]
    return pa.RecordBatch.from_arrays(arrays, [str(place) for place in range(len(arrays))])


@pytest.mark.slow
def test_batches_are_worked_on_together_and_stay_in_order(
    built_in_pair: Pair, clients: Sequence[Answers], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nmtchoose.bulk.spark.frames.ROWS", 50)
    whole = packed_batch(built_in_pair, clients[:180])
    batches = [whole.slice(start, 20) for start in range(0, 180, 20)]
    found = list(decided_batches(order_of(packed_job(built_in_pair)), batches))
    assert [one.num_rows for one in found] == [60, 60, 60]
    assert pa.Table.from_batches(found).to_pylist() == packed_job(built_in_pair)()(whole).to_pylist()


@pytest.mark.parametrize("number", [-1, 2**64, 2**64 - 1])
def test_a_decimal_that_is_no_code_is_a_fault_of_its_row_alone(number: int, built_in_pair: Pair) -> None:
    column = next(one for one in layout_of(built_in_pair[0]).columns if one.bits == 64)
    place = list(layout_of(built_in_pair[0]).dtypes).index(column.names[0])
    answer = (column.options[-1],)
    batch = packed_batch(built_in_pair, [{column.id: answer}] * 3)
    cells = batch.column(place).to_pylist()
    cells[1] = Decimal(number)
    batch = batch.set_column(place, str(place), pa.array(cells, pa.decimal128(20, 0)))
    found = packed_job(built_in_pair)()(batch).to_pylist()
    assert [one["fault"] is None for one in found] == [True, False, True]
    assert json.dumps(found[0]) == json.dumps(found[2])
