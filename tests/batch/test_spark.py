"""Many clients on a real Spark: the same bytes as from the processes of one machine."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pyarrow.parquet as pq
import pytest

from nmtchoose.batch.reading.sources import find_sources
from nmtchoose.batch.spark.session import check_master
from nmtchoose.batch.work.run import Finished, Wanted, run_to_file, run_to_folder
from nmtchoose.batch.writing.writers import Output
from nmtchoose.engine.offering import offering
from nmtchoose.errors import Code, FileError, NmtchooseError, UsageError
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from tests.batch.feeds import write_export, write_lines, write_natural, write_packed
from tests.batch.spark_here import HERE, JAVA_THAT_STARTS_SOON, SparkHere, needs_java
from tests.cli.conftest import Run
from tests.engine.any_answers import random_answers

Pair = tuple[Questionnaire, RuleTable]

CLIENTS, IN_CSV = 400, 40


@pytest.fixture
def on_spark_here(spark_here: SparkHere, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs use the Spark that all tests share, where they would start one of their own."""
    monkeypatch.setattr("nmtchoose.batch.spark.crew.spark_session", spark_here.instead_of_another)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, built_in_pair: Pair) -> Path:
    """A folder with a file of every form; one of them has lines that are no answers."""
    folder, random = tmp_path_factory.mktemp("archive"), Random(5)
    clients = [random_answers(built_in_pair[0], random) for _ in range(CLIENTS)]
    write_packed(folder / "a.parquet", clients, built_in_pair[0])
    write_natural(folder / "b.parquet", clients, built_in_pair[0])
    write_export(folder / "c.csv", clients[:IN_CSV], built_in_pair)
    lines = write_lines(folder / "d.jsonl", clients).read_text(encoding="utf-8").splitlines()
    lines[7], lines[300] = '{"answers": {"agge": 4}}', "not even JSON"
    (folder / "d.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def screened(pair: Pair, wanted: Wanted, target: Path) -> Finished:
    run = run_to_file if target.suffix else run_to_folder
    return run(*pair, wanted, target, lambda portion, tally: None)


def wanted(source: Path, output: Output, master: str = "", *, full: bool = False) -> Wanted:
    return Wanted(find_sources([str(source)]), output, full=full, processes=1, master=master)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@needs_java
@pytest.mark.usefixtures("on_spark_here")
def test_spark_writes_the_same_bytes_for_results_and_rejects(
    archive: Path, built_in_pair: Pair, tmp_path: Path
) -> None:
    questionnaire, rules = built_in_pair
    pair = questionnaire, offering(rules, ("swedish", "chair"))
    here = screened(pair, wanted(archive, Output.LINES, full=True), tmp_path / "here")
    there = screened(pair, wanted(archive, Output.LINES, HERE, full=True), tmp_path / "there")
    assert there.tally == here.tally
    assert there.tally.records + there.tally.rejected == 3 * CLIENTS + IN_CSV
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    rows = [json.loads(line) for part in contents(tmp_path / "there").values() for line in part.splitlines()]
    assert {therapy for row in rows for therapy in row["therapies"].split()} == {"swedish", "chair"}
    left_out = Path(f"{tmp_path}/there.rejects.jsonl").read_bytes()
    assert left_out == Path(f"{tmp_path}/here.rejects.jsonl").read_bytes()
    bad = [(Path(one["file"]).name, one["line"]) for one in map(json.loads, left_out.splitlines())]
    assert [place for place in bad if place[0] == "d.jsonl"] == [("d.jsonl", 8), ("d.jsonl", 301)]


@needs_java
def test_the_command_takes_input_and_output_and_keeps_quiet(archive: Path, run: Run, tmp_path: Path) -> None:
    words = ("screen", "--engine", "spark", "--master", HERE, archive / "a.parquet", tmp_path / "out")
    result = run(*words, env=JAVA_THAT_STARTS_SOON)
    assert result.code == 0
    assert result.err.startswith(f"Screened {CLIENTS} records")
    assert "WARN" not in result.err
    assert result.out == ""
    assert pq.read_table(tmp_path / "out").num_rows == CLIENTS


@needs_java
@pytest.mark.usefixtures("on_spark_here")
def test_a_damaged_file_is_named_and_nothing_looks_finished(archive: Path, built_in_pair: Pair, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.parquet"
    content = bytearray((archive / "a.parquet").read_bytes())
    content[len(content) // 4 : len(content) // 2] = bytes(len(content) // 2 - len(content) // 4)
    damaged.write_bytes(content)
    with pytest.raises(FileError) as raised:
        screened(built_in_pair, wanted(damaged, Output.PARQUET, HERE), tmp_path / "out.parquet")
    assert [one.code for one in raised.value.faults] == [Code.FILE_CANNOT_READ]
    assert not (tmp_path / "out.parquet").exists()


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port at which nobody answers: it is taken, and nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def refusal(master: str) -> Code:
    with pytest.raises(NmtchooseError) as raised:
        check_master(master)
    assert isinstance(raised.value, UsageError)
    return raised.value.faults[0].code


@needs_java
def test_a_master_that_does_not_answer_is_told_at_once(silent_port: int) -> None:
    assert refusal(f"spark://127.0.0.1:{silent_port}") is Code.MASTER_SILENT


@needs_java
@pytest.mark.parametrize("master", ["spork", "local[", "spark://host", ""])
def test_what_is_no_master_is_refused(master: str) -> None:
    assert refusal(master) is Code.MASTER_UNKNOWN


@pytest.mark.slow
def test_without_java_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refusal(HERE) is Code.JAVA_MISSING


@needs_java
def test_an_output_has_to_be_named(run: Run, archive: Path) -> None:
    result = run("screen", "--engine", "spark", str(archive))
    assert result.code == 2
    assert "name the output after the input" in result.err


def test_a_master_needs_the_engine(run: Run, archive: Path) -> None:
    result = run("screen", "--master", HERE, str(archive))
    assert result.code == 2
    assert "--master" in result.err
