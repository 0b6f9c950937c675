"""A worker of a real Spark cluster is killed in the middle of its work."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from nmtchoose.batch.reading.portions import Portion
from nmtchoose.batch.reading.sources import find_sources
from nmtchoose.batch.spark.crew import do_all_on_spark
from nmtchoose.batch.work.crew import Job
from nmtchoose.batch.work.run import Finished, Wanted, run_to_file
from nmtchoose.batch.writing.writers import Output
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from tests.batch.feeds import write_packed
from tests.batch.spark_cluster import Cluster, Held, cluster, wait_until
from tests.batch.spark_here import SparkHere, java_starting_soon, needs_java
from tests.engine.any_answers import random_answers

Pair = tuple[Questionnaire, RuleTable]

PORTIONS, ROWS = 4, 500


@pytest.fixture
def archive(tmp_path: Path, built_in_pair: Pair, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two packed files with two portions each."""
    monkeypatch.setattr("nmtchoose.batch.reading.parquet_files.ROWS_TOGETHER", ROWS)
    folder, random = tmp_path / "archive", Random(6)
    folder.mkdir()
    for name in ("a.parquet", "b.parquet"):
        clients = [random_answers(built_in_pair[0], random) for _ in range(2 * ROWS)]
        write_packed(folder / name, clients, built_in_pair[0])
    return folder


def screened(pair: Pair, archive: Path, target: Path, master: str = "") -> Finished:
    wanted = Wanted(find_sources([str(archive)]), Output.PARQUET, processes=1, master=master)
    return run_to_file(*pair, wanted, target, lambda portion, tally: None)


@needs_java
def test_a_worker_that_is_killed_costs_no_row_and_doubles_none(
    archive: Path, built_in_pair: Pair, spark_here: SparkHere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = screened(built_in_pair, archive, tmp_path / "here.parquet")
    (tmp_path / "held").mkdir()
    jobs: list[Held] = []

    def held(job: Job[object], portions: Iterator[Portion], master: str) -> Iterator[object]:
        jobs.append(Held(job, tmp_path / "held"))
        return do_all_on_spark(jobs[0], portions, master)

    def lose_one(running: Cluster) -> None:
        wait_until(lambda: bool(jobs) and len(jobs[0].begun()) == len(running.workers))
        running.lose_an_executor()
        jobs[0].let_go()

    monkeypatch.setattr("nmtchoose.batch.spark.crew.do_all_on_spark", held)
    spark_here.end()
    with java_starting_soon(), cluster(tmp_path / "cluster") as running:
        losing = threading.Thread(target=lose_one, args=(running,))
        losing.start()
        there = screened(built_in_pair, archive, tmp_path / "there.parquet", running.master)
        losing.join()
    assert len(jobs[0].begun()) > len(set(jobs[0].begun())) == PORTIONS
    assert there.tally == here.tally
    assert there.tally.records == PORTIONS * ROWS
    assert (tmp_path / "there.parquet").read_bytes() == (tmp_path / "here.parquet").read_bytes()
