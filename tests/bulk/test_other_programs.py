"""What spreadsheets and other programs really write is read, or refused in one line that says what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("asks_in_lists")


def _rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def _feed(folder: Path, content: str | bytes, name: str = "feed.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _parquet(folder: Path, columns: dict[str, Any]) -> Path:
    pq.write_table(pa.table(columns), folder / "feed.parquet")
    return folder / "feed.parquet"


def test_a_quotation_mark_that_is_never_closed_swallows_nobody(run: Run, tmp_path: Path) -> None:
    text = 'client,age,right_now,name\nC-1,44,none,"Ann\nC-2,61,chest_pressure,Bob\nC-3,50,stroke_signs,Cid\n'
    done = run("bulk", _feed(tmp_path, text), "-o", "out.jsonl")
    assert done.code == 4
    rows = _rows((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert [(row["record"], row["disposition"]) for row in rows] == [
        ("C-2", "call_emergency"),
        ("C-3", "call_emergency"),
    ]
    (left_out,) = _rows((tmp_path / "out.jsonl.rejects.jsonl").read_text(encoding="utf-8"))
    assert (left_out["line"], left_out["code"], left_out["disposition"]) == (2, "A045", None)


def test_a_quotation_mark_that_another_row_closes_swallows_nobody(run: Run, tmp_path: Path) -> None:
    good = 'C-3,50,none,"Cid,\nor ""C"""\nC-4,50,none,Di\n'
    text = f'client,age,right_now,name\nC-1,44,none,"Ann\nC-2,61,none,"Bob"\n{good}'
    done = run("bulk", _feed(tmp_path, text))
    assert done.code == 4
    assert [row["record"] for row in _rows(done.out)] == ["C-2", "C-3", "C-4"]


@pytest.mark.parametrize("ending", ["csv", "parquet", "jsonl"])
@pytest.mark.parametrize(
    "content", ["", "client,age,right_now\n", "client,age,right_now\n,,\n"], ids=["empty", "header", "blank"]
)
def test_no_record_at_all_is_said_and_is_no_success(content: str, ending: str, run: Run, tmp_path: Path) -> None:
    done = run("bulk", _feed(tmp_path, content), "-o", f"out.{ending}")
    assert done.code == 4
    assert "A046" in done.err


@pytest.mark.parametrize("columns", [{}, {"record": pa.array([], pa.string()), "age": pa.array([], pa.int64())}])
def test_parquet_without_rows_or_columns_is_no_success(columns: dict[str, Any], run: Run, tmp_path: Path) -> None:
    done = run("bulk", _parquet(tmp_path, columns), "-o", "out.parquet")
    assert done.code == 4
    assert "A046" in done.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"client,age\rC-1,44\rC-2,61\r", "F020"),
        ("client,age\nC-1,44\n".encode("utf-16"), "UTF-16"),
        ("client,âge\nC-1,44\n".encode("cp1252"), "CSV UTF-8"),
        (b"record,shoes\nC-1,44\n", "U058"),
        (b'"age\n\n\n\n', "quotation mark"),
        (b"age," + b"x" * 140_000 + b"\n44,\n", "too long"),
    ],
)
def test_a_table_that_is_not_read_is_refused_with_what_to_do(
    content: bytes, said: str, run: Run, tmp_path: Path
) -> None:
    done = run("bulk", _feed(tmp_path, content), "--ignore", "shoes")
    assert (done.code in (1, 2), done.out) == (True, "")
    assert said in done.err
    assert len(done.err.splitlines()) == 1


def test_whole_numbers_with_a_point_and_empty_columns_without_a_name_are_read(run: Run, tmp_path: Path) -> None:
    done = run("bulk", _feed(tmp_path, "client\tage\tright_now\t\t\nC-1\t44.0\tchest_pressure\t\t\n", "feed.tsv"))
    assert done.code == 0
    assert [row["disposition"] for row in _rows(done.out)] == ["call_emergency"]


def test_a_cell_in_a_column_without_a_name_leaves_out_its_row_alone(run: Run, tmp_path: Path) -> None:
    done = run("bulk", _feed(tmp_path, "client,age,\nC-1,44,\nC-2,45,chest\n"))
    assert done.code == 4
    assert [row["record"] for row in _rows(done.out)] == ["C-1"]
    assert "A047" in done.err


@pytest.mark.parametrize("tick", ["1", "1.0", "x", "X", "Yes", "true", "✓"])
def test_signs_for_yes_are_ticks(tick: str, run: Run, tmp_path: Path) -> None:
    done = run("bulk", _feed(tmp_path, f"age,right_now/chest_pressure\n44,{tick}\n"))
    assert [row["disposition"] for row in _rows(done.out)] == ["call_emergency"]


@pytest.mark.parametrize("nothing", ["", "n/a", "N/A", "NA"])
def test_not_available_is_no_answer_and_never_a_no(nothing: str, run: Run, tmp_path: Path) -> None:
    done = run("bulk", _feed(tmp_path, f"age,right_now/none\n44,{nothing}\n"), "--full")
    (row,) = _rows(done.out)
    assert row["status"] == "incomplete"
    assert "right_now" in row["missing"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("feed.jsonl", '{"answers": {"age": null, "right_now": ["chest_pressure"]}}\n'),
        ("feed.jsonl", '{"answers": {"age": 44, "right_now": ["chest_pressure", "chest"]}}\n'),
        ("feed.csv", "age,right_now\nold,chest_pressure\n"),
        ("feed.csv", "age,right_now/chest_pressure,right_now/crash\n44,x,perhaps\n"),
        ("feed.csv", "age,right_now\n44,chest_pressure,too,many\n"),
        ("feed.csv", 'age,right_now,name\n44,chest_pressure,"Ann\n'),
    ],
)
def test_a_record_that_is_left_out_says_when_the_rest_is_an_emergency(
    name: str, content: str, run: Run, tmp_path: Path
) -> None:
    done = run("bulk", _feed(tmp_path, content, name), "-o", "out.jsonl", "--exit-code")
    assert done.code == 10
    (left_out,) = _rows((tmp_path / "out.jsonl.rejects.jsonl").read_text(encoding="utf-8"))
    assert left_out["disposition"] == "call_emergency"


def test_large_texts_and_lists_of_parquet_are_read(run: Run, tmp_path: Path) -> None:
    sites = pa.array([["chest_pressure"]], pa.large_list(pa.large_string()))
    path = _parquet(tmp_path, {"record": pa.array(["C-1"], pa.large_string()), "right_now": sites, "age": [44.0]})
    done = run("bulk", path)
    assert [(row["record"], row["disposition"]) for row in _rows(done.out)] == [("C-1", "call_emergency")]


def test_bytes_that_are_no_text_are_a_fault_of_their_row_alone(run: Run, tmp_path: Path) -> None:
    bad = pa.array([b"\xff\xfe", b"chest_pressure"]).view(pa.string())
    done = run("bulk", _parquet(tmp_path, {"right_now": bad, "age": [44, 45]}))
    assert done.code == 4
    assert [row["disposition"] for row in _rows(done.out)] == ["call_emergency"]


@pytest.mark.parametrize(
    "column",
    [
        pa.array([{"a": 1}]),
        pa.array([[["neck"]]]),
        pa.array([[("age", 1)]], pa.map_(pa.string(), pa.int64())),
        pa.array([1], pa.time64("ns")),
        pa.array([2**62], pa.timestamp("us")),
    ],
    ids=lambda column: str(column.type),
)
def test_a_column_that_can_hold_no_answers_is_named_before_any_work(column: Any, run: Run, tmp_path: Path) -> None:
    done = run("bulk", _parquet(tmp_path, {"age": column}))
    assert (done.code, done.out) == (2, "")
    assert "the column 'age'" in done.err
