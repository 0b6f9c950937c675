"""Whatever stands in a file, a command ends with a code and words of its own, and never with a traceback."""

from __future__ import annotations

import contextlib
from pathlib import Path
from random import Random

import pytest

from nmtchoose.engine.assess import assess
from nmtchoose.errors import NmtchooseError
from nmtchoose.files.answers_file import read_answers
from nmtchoose.loading.load import load_pair
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from tests.amounts import few_or_many
from tests.cli.conftest import Run
from tests.mutations import mutated
from tests.prompts.screen import ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.json"))
TOLD = {0, 2, 3, 4}
"""A result, a wrong way of asking, faulty questions or rules, answers that are none."""


@few_or_many(100, 2500)
def test_answers(built_in_pair: tuple[Questionnaire, RuleTable], tmp_path: Path, times: int) -> None:
    questionnaire, rules = built_in_pair
    for number in range(times):
        random = Random(number)
        path = tmp_path / "answers.json"
        path.write_bytes(mutated(random.choice(EXAMPLES).read_bytes(), random))
        with contextlib.suppress(NmtchooseError):
            assess(questionnaire, rules, read_answers(str(path), questionnaire))


@few_or_many(50, 1000)
def test_pairs(minimal_paths: tuple[Path, Path], tmp_path: Path, times: int) -> None:
    for number in range(times):
        random = Random(number)
        paths = tuple(tmp_path / path.name for path in minimal_paths)
        spoiled = random.randrange(2)
        for place, (path, whole) in enumerate(zip(paths, minimal_paths, strict=True)):
            content = whole.read_bytes()
            path.write_bytes(mutated(content, random) if place == spoiled else content)
        with contextlib.suppress(NmtchooseError):
            load_pair(*paths)


TABLES = {
    "csv": b'client,age,right_now,pain_sites\nC-1,44,none,neck\nC-2,61,chest_pressure,\nC-3,50,,"low_back"\n',
    "jsonl": b'{"record": "C-1", "answers": {"age": 44, "right_now": "none"}}\n{"answers": {"pain_sites": "neck"}}\n',
}


@pytest.mark.parametrize("ending", TABLES)
@few_or_many(1, 15)
def test_tables(ending: str, times: int, run: Run, tmp_path: Path) -> None:
    for number in range(times):
        path = tmp_path / f"feed.{ending}"
        path.write_bytes(mutated(TABLES[ending] * 20, Random(number)))
        done = run("bulk", path, "-o", "out.csv")
        assert done.code in TOLD, number
        assert "Traceback" not in done.err and "bug" not in done.err, number
        assert not [one.name for one in tmp_path.iterdir() if one.suffix == ".tmp"], number
