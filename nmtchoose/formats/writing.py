"""What writes each format of the registry: intakes in, one text out."""

import io
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from nmtchoose.formats.assessment_json import answers_text, assessment_text, lines_text
from nmtchoose.formats.csv_columns import csv_text
from nmtchoose.formats.fhir_response import responses_text
from nmtchoose.formats.html_page import html_page
from nmtchoose.formats.text_page import markdown_page
from nmtchoose.formats.viewing import Viewing, show
from nmtchoose.pages.handover import full_page, large_page, letter, therapist_handover
from nmtchoose.pages.intake import Intake, Practice
from nmtchoose.pages.page import Page, page_of_clinic, under_names

_SCREEN_WIDTH = 80

_PageOf = Callable[[Intake, Practice], Page]


def _one_page(page_of: _PageOf, intakes: Sequence[Intake], practice: Practice) -> Page:
    pages = [(intake.title, page_of(intake, practice)) for intake in intakes]
    if len(pages) == 1:
        return pages[0][1]
    every = Page(practice.tables.questionnaire.title, under_names(pages))
    return page_of_clinic(every, practice.clinic, *(intake.assessment.disposition for intake in intakes))


def _markdown(page_of: _PageOf, intakes: Sequence[Intake], practice: Practice) -> str:
    return markdown_page(_one_page(page_of, intakes, practice))


def _shown(intakes: Sequence[Intake], practice: Practice, *, plain: bool) -> str:
    text = io.StringIO()
    viewing = Viewing(plain=plain, width=_SCREEN_WIDTH, encoding="utf-8", colour=False)
    show(_one_page(full_page, intakes, practice), text, viewing)
    return text.getvalue()


def _html(page_of: _PageOf, intakes: Sequence[Intake], practice: Practice, *, large: bool = False) -> str:
    return html_page(page_of(intakes[0], practice), large=large)


WRITERS: Mapping[str, Callable[[Sequence[Intake], Practice], str]] = {
    "json": assessment_text,
    "answers": answers_text,
    "jsonl": lines_text,
    "csv": csv_text,
    "markdown": partial(_markdown, full_page),
    "markdown-therapist": partial(_markdown, therapist_handover),
    "text": partial(_shown, plain=False),
    "plain": partial(_shown, plain=True),
    "html": partial(_html, full_page),
    "html-large": partial(_html, large_page, large=True),
    "html-letter": partial(_html, letter),
    "html-therapist": partial(_html, therapist_handover),
    "fhir": responses_text,
}
