"""The pair that comes with the program, read once for all tests of a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from nmtchoose.loading.load import load_pair
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable

ROOT = Path(__file__).parents[1]
LISTS = ROOT / "tests" / "lists"
"""A small pair that asks in lists, with example clients."""


@cache
def shipped_pair() -> tuple[Questionnaire, RuleTable]:
    """Return the questions and rules at the top of the project."""
    return load_pair(ROOT / "questions.yaml", ROOT / "rules.yaml")


@cache
def lists_pair() -> tuple[Questionnaire, RuleTable]:
    """Return the pair that asks in lists. Whatever is about lists, and not about today's questions, is tried on it."""
    return load_pair(LISTS / "questions.yaml", LISTS / "rules.yaml")
