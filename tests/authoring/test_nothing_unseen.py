"""No dangerous change of the shipped pair passes unseen: what it promises is up to date, and its cases bite."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nmtchoose.authoring.cases import read_cases
from nmtchoose.authoring.mutants.mutants import mutants
from nmtchoose.authoring.mutants.survey import Fate, survey_of, trying
from nmtchoose.model.tables import Tables
from tests.amounts import TRIES
from tests.authoring.command import run
from tests.shipped import ROOT, shipped_pair

AT_LEAST = 97
"""So many of a hundred wrong edits of the safety rules are noticed by a case, a guarantee or a check."""

MOST_LEFT = 1
"""So many of a hundred may make a result less strict and be noticed by nobody."""

EACH = 12
"""One of so many wrong edits is tried, some of every kind: all of them, with TRIES=12, take minutes."""


def test_the_shipped_pair_promises_what_it_does_today(tmp_path: Path) -> None:
    for name in ("questions.yaml", "rules.yaml"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    run("init", tmp_path, "--guarantees")
    written = (tmp_path / "rules.yaml").read_text(encoding="utf-8")
    assert written == (ROOT / "rules.yaml").read_text(encoding="utf-8"), "run: nmtchoose init . --guarantees"


@pytest.mark.slow
def test_wrong_edits_of_the_safety_rules_are_noticed() -> None:
    tables = Tables(*shipped_pair())
    cases = read_cases([ROOT / "tests" / "cases"], tables.questionnaire)
    found = list(mutants(tables))
    numbers = range(0, len(found), max(1, EACH // TRIES))
    noticed = trying(tables, cases)(numbers)
    survey = survey_of(Fate(found[number], *who) for number, who in zip(numbers, noticed, strict=True))
    assert survey.percent >= AT_LEAST
    assert 100 * len(survey.survivors) <= MOST_LEFT * len(survey.fates)
