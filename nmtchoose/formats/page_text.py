"""Results as text: Markdown, as on the screen, and as plain lines. Several follow one another under their names."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence

from nmtchoose.formats.markdown_page import markdown_page
from nmtchoose.formats.viewing import Viewing, show
from nmtchoose.pages.handover import full_page
from nmtchoose.pages.intake import Intake, Practice
from nmtchoose.pages.page import Block, Heading, Page, page_of_clinic

SCREEN_WIDTH = 80


PageOf = Callable[[Intake, Practice], Page]


def markdown_text(intakes: Sequence[Intake], practice: Practice, page_of: PageOf = full_page) -> str:
    """Return the results as Markdown; `page_of` says which page of each."""
    return markdown_page(one_page(intakes, practice, page_of))


def drawn_text(intakes: Sequence[Intake], practice: Practice) -> str:
    """Return the results as a screen of 80 columns shows them, without colour."""
    return _shown(one_page(intakes, practice), plain=False)


def plain_text(intakes: Sequence[Intake], practice: Practice) -> str:
    """Return the results as lines that a screen reader reads well."""
    return _shown(one_page(intakes, practice), plain=True)


def one_page(intakes: Sequence[Intake], practice: Practice, page_of: PageOf = full_page) -> Page:
    """Return all results on one page, each under its name where there are several."""
    pages = [(intake.title, page_of(intake, practice)) for intake in intakes]
    if len(pages) == 1:
        return pages[0][1]
    every = Page(practice.tables.questionnaire.title, tuple(_named(pages)))
    return page_of_clinic(every, practice.clinic, *(intake.assessment.disposition for intake in intakes))


def _named(pages: Sequence[tuple[str, Page]]) -> Iterator[Block]:
    for name, page in pages:
        yield Heading(name)
        yield from page.blocks


def _shown(page: Page, *, plain: bool) -> str:
    text = io.StringIO()
    show(page, text, Viewing(plain=plain, width=SCREEN_WIDTH, encoding="utf-8", colour=False))
    return text.getvalue()
