from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise

import pytest
from markdown_it import MarkdownIt

from nmtchoose.formats.html_page import DRAWN, body_svg, html_page, sheet_html
from nmtchoose.formats.text_page import markdown_page
from nmtchoose.pages.handover import full_page, therapist_handover
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
    Page,
    Paragraph,
    Point,
    Tone,
    map_texts,
)
from tests.formats.intakes import EXAMPLES, PRACTICE, SMALL, example

NASTY = "<script>alert(1)</script> & \"quoted\" 'too' | *bold* _it_ [x](y) `code` # not\n- a list"
EVERYTHING = Page(
    "title",
    (
        Card("card", Tone.DOCTOR, (Paragraph("p"), Bullets(("b",)), Facts((("label", "value"),)))),
        Heading("h"),
        Comparison((Column("name", "short", "standing"),), (ComparisonRow("row", ((Point("point"),),)),)),
        BodyMap((BodyMark("neck", "", "Neck", Level.MILD),), (("beside", "told"),)),
    ),
)


class Reader(HTMLParser):
    """Collects tags with their attributes, and the text that is shown."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.shown: list[str] = []
        self._hidden = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._hidden += tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag == "style"

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.shown.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.shown).split())


def texts(page: Page) -> set[str]:
    found: set[str] = set()
    map_texts(page, lambda text: found.add(" ".join(text.split())) or text)  # type: ignore[func-returns-value]
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_html_page_shows_every_text_of_the_page(name: str) -> None:
    for page in (full_page(example(name), PRACTICE), therapist_handover(example(name), PRACTICE)):
        shown = Reader(html_page(page)).text
        assert [text for text in texts(page) if text not in shown] == []


def test_every_text_is_escaped_wherever_it_stands() -> None:
    reader = Reader(html_page(map_texts(EVERYTHING, lambda _: NASTY)))
    assert reader.named("script") == []
    assert reader.text.count("<script>alert(1)</script>") >= len(texts(EVERYTHING))


@pytest.mark.parametrize("name", ["nmt", "emergency"])
def test_nothing_is_loaded_from_elsewhere_and_nothing_runs(name: str) -> None:
    for html in (html_page(therapist_handover(example(name), PRACTICE)), sheet_html(PRACTICE.tables.questionnaire)):
        reader = Reader(html)
        assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in reader.tags}
        attributes = [key for _, found in reader.tags for key in found]
        assert [key for key in attributes if key.startswith("on") or key in ("src", "href", "action")] == []
        assert "@import" not in html
        assert "url(http" not in html


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_page_has_a_language_a_title_one_h1_and_headings_in_order(name: str) -> None:
    page = full_page(example(name), PRACTICE)
    reader = Reader(html_page(page))
    levels = [int(tag[1]) for tag, _ in reader.tags if tag in ("h1", "h2", "h3")]
    assert reader.named("html")[0]["lang"] == "en"
    assert page.title in reader.text
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_table_headers_say_what_they_head() -> None:
    reader = Reader(html_page(full_page(example("nmt"), PRACTICE)))
    assert {head["scope"] for head in reader.named("th")} == {"col", "row"}


def test_large_print_is_the_same_page_in_another_size() -> None:
    page = full_page(example("nmt"), PRACTICE)
    large, usual = html_page(page, large=True), html_page(page)
    assert Reader(large).named("html")[0]["class"] == "large"
    assert Reader(large).text == Reader(usual).text


def test_the_client_does_not_read_what_the_desk_has_to_do() -> None:
    said = PRACTICE.tables.rules.dispositions[example("nmt").assessment.disposition].staff
    assert said not in texts(full_page(example("nmt"), PRACTICE))


def test_the_body_map_has_a_title_and_says_its_marks() -> None:
    mark = BodyMark("shoulder", "left", "Shoulder", Level.SPARED)
    reader = Reader(html_page(Page("t", (Heading("t"), BodyMap((mark,))))))
    drawing = reader.named("svg")[0]
    assert drawing["role"] == "img"
    assert drawing["aria-labelledby"] == "map-title map-told"
    assert reader.text.count("Leave alone: Shoulder (left)") == 1
    assert "Shoulder (left)" in reader.text.split("Back", 1)[1]


def test_a_mark_fills_its_side_on_both_figures() -> None:
    paths = Reader(body_svg([BodyMark("knee", "left", "Knee", Level.STRONG)], "t", "d")).named("path")
    filled = [path for path in paths if path["class"] == "strong"]
    # From the front the client's left is at the right of the picture, as drawn; from the back it is mirrored.
    assert ["transform" in path for path in filled] == [False, True]


def test_every_body_region_of_the_questionnaire_is_drawn() -> None:
    assert {region.id for region in PRACTICE.tables.questionnaire.body} <= DRAWN


@pytest.mark.parametrize("name", EXAMPLES)
def test_markdown_shows_every_text_of_the_page(name: str) -> None:
    page = full_page(example(name), PRACTICE)
    shown = Reader(MarkdownIt("commonmark").enable("table").render(markdown_page(page))).text
    marks = {mark.words for block in page.blocks if isinstance(block, BodyMap) for mark in block.marks}
    shorts = {one.short for one in PRACTICE.tables.rules.therapies}
    assert [text for text in texts(page) - marks - shorts if text not in shown] == []


def test_no_text_is_read_as_markdown() -> None:
    page = map_texts(Page("t", (Paragraph("p"), Bullets(("1. b",)), Facts((("l", "v"),)))), lambda _: NASTY)
    html = MarkdownIt("commonmark").enable("table").render(markdown_page(page))
    reader = Reader(html)
    assert {tag for tag, _ in reader.tags} <= {"h1", "p", "ul", "li", "strong"}
    assert reader.text.count("*bold* _it_ [x](y) `code` # not - a list") == 5


def test_a_text_that_begins_like_a_list_stays_a_text() -> None:
    html = MarkdownIt("commonmark").render(markdown_page(Page("t", (Paragraph("1. one"), Paragraph("- two")))))
    assert [tag for tag, _ in Reader(html).tags] == ["h1", "p", "p"]


def test_the_html_form_asks_every_question_once() -> None:
    reader = Reader(sheet_html(SMALL.tables.questionnaire))
    asked = {one.id for one in SMALL.tables.questionnaire.questions}
    assert len(reader.named("fieldset")) == len(asked)
    assert {field["name"] for tag in ("input", "textarea") for field in reader.named(tag)} == asked
