"""`nmtchoose bulk --engine spark`: Spark reads and writes, and every row is what it is on one machine."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from random import Random
from typing import Any

import pyarrow.parquet as pq
import pytest

from nmtchoose.bulk.run import Finished
from nmtchoose.bulk.sources import Form
from nmtchoose.bulk.spark.run import run_on_spark, spark_session
from nmtchoose.bulk.writing import Output
from nmtchoose.engine.therapies import offering
from nmtchoose.errors import Code, UsageError
from nmtchoose.files.answers_file import check_answers
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables
from tests.bulk import packed
from tests.bulk.feeds import as_json, kept, write_export, write_lines, write_natural, write_packed
from tests.bulk.spark_here import HERE, JAVA_THAT_STARTS_SOON, SparkHere, needs_java
from tests.cli.conftest import Run
from tests.engine.any_answers import random_answers

Pair = tuple[Questionnaire, RuleTable]
Row = dict[str, Any]


@pytest.fixture
def on_spark_here(spark_here: SparkHere, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs use the Spark that all tests share, where they would start one of their own."""
    monkeypatch.setattr("nmtchoose.bulk.spark.run.spark_session", spark_here.instead_of_another)


@pytest.fixture(scope="module")
def clients(built_in_pair: Pair) -> list[Answers]:
    """Some clients: what counts of their answers, as exports have it, in the terms of today's questions."""
    random = Random(5)
    given = kept([random_answers(built_in_pair[0], random) for _ in range(40)], built_in_pair)
    return [check_answers(as_json(one), built_in_pair[0]) for one in given]


def ran(pair: Pair, source: Path, kind: Form, target: Path, output: Output = Output.PARQUET) -> Finished:
    return run_on_spark(Tables(*pair), HERE, {str(source): kind}, output, str(target), full=True)


def rows_in(folder: Path) -> list[Row]:
    """Return the rows of a folder of Parquet by the number in their id."""
    rows = pq.read_table(folder).to_pylist()
    return sorted(rows, key=lambda row: int(row["record"].removeprefix("c-")))


@needs_java
@pytest.mark.usefixtures("on_spark_here")
@pytest.mark.parametrize("name", ["packed.parquet", "natural.parquet", "export.csv", "lines.jsonl"])
def test_whatever_spark_reads_gives_the_results_of_one_machine(
    name: str, clients: list[Answers], built_in_pair: Pair, tmp_path: Path
) -> None:
    questionnaire, rules = built_in_pair
    writers = {
        "packed.parquet": lambda path: write_packed(path, clients, questionnaire),
        "natural.parquet": lambda path: write_natural(path, clients, questionnaire),
        "export.csv": lambda path: write_export(path, clients, built_in_pair),
        "lines.jsonl": lambda path: write_lines(path, clients),
    }
    source = tmp_path / "archive" / name
    source.parent.mkdir()
    writers[name](source)
    kind = {"parquet": Form.PARQUET, "csv": Form.CSV, "jsonl": Form.LINES}[name.rpartition(".")[2]]
    pair = questionnaire, offering(rules, ("swedish", "chair"))
    finished = ran(pair, source.parent, kind, tmp_path / "out")
    expected = packed.screened(*pair, clients)
    assert [{**row, "record": "", "file": Path(row["file"]).name} for row in rows_in(tmp_path / "out")] == [
        {"file": name, "record": "", **row, "fault": None} for row in expected
    ]
    assert finished.tally.records == len(clients)
    assert finished.tally.dispositions.total() == len(clients)


@needs_java
@pytest.mark.usefixtures("on_spark_here")
def test_a_line_that_is_no_client_comes_out_with_its_fault(built_in_pair: Pair, tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_text(
        '{"record": "a", "answers": {"agge": 4}}\n\nnot even JSON\n{"record": "b", "answers": {}}\n', "utf-8"
    )
    finished = ran(built_in_pair, feed, Form.LINES, tmp_path / "out", Output.LINES)
    rows = [json.loads(line) for part in (tmp_path / "out").glob("*.json") for line in part.read_text().splitlines()]
    assert [(row["record"], row["fault"] and row["fault"][:4]) for row in rows] == [
        (None, "A001"),
        (None, "A024"),
        ("b", None),
    ]
    assert (finished.tally.records, finished.tally.rejected) == (1, 2)


@needs_java
@pytest.mark.usefixtures("on_spark_here")
def test_no_cell_of_csv_is_a_formula(built_in_pair: Pair, tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_text('{"record": "=1+1", "answers": {"pain_sites": ["neck"]}}\n', encoding="utf-8")
    ran(built_in_pair, feed, Form.LINES, tmp_path / "out", Output.CSV)
    (part,) = (tmp_path / "out").glob("*.csv")
    with part.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["record"] == "'=1+1"
    assert len(row["missing"].split(" ")) > 1


@needs_java
@pytest.mark.usefixtures("on_spark_here")
def test_files_that_are_packed_in_different_ways_are_refused(built_in_pair: Pair, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    questionnaire = built_in_pair[0]
    write_packed(folder / "a.parquet", [{"age": 44}], questionnaire)
    write_natural(folder / "b.parquet", [{"age": 44}], questionnaire)
    with pytest.raises(UsageError) as raised:
        ran(built_in_pair, folder, Form.PARQUET, tmp_path / "out")
    assert {one.code for one in raised.value.faults} == {Code.PACKED_DIFFERENTLY}


@needs_java
def test_the_command_takes_input_and_output(
    clients: list[Answers], built_in_pair: Pair, run: Run, tmp_path: Path
) -> None:
    write_packed(tmp_path / "archive.parquet", clients, built_in_pair[0])
    words = ("bulk", "--engine", "spark", "--master", HERE, tmp_path / "archive.parquet", "-o", tmp_path / "out")
    result = run(*words, env=JAVA_THAT_STARTS_SOON)
    assert result.code == 0
    assert f"Assessed {len(clients)} records" in result.err
    assert result.out == ""
    assert pq.read_table(tmp_path / "out").num_rows == len(clients)


@needs_java
@pytest.mark.parametrize(("master", "code"), [(HERE, "U053"), ("spork", "U054")])
def test_what_spark_refuses_is_said(master: str, code: str, run: Run, tmp_path: Path) -> None:
    words = ("bulk", "--engine", "spark", "--master", master, tmp_path / "nothing.parquet", "-o", tmp_path / "out")
    result = run(*words, env=JAVA_THAT_STARTS_SOON)
    assert result.code == 1
    assert "Spark" in result.err and f"[{code}]" in result.err
    assert "Traceback" not in result.err


@pytest.mark.slow  # pyspark is an extra of the slow tests
def test_without_java_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError) as raised, spark_session(HERE):
        pass
    assert [one.code for one in raised.value.faults] == [Code.JAVA_MISSING]


@pytest.mark.parametrize(
    ("flags", "said"),
    [(("-o", "out", "--pack"), "--pack"), (("-o", "out", "--rejects", "r.jsonl"), "--rejects"), ((), "with -o")],
)
def test_what_only_goes_with_files_of_this_machine_is_said(flags: tuple[str, ...], said: str, run: Run) -> None:
    result = run("bulk", "--engine", "spark", "feed.jsonl", *flags)
    assert result.code == 2
    assert said in result.err
