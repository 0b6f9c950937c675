"""How often a test of chance tries: a few times for everybody, many times in `make test-slow`."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

TRIES = int(os.environ.get("TRIES", "1"))
"""`TRIES=10 make test-slow` runs for hours and tries ten times as often."""


def few_or_many(few: int, many: int) -> pytest.MarkDecorator:
    """Run a test twice, with `times` as `few` and, among the slow tests, as `many`."""
    return pytest.mark.parametrize("times", [few, pytest.param(many * TRIES, marks=pytest.mark.slow)])


def on_random_draws(times: int, check: Callable[[st.DataObject], None]) -> None:
    """Let Hypothesis call `check` so many times, each time with other things to draw."""
    settings(max_examples=times)(given(st.data())(check))()
