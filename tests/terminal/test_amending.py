"""A record is corrected at the terminal: the review first, then why."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.prompts.screen import ROOT, UTF8, Terminal

COMMAND = [sys.executable, "-m", "nmtchoose"]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """A home of its own, with one saved intake."""
    monkeypatch.setenv("HOME", str(tmp_path))
    kept = {**UTF8, "NMTCHOOSE_STORE": str(tmp_path / "records.db")}
    words = ["intake", "--answers", "examples/nmt.json", "--save", "--by", "Sam", "--consented", "-o", "/dev/null"]
    monkeypatch.setenv("NMTCHOOSE_STORE", kept["NMTCHOOSE_STORE"])
    subprocess.run([*COMMAND, *words], cwd=ROOT, check=True, capture_output=True)
    yield kept


def exported() -> dict[str, Any]:
    done = subprocess.run([*COMMAND, "records", "export"], cwd=ROOT, check=True, capture_output=True, text=True)
    record: dict[str, Any] = json.loads(done.stdout)
    return record


def test_an_answer_is_corrected_and_the_reason_has_to_be_said(store: dict[str, str]) -> None:
    record = str(exported()["id"])
    with Terminal([*COMMAND, "records", "amend", record, "--by", "Alex"], rows=60, environment=store) as terminal:
        terminal.wait_for("y Yes, show the result")
        terminal.press("old", "enter")
        terminal.wait_for("A whole number from 1 to 120 (years).")
        terminal.press("ctrl-u", "42", "enter")
        terminal.wait_for("How old is the client? → 42 years Are you pregnant?")
        terminal.press("y", "enter")
        terminal.wait_for("Why is this record amended? » Enter goes on · Esc stops")
        assert "You may leave this empty" not in terminal.text()
        terminal.press("enter")
        terminal.wait_for("This one needs a few words. Why is this record amended?")
        terminal.press("A slip of the pen.", "enter")
        assert terminal.wait_for_end() == 0
    (amendment,) = exported()["amendments"]
    assert (amendment["by"], amendment["why"], amendment["answers"]["age"]) == ("Alex", "A slip of the pen.", 42)
