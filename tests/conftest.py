"""Fixtures for everybody's tests."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from nmtchoose.content.load import load_pair
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from tests.shipped import shipped_pair

MINIMAL = Path(__file__).parent / "content" / "minimal"

signal.signal(signal.SIGINT, signal.default_int_handler)
"""Where the tests run in the background of a script, Ctrl-C is ignored, and would be by the programs they start."""


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
    return shipped_pair()
