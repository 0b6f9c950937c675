"""Days as people write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from nmtchoose.words.days import day_read, day_told

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-11-12", date(2026, 11, 12)),
        ("today", TODAY),
        ("Yesterday", date(2026, 11, 26)),
        ("12 Nov", date(2026, 11, 12)),
        ("Nov 12", date(2026, 11, 12)),
        ("12 November 2024", date(2024, 11, 12)),
        ("Nov 12, 2024", date(2024, 11, 12)),
        ("3 Dec", date(2025, 12, 3)),
    ],
)
def test_a_day_is_read_however_it_is_written(written: str, day: date) -> None:
    assert day_read(written, TODAY) == day


@pytest.mark.parametrize("written", ["", "soon", "32 Nov", "12 Nov x", "2026-13-01"])
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        day_read(written, TODAY)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (datetime(2026, 11, 27, 9), "today"),
        (datetime(2026, 11, 26, 23), "yesterday"),
        (datetime(2026, 3, 2), "2 Mar"),
        (datetime(2025, 3, 2), "2 Mar 2025"),
    ],
)
def test_a_day_is_told_as_people_say_it(moment: datetime, told: str) -> None:
    assert day_told(moment, datetime(2026, 11, 27, 12)) == told
