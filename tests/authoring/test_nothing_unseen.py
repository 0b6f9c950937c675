"""No dangerous change of the shipped pair passes unseen: what it promises is up to date, and its cases bite."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.amounts import TRIES
from tests.authoring.command import run
from tests.shipped import ROOT

AT_LEAST = 97
"""So many of a hundred wrong edits of the safety rules are noticed by a case, a guarantee or a check."""


def test_the_shipped_pair_promises_what_it_does_today(tmp_path: Path) -> None:
    for name in ("questions.yaml", "rules.yaml"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    run("init", tmp_path, "--guarantees")
    written = (tmp_path / "rules.yaml").read_text(encoding="utf-8")
    assert written == (ROOT / "rules.yaml").read_text(encoding="utf-8"), "run: nmtchoose init . --guarantees"


@pytest.mark.slow
@pytest.mark.skipif(TRIES < 2, reason="takes minutes: TRIES=2 make test-slow")
def test_wrong_edits_of_the_safety_rules_are_noticed() -> None:
    pair = ("--questions", ROOT / "questions.yaml", "--rules", ROOT / "rules.yaml")
    done = run("test", ROOT / "tests" / "cases", "--mutants", "--require-coverage", str(AT_LEAST), *pair)
    assert done.code == 0, done.out
