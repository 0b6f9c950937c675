"""Numbers over visits, as bars."""

from __future__ import annotations

from nmtchoose.reports.page import Level
from nmtchoose.reports.trend import Visit, trends
from tests.shipped import shipped_pair

QUESTIONNAIRE, _ = shipped_pair()
VISITS = (
    Visit("2026-09-01", {"pain_now": 8, "age": 44}),
    Visit("2026-10-01", {"pain_now": "declined"}),
    Visit("2026-11-01", {"pain_now": 2, "pain_worst": 5, "pain_limits": 4}),
)


def test_each_scale_has_a_bar_for_each_visit_that_answered_it() -> None:
    now, limits = trends(VISITS, QUESTIONNAIRE, 80, "utf-8")
    assert [(bar.date, bar.words, bar.level) for bar in now.bars] == [
        ("2026-09-01", "8 of 10", Level.STRONG),
        ("2026-11-01", "2 of 10", Level.MILD),
    ]
    assert [(bar.date, bar.words) for bar in limits.bars] == [("2026-11-01", "4 of 10")]


def test_a_bar_is_as_long_as_its_number() -> None:
    (now, _) = trends(VISITS, QUESTIONNAIRE, 80, "utf-8")
    assert [bar.bar.count("█") / len(bar.bar) for bar in now.bars] == [0.8, 0.2]


def test_a_bar_can_be_drawn_in_any_encoding() -> None:
    (now, _) = trends(VISITS, QUESTIONNAIRE, 80, "ascii")
    assert set("".join(bar.bar for bar in now.bars)) == {"#", "."}


def test_a_bar_fits_a_narrow_screen() -> None:
    assert all(len(bar.bar) <= 16 for trend in trends(VISITS, QUESTIONNAIRE, 40, "utf-8") for bar in trend.bars)
