from __future__ import annotations

import unicodedata

import pytest

from nmtchoose.pages.compare import compare_page
from nmtchoose.pages.page import (
    BodyMap,
    BodyMark,
    Bullets,
    Card,
    Column,
    Comparison,
    ComparisonRow,
    Facts,
    Heading,
    Level,
    Mark,
    Page,
    Paragraph,
    Point,
    Subheading,
    Tone,
    map_texts,
)
from nmtchoose.words.printable import encodable
from tests.pages.clinic import TABLE
from tests.pages.reading import blocks_of_one_column, rendered, run_together, texts_in, words_in_cells

COMPARED = Comparison(
    tuple(Column(f"Therapy {name}", name, "Suggested" if name == "A" else "Not suitable") for name in "ABCDE"),
    (
        ComparisonRow("Fits", tuple((Point(f"fits-{name}", Mark.MATCH),) for name in "ABCDE")),
        ComparisonRow("Against", ((), *((Point(f"against-{name}", Mark.AGAINST),) for name in "BCDE"))),
    ),
)
EVERY_BLOCK = Page(
    "Title",
    (
        Heading("A heading"),
        Subheading("A subheading"),
        Paragraph("A paragraph."),
        Bullets(("First bullet", "Second bullet")),
        Facts((("Label", "value"), ("Is this a question?", "Yes"))),
        Card("A card", Tone.NEUTRAL, (Paragraph("in a card"), Bullets(("card bullet",)), Facts((("a", "b"),)))),
        COMPARED,
        BodyMap((BodyMark("neck", "", "the neck", Level.STRONG),), (("Since", "May"),)),
    ),
)


def saying(text: str) -> Page:
    """A page with `text` in every place that can hold one."""
    return map_texts(EVERY_BLOCK, lambda _: text)


def test_a_change_reaches_every_text_of_a_page() -> None:
    changed = list(texts_in(map_texts(EVERY_BLOCK, str.upper)))
    assert changed == [text.upper() for text in texts_in(EVERY_BLOCK)]


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
@pytest.mark.parametrize("width", [31, 40, 80, 100])
def test_no_fact_is_lost_when_drawn(any_page: Page, width: int, encoding: str) -> None:
    told = run_together(rendered(any_page, width=width, encoding=encoding))
    for text in texts_in(blocks_of_one_column(any_page)):
        assert run_together(encodable(text, encoding)) in told


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
@pytest.mark.parametrize("width", [40, 80, 100])
def test_no_word_is_lost_from_a_comparison(any_page: Page, width: int, encoding: str) -> None:
    cells = {encodable(word, encoding): count for word, count in words_in_cells(any_page).items()}
    drawn = rendered(any_page, width=width, encoding=encoding).split()
    assert {word: count for word, count in cells.items() if drawn.count(word) < count} == {}


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_no_fact_is_lost_in_plain_lines(any_page: Page, encoding: str) -> None:
    lines = rendered(any_page, plain=True, encoding=encoding)
    for text in texts_in(any_page):
        assert encodable(text, encoding) in lines


def test_plain_lines_hold_no_drawing(any_page: Page) -> None:
    lines = rendered(any_page, plain=True)
    assert {char for char in lines if unicodedata.category(char) == "So"} == set()
    assert "\x1b" not in lines


def test_plain_lines_repeat_whose_fact_it_is() -> None:
    lines = rendered(Page("", (COMPARED,)), plain=True).splitlines()
    assert lines[:3] == ["Therapy A: Suggested", "A. Fits: fits-A", ""]
    assert "B. Against: against-B" in lines


def test_the_label_of_a_question_keeps_its_question_mark_alone() -> None:
    lines = rendered(EVERY_BLOCK, plain=True).splitlines()
    assert "Is this a question? Yes" in lines
    assert "Label: value" in lines


@pytest.mark.parametrize("width", [31, 40, 60, 80, 100])
def test_no_line_is_wider_than_the_terminal(any_page: Page, width: int) -> None:
    assert max(map(len, rendered(any_page, width=width).splitlines())) <= width


def test_at_80_columns_at_most_three_therapies_stand_side_by_side() -> None:
    rows = [line for line in rendered(Page("", (COMPARED,)), width=80).splitlines() if "fits-" in line]
    assert [line.count("fits-") for line in rows] == [2, 3]


def test_at_40_columns_therapies_follow_one_another() -> None:
    lines = [line.strip() for line in rendered(Page("", (COMPARED,)), width=40).splitlines()]
    assert max(line.count("fits-") for line in lines) == 1
    assert lines.index("A") < lines.index("✓ fits-A") < lines.index("B")


def test_what_fits_is_marked_without_relying_on_colour() -> None:
    page = Page("", (COMPARED,))
    assert "✓ fits-A" in rendered(page)
    assert "! against-B" in rendered(page)
    assert "+ fits-A" in rendered(page, encoding="ascii")


@pytest.mark.parametrize("plain", [True, False])
def test_markup_is_shown_as_text(plain: bool) -> None:
    page = map_texts(EVERY_BLOCK, lambda text: f"[b]{text.replace(' ', '-')[:6]}[/]")
    drawn = rendered(page, plain=plain)
    names = {f"[b]{name.replace(' ', '-')[:6]}[/]" for one in COMPARED.columns for name in (one.name, one.short)}
    assert {text for text in texts_in(page) if text not in drawn} <= names


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("sneaky", ["\x1b[31m", "\x1b]0;title\x07", "\x9b2J", "\r", "\x08", "\u202e", "\u200b"])
def test_terminal_codes_are_not_passed_on(sneaky: str, plain: bool) -> None:
    drawn = rendered(saying(f"a{sneaky}b"), plain=plain)
    assert [char for char in drawn if unicodedata.category(char)[0] == "C" and char != "\n"] == []


@pytest.mark.parametrize("plain", [True, False])
def test_a_line_break_in_a_text_starts_no_line_of_its_own(plain: bool) -> None:
    assert "one two" in rendered(Page("", (Paragraph("one\ntwo"),)), plain=plain)


def test_a_word_that_is_wider_than_its_column_is_folded_and_not_cut() -> None:
    word = "Sternocleidomastoid" * 4
    assert run_together(rendered(Page("", (Facts((("Muscle", word),)), Bullets((word,)))), width=40)).count(word) == 2
    assert word in run_together(rendered(Page("", (Card(word, Tone.GO, ()),)), width=31))


def test_a_number_that_was_never_filled_in_is_said_in_words() -> None:
    assert "Call your local emergency number" in rendered(Page("", (Paragraph("Call {emergency}"),)))


@pytest.mark.parametrize("width", [31, 40, 80, 100])
def test_an_empty_page_can_be_shown(width: int) -> None:
    assert rendered(Page("", ()), width=width).strip() == ""
    assert rendered(Page("", ()), plain=True) == ""


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "cp1252", "utf-16"])
@pytest.mark.parametrize("plain", [True, False])
def test_no_encoding_makes_it_fail(any_page: Page, encoding: str, plain: bool) -> None:
    assert rendered(any_page, plain=plain, encoding=encoding)


def test_the_comparison_without_an_intake_shows_every_therapy_asked_for() -> None:
    page = compare_page(TABLE, [therapy.id for therapy in TABLE.therapies])
    drawn = rendered(page, width=80)
    assert [one.name for one in TABLE.therapies if one.name not in drawn] == []
