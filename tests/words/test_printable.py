from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmtchoose.words.printable import encodable, printable


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("10–30 min", "10-30 min"),
        ("“don’t”…", '"don\'t"...'),
        ("• café ✓", "- cafe +"),
        ("½ hour at ≥ 38 °C", "1/2 hour at >= 38 deg C"),
        ("Björn Łuczak", "Bjorn Luczak"),
        ("首", "?"),
    ],
)
def test_ascii_gets_the_nearest_plain_form(text: str, plain: str) -> None:
    assert encodable(text, "ascii") == plain


def test_what_an_encoding_holds_is_kept() -> None:
    assert encodable("café – 首", "latin-1") == "café - ?"
    assert encodable("café – 首", "utf-8") == "café – 首"


def test_an_unknown_encoding_is_taken_for_ascii() -> None:
    assert encodable("café", "no-such-encoding") == "cafe"


@given(st.text())
def test_any_text_can_be_shown_anywhere(text: str) -> None:
    shown = printable(text)
    assert encodable(shown, "ascii").isascii()
    encodable(shown, "cp1252").encode("cp1252")
    assert [char for char in shown if unicodedata.category(char).startswith("C")] == []
