from __future__ import annotations

import pytest

from nmtchoose.pages.compare import compare_page
from nmtchoose.pages.page import Comparison, Page
from tests.pages.clinic import TABLE
from tests.pages.reading import whole


def columns(page: Page) -> list[str]:
    return [column.short for block in page.blocks if isinstance(block, Comparison) for column in block.columns]


def test_without_names_the_three_main_therapies_are_compared() -> None:
    assert columns(compare_page(TABLE)) == ["NMT", "Deep tissue", "Swedish"]


def test_the_therapies_asked_for_come_in_the_order_asked_for_once_each() -> None:
    assert columns(compare_page(TABLE, ["prenatal", "nmt", "prenatal"])) == ["Prenatal", "NMT"]


def test_no_client_stands_behind_a_comparison() -> None:
    table = next(block for block in compare_page(TABLE).blocks if isinstance(block, Comparison))
    assert [column.standing for column in table.columns] == ["", "", ""]
    assert [row.label for row in table.rows] == ["What it works on", "How it feels", "Length"]


def test_pressure_evidence_and_visits_are_told_in_words() -> None:
    text = whole(compare_page(TABLE, ["swedish"]))
    assert "1 to 3 of 5 (lotion-light to medium)" in text
    assert "The evidence is low. Small trials of Swedish with short follow-up." in text
    assert "Swedish: three to six visits, then look again." in text
    assert TABLE.texts["not_a_diagnosis"] in text


def test_an_unknown_therapy_is_refused() -> None:
    with pytest.raises(KeyError):
        compare_page(TABLE, ["reiki"])
