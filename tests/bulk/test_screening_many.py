"""`nmtchoose bulk`: rows in, rows out."""

from __future__ import annotations

import csv
import gzip
import json
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from nmtchoose.cli.app import app
from nmtchoose.engine.assess import assess
from nmtchoose.files.answers_file import check_answers
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from tests.cli.clients import EXAMPLES, MINIMAL_PAIR, example
from tests.cli.conftest import Run

Pair = tuple[Questionnaire, RuleTable]
NAMES = ("nmt", "swedish", "emergency", "talk-first")


def _feed(folder: Path, *more: str) -> Path:
    lines = [json.dumps({"record": name, "answers": example(name)}) for name in NAMES]
    path = folder / "feed.jsonl"
    path.write_text("\n".join([*lines, *more]) + "\n", encoding="utf-8")
    return path


def _rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_each_line_becomes_a_row_in_the_same_order(run: Run, tmp_path: Path, built_in_pair: Pair) -> None:
    done = run("bulk", _feed(tmp_path))
    decided = [assess(*built_in_pair, check_answers(example(name), built_in_pair[0])) for name in NAMES]
    rows = _rows(done.out)
    assert done.code == 0
    assert [(row["line"], row["record"]) for row in rows] == list(enumerate(NAMES, 1))
    assert [row["disposition"] for row in rows] == [one.disposition.value for one in decided]
    assert [row["therapies"] for row in rows] == [" ".join(one.recommendation.therapies) for one in decided]
    assert [row["pressure_limit"] for row in rows] == [one.pressure_limit for one in decided]


@pytest.mark.parametrize("flags", [(), pytest.param(("--full",), marks=pytest.mark.slow)])
def test_all_three_formats_say_the_same(run: Run, tmp_path: Path, flags: tuple[str, ...]) -> None:
    feed = _feed(tmp_path)
    for ending in ("jsonl", "csv", "parquet"):
        assert run("bulk", feed, *flags, "-o", tmp_path / f"out.{ending}").code == 0
    lines = _rows((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    assert pq.read_table(tmp_path / "out.parquet").to_pylist() == lines
    assert cells == [{name: _cell(value) for name, value in row.items()} for row in lines]


def _cell(value: object) -> str:
    return " ".join(value) if isinstance(value, list) else "" if value is None else str(value)


def test_bad_lines_are_left_out_named_and_do_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    done = run("bulk", _feed(tmp_path, '{"answers": {"agge": 44}}', "{", "{}"), "-o", tmp_path / "out.csv")
    assert done.code == 4
    assert len((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()) == 1 + len(NAMES) + 1
    rejects = _rows((tmp_path / "out.csv.rejects.jsonl").read_text(encoding="utf-8"))
    assert [(one["line"], one["code"]) for one in rejects] == [(5, "A001"), (6, "A022")]
    assert "Left out: A001 1, A022 1." in done.err


def test_a_limit_stops_a_run_with_too_many_bad_lines(run: Run, tmp_path: Path) -> None:
    done = run("bulk", _feed(tmp_path, "{", "{"), "-o", tmp_path / "out.csv", "--limit-rejects", "1")
    assert done.code == 4
    assert "A044" in done.err
    assert not (tmp_path / "out.csv").exists()


def test_the_summary_counts_what_came_out(run: Run, tmp_path: Path) -> None:
    done = run("bulk", _feed(tmp_path, "{}", "{"), "-o", tmp_path / "out.csv", "--json")
    summary = json.loads(done.out)
    assert summary["records"] == 5
    assert summary["dispositions"]["call_emergency"] == 1
    assert summary["incomplete"] == 1
    assert summary["rejects"] == {"A022": 1}
    assert done.err == ""


def test_exit_code_tells_of_an_emergency_before_bad_lines(run: Run, tmp_path: Path) -> None:
    assert run("bulk", _feed(tmp_path, "{"), "--exit-code").code == 10


def test_standard_input_is_json_lines_unless_it_is_said_otherwise(run: Run, tmp_path: Path) -> None:
    lines = run("bulk", "-", "--from", "jsonl", stdin=_feed(tmp_path).read_bytes())
    sheet = run("bulk", "-", "--from", "csv", stdin=b"id,age\r\nc-1,44\r\n")
    assert [row["record"] for row in _rows(lines.out)] == list(NAMES)
    assert [(row["file"], row["record"]) for row in _rows(sheet.out)] == [("-", "c-1")]


def test_what_export_wrote_is_screened_again(run: Run, tmp_path: Path) -> None:
    run("screen", *(EXAMPLES / f"{name}.json" for name in NAMES), "--format", "csv", "-o", tmp_path / "export.csv")
    done = run("bulk", tmp_path / "export.csv")
    first = [json.loads(run("screen", "--json", EXAMPLES / f"{name}.json").out) for name in NAMES]
    assert [row["disposition"] for row in _rows(done.out)] == [one["disposition"] for one in first]
    assert [row["record"] for row in _rows(done.out)] == [str(EXAMPLES / f"{name}.json") for name in NAMES]


def test_a_folder_means_every_file_in_it_that_holds_answers(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "clinics"
    (folder / "b").mkdir(parents=True)
    _feed(folder)
    (folder / "b" / "one.json").write_text(json.dumps({"answers": example("nmt")}), encoding="utf-8")
    with gzip.open(folder / "b" / "more.jsonl.gz", "wb") as file:
        file.write(b'{"id": "z", "answers": {}}\n')
    (folder / "notes.txt").write_text("not an answer", encoding="utf-8")
    (folder / ".hidden.jsonl").write_text("{", encoding="utf-8")
    done = run("bulk", folder)
    assert done.code == 0
    named = [(Path(row["file"]).name, row["record"]) for row in _rows(done.out)]
    assert named == [*(("feed.jsonl", name) for name in NAMES), ("more.jsonl.gz", "z"), ("one.json", None)]


def test_a_pattern_that_the_shell_left_alone_is_followed(run: Run, tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.jsonl").write_text("{}\n", encoding="utf-8")
    assert [row["file"] for row in _rows(run("bulk", "*.jsonl").out)] == ["a.jsonl", "b.jsonl"]


def test_packed_answers_give_the_same_results(run: Run, tmp_path: Path) -> None:
    feed = _feed(tmp_path)
    assert run("bulk", "--pack", feed, "-o", tmp_path / "packed.parquet").code == 0
    first = [{**row, "file": ""} for row in _rows(run("bulk", feed, "--full").out)]
    again = [{**row, "file": ""} for row in _rows(run("bulk", tmp_path / "packed.parquet", "--full").out)]
    assert again == first


def test_a_packed_file_says_that_a_text_was_given_and_not_what_it_says(run: Run, tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_text('{"answers": {"notes": "my neck hurts"}}\n{"answers": {}}\n', encoding="utf-8")
    run("bulk", "--pack", feed, "-o", tmp_path / "packed.parquet", *MINIMAL_PAIR)
    table = pq.read_table(tmp_path / "packed.parquet")
    given, missing = table.column("notes").to_pylist()
    assert given != missing
    assert {str(field.type) for field in table.schema if field.name != "@record"} <= {"uint8", "uint16", "uint32"}


@pytest.mark.parametrize("name", ["feed.jsonl", ".", "*.jsonl"])
def test_screen_is_for_single_clients_and_says_what_to_type_for_many(name: str, run: Run, tmp_path: Path) -> None:
    _feed(tmp_path)
    done = run("screen", name)
    assert (done.code, done.out) == (2, "")
    assert "nmtchoose bulk " in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("feed.jsonl", "-o", "out.html"), "U001"),
        (("feed.jsonl", "--format", "parquet"), "U035"),
        (("feed.jsonl", "--pack"), "U035"),
        (("feed.jsonl", "--engine", "sparc"), "Did you mean 'spark'?"),
        (("feed.jsonl", "--master", "local"), "--master"),
        (("feed.jsonl", "--from", "xml"), "U001"),
        (("none.jsonl",), "F010"),
        (("*.ndjson",), "U034"),
    ],
)
def test_what_cannot_be_done_is_said(words: tuple[str, ...], said: str, run: Run, tmp_path: Path) -> None:
    _feed(tmp_path)
    done = run("bulk", *words)
    assert done.code != 0
    assert done.out == ""
    assert said in done.err


def test_no_answer_gets_into_a_message_about_a_bad_line(run: Run, tmp_path: Path) -> None:
    answers = {**example("talk-first"), "agge": 4}
    done = run("bulk", _feed(tmp_path, json.dumps({"answers": answers})), "-o", tmp_path / "out.csv")
    assert "clot" not in done.err + (tmp_path / "out.csv.rejects.jsonl").read_text(encoding="utf-8")


def test_without_the_extra_many_clients_are_told_what_to_install_and_single_ones_need_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    many = CliRunner().invoke(app, ["bulk", str(_feed(tmp_path))])
    assert many.exit_code == 2
    assert "pip install '.[bulk]'" in many.stderr
    assert CliRunner().invoke(app, ["screen", str(EXAMPLES / "nmt.json")]).exit_code == 0


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(None, id="workers"),
        pytest.param([sys.executable, "-m", "nmtchoose"], id="started by module", marks=pytest.mark.slow),
    ],
)
def test_nothing_is_imported_from_where_the_files_are(run: Run, tmp_path: Path, command: list[str] | None) -> None:
    (tmp_path / "socket.py").write_text("open('EXECUTED', 'w')\n", encoding="utf-8")
    files = [tmp_path / f"{number}.csv" for number in range(6)]
    for file in files:
        file.write_text("age\n44\n", encoding="utf-8")
    done = run("bulk", *files, "--jobs", "2", "-o", tmp_path / "out.csv", **({"command": command} if command else {}))
    assert done.code == 0
    assert not (tmp_path / "EXECUTED").exists()


@pytest.mark.parametrize("output", ["out.csv", "out.jsonl"])
def test_a_terminal_obeys_nothing_that_stands_in_an_id(output: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "feed.csv").write_bytes('client,age\n"A\x1b[31m\x07\u202e-1",44\nÅ-2,45\n'.encode())
    assert run("bulk", tmp_path / "feed.csv", "-o", output).code == 0
    written = (tmp_path / output).read_text(encoding="utf-8")
    assert "A [31m -1" in written and "Å-2" in written
    assert all(line.isprintable() for line in written.splitlines())
