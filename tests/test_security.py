"""Every promise of `docs/security.md` names a test, and that test is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
PROMISES = re.findall(r"^\| (?!promise|---)(.+?) \| (`tests/.+?) \|$", TEXT, re.MULTILINE)


def _is_there(name: str) -> bool:
    file, _, test = name.partition("::")
    path = ROOT / file
    return path.is_file() and (not test or f"def {test}(" in path.read_text(encoding="utf-8"))


def test_every_test_that_holds_a_promise_is_there() -> None:
    named = [name for _, held_by in PROMISES for name in re.findall(r"`(.+?)`", held_by)]
    assert len(PROMISES) == TEXT.count("| `tests/")
    assert [name for name in named if not _is_there(name)] == []
