"""The benchmark of many clients runs: what nobody runs for a while calls commands that are gone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="there is no `resource`, which counts processor time")
def test_it_says_how_many_rows_a_core_decides(tmp_path: Path) -> None:
    from benchmarks.bulk import screened

    archive = tmp_path / "rows.jsonl"
    archive.write_text('{"answers": {"age": 44}}\n' * 40, encoding="utf-8")
    told = screened(archive, rows=40, jobs=1, runs=1)
    assert isinstance(each := told["rows a second and core"], int)
    assert each > 0
