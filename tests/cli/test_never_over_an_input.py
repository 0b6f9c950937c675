"""A result is never written over what it is made from, by whatever name."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.clients import EXAMPLES, example
from tests.cli.conftest import Run

LINE = json.dumps({"record": "c-1", "answers": example("nmt")}) + "\n"


@pytest.fixture
def names(tmp_path: Path) -> Path:
    """A folder in which one file has several names."""
    (tmp_path / "in.jsonl").write_text(LINE, encoding="utf-8")
    (tmp_path / "link.jsonl").symlink_to("in.jsonl")
    os.link(tmp_path / "in.jsonl", tmp_path / "same.jsonl")
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        ("bulk", "in.jsonl", "-o", "in.jsonl"),
        ("bulk", "in.jsonl", "-o", "./home/../in.jsonl"),
        ("bulk", "in.jsonl", "-o", "link.jsonl"),
        ("bulk", "in.jsonl", "-o", "same.jsonl"),
        ("bulk", "link.jsonl", "-o", "same.jsonl"),
        ("bulk", ".", "-o", "in.jsonl"),
        ("bulk", "i*.jsonl", "-o", "in.jsonl"),
        ("bulk", "in.jsonl", "-o", "out.csv", "--rejects", "in.jsonl"),
        ("bulk", "in.jsonl", "--rejects", "same.jsonl"),
        ("bulk", "in.jsonl", "-o", "out.jsonl", "--rejects", "./out.jsonl"),
        ("screen", "one.json", "-o", "one.json"),
        ("screen", "one.json", "--json", "-o", "./home/../one.json"),
        ("intake", "--answers", "one.json", "-o", "one.json"),
        ("intake", "--answers", "one.json", "--save-answers", "kept.json", "-o", "kept.json"),
    ],
)
def test_a_result_over_an_input_is_refused_before_anything_is_written(
    words: tuple[str, ...], run: Run, names: Path
) -> None:
    one = (EXAMPLES / "nmt.json").read_bytes()
    (names / "one.json").write_bytes(one)
    before = sorted(names.iterdir())
    done = run(*words)
    assert (done.code, done.out) == (2, "")
    assert "U005" in done.err
    assert (names / "in.jsonl").read_text(encoding="utf-8") == LINE
    assert (names / "one.json").read_bytes() == one
    assert sorted(names.iterdir()) == before


def test_examples_of_a_change_are_not_written_where_the_answers_are(run: Run, tmp_path: Path) -> None:
    assert run("init", "practice").code == 0
    (tmp_path / "example-001.json").write_text(json.dumps([example("nmt")]), encoding="utf-8")
    (tmp_path / "in.jsonl").write_text(LINE, encoding="utf-8")
    done = run("diff", "practice", "practice", "--answers", tmp_path, "--examples", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "U005" in done.err
