"""Fixtures for everybody's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from nmtchoose.content.load import load_pair
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable

ROOT = Path(__file__).parents[1]
MINIMAL = Path(__file__).parent / "content" / "minimal"
OLDER = Path(__file__).parent / "content" / "older"


@pytest.fixture(scope="session")
def minimal_paths() -> tuple[Path, Path]:
    """The smallest questions.yaml and rules.yaml that use everything."""
    return MINIMAL / "questions.yaml", MINIMAL / "rules.yaml"


@pytest.fixture(scope="session")
def minimal_pair(minimal_paths: tuple[Path, Path]) -> tuple[Questionnaire, RuleTable]:
    """The minimal pair, loaded."""
    return load_pair(*minimal_paths)


@pytest.fixture(scope="session")
def built_in_pair() -> tuple[Questionnaire, RuleTable]:
    """The pair that comes with the program, loaded."""
    return load_pair(ROOT / "questions.yaml", ROOT / "rules.yaml")
