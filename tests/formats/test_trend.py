"""Numbers over visits, as bars."""

from __future__ import annotations

from nmtchoose.formats.record_list import trend_blocks
from nmtchoose.formats.viewing import Viewing
from nmtchoose.pages.page import Facts
from tests.formats.intakes import PRACTICE

VISITS = (
    ("2026-09-01", {"pain_now": 8, "age": 44}),
    ("2026-10-01", {"pain_now": "declined"}),
    ("2026-11-01", {"pain_now": 2, "pain_worst": 5, "pain_limits": 4}),
)


def lines(*, plain: bool = False, width: int = 80, encoding: str = "utf-8") -> list[tuple[tuple[str, str], ...]]:
    blocks = trend_blocks(VISITS, PRACTICE.tables.questionnaire, Viewing(plain, width, encoding, colour=False))
    return [block.pairs for block in blocks if isinstance(block, Facts)]


def bars(width: int = 80, encoding: str = "utf-8") -> list[str]:
    return [words.split()[0] for pairs in lines(width=width, encoding=encoding) for _, words in pairs]


def test_each_scale_tells_each_visit_that_answered_it() -> None:
    assert lines(plain=True) == [
        (("2026-09-01", "8 of 10"), ("2026-11-01", "2 of 10")),
        (("2026-11-01", "4 of 10"),),
    ]


def test_a_bar_is_as_long_as_its_number() -> None:
    assert [bar.count("█") / len(bar) for bar in bars()] == [0.8, 0.2, 0.4]


def test_a_bar_can_be_drawn_in_any_encoding() -> None:
    assert set("".join(bars(encoding="ascii"))) == {"#", "."}


def test_a_bar_fits_a_narrow_screen() -> None:
    assert all(len(bar) <= 16 for bar in bars(width=40))
