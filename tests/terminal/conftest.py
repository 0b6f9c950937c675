"""Real terminals need a system that has them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

collect_ignore_glob = ["test_*.py"] if sys.platform == "win32" else []


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """A folder for drafts that nobody else uses; the program makes it."""
    return tmp_path / "drafts"
