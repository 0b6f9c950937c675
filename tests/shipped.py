"""The pair that comes with the program, read once for all tests of a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from nmtchoose.loading.load import load_pair
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable

ROOT = Path(__file__).parents[1]


@cache
def shipped_pair() -> tuple[Questionnaire, RuleTable]:
    """Return the questions and rules at the top of the project."""
    return load_pair(ROOT / "questions.yaml", ROOT / "rules.yaml")
