"""The first question does not wait for what only later ones, results, records or authors need."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.prompts.screen import UTF8
from tests.terminal.interviews import intake

_IMPORTED = re.compile(r"import time: +\d+ \| +\d+ \| +([\w.]+)")
"""How Python tells of each import when it is asked to."""

LATER = {
    *("yaml", "rich", "sqlite3", "psycopg", "cryptography", "pysat", "jsonschema", "csv"),
    *("pydantic", "numpy", "pandas", "pyarrow", "polars", "multiprocessing"),
    *("nmtchoose.authoring", "nmtchoose.bulk", "nmtchoose.pages", "nmtchoose.records"),
    *("nmtchoose.formats.writing", "nmtchoose.formats.viewing", "nmtchoose.formats.assessment_json"),
    *("nmtchoose.loading.load", "nmtchoose.engine.assess", "nmtchoose.meaning"),
    *("nmtchoose.cli.results", "nmtchoose.desk.recording", "nmtchoose.desk.emergency"),
}
"""Modules, each with all that is in it."""


@pytest.mark.parametrize(
    ("flags", "more"),
    [((), set[str]()), (("--plain",), {"questionary", "prompt_toolkit"})],
    ids=["moving", "plain"],
)
def test_nothing_is_loaded_for_later(flags: tuple[str, ...], more: set[str], drafts: Path, tmp_path: Path) -> None:
    where = {**UTF8, "NMTCHOOSE_CACHE": str(tmp_path / "cache")}
    with intake(drafts, *flags, environment=where) as first_start_reads_the_files:
        first_start_reads_the_files.wait_for("question 1")
    with intake(drafts, *flags, environment={**where, "PYTHONPROFILEIMPORTTIME": "1"}) as terminal:
        terminal.wait_for("question 1")
        loaded = set(_IMPORTED.findall(terminal.written))
    assert "nmtchoose.desk.conduct" in loaded
    assert not {name for name in loaded for late in LATER | more if f"{name}.".startswith(f"{late}.")}
