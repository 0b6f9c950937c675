"""The pair that comes with the program, read once for all tests of a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from nmtchoose.loading.load import load_pair
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable

ROOT = Path(__file__).parents[1]
FIRST = ROOT / "tests" / "first_pair"
"""The pair as it was before the screens of yes-or-no lines, with its example clients: old answers come from it."""


@cache
def shipped_pair() -> tuple[Questionnaire, RuleTable]:
    """Return the questions and rules at the top of the project."""
    return load_pair(ROOT / "questions.yaml", ROOT / "rules.yaml")


@cache
def first_pair() -> tuple[Questionnaire, RuleTable]:
    """Return the pair that asked in lists. Whatever is about lists, and not about today's questions, is tried on it."""
    return load_pair(FIRST / "questions.yaml", FIRST / "rules.yaml")
