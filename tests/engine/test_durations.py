"""Lengths of time as people type them: `durations.txt` has one a line."""

from __future__ import annotations

import string
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from nmtchoose.engine.durations import Length, Which, understood

TODAY = date(2026, 11, 26)
LINES = (Path(__file__).parent / "durations.txt").read_text(encoding="utf-8").splitlines()
TABLE = [tuple(part.strip() for part in line.split("|")) for line in LINES if "|" in line and line[0] != "#"]


@pytest.mark.parametrize(("typed", "meant"), TABLE)
def test_what_people_type_is_understood(typed: str, meant: str) -> None:
    found = understood(typed, TODAY)
    if meant == "nothing":
        assert found is None
    elif meant.startswith("ask "):
        assert found == Which(meant.removeprefix("ask "))
    else:
        weeks, _, words = meant.partition(" => ")
        assert isinstance(found, Length)
        assert (found.weeks, found.words) == (int(weeks), words or typed)


@pytest.mark.parametrize("typed", [typed for typed, meant in TABLE if meant[0].isdigit()])
def test_what_is_said_again_means_the_same_when_it_is_typed(typed: str) -> None:
    first = understood(typed, TODAY)
    assert isinstance(first, Length)
    assert understood(first.words, TODAY) == first


def test_without_a_date_a_month_or_a_year_says_nothing() -> None:
    assert understood("since March") is None
    assert understood("since 2019") is None


@given(some.text(string.ascii_lowercase + string.digits + " -+./,½", max_size=60))
def test_nothing_that_can_be_typed_fails(typed: str) -> None:
    found = understood(typed, TODAY)
    assert found is None or isinstance(found, Which) or found.weeks >= 0
