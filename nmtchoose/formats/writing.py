"""What writes each format of the registry: intakes in, one text out."""

import io
import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from nmtchoose.formats.assessment_json import answers_record, as_text, full_record
from nmtchoose.formats.csv_columns import csv_text
from nmtchoose.formats.fhir import responses_text
from nmtchoose.formats.html_page import html_page
from nmtchoose.formats.text_page import markdown_page
from nmtchoose.formats.viewing import Viewing, show
from nmtchoose.pages.handover import full_page, large_page, letter, therapist_handover
from nmtchoose.pages.intake import Intake, Practice
from nmtchoose.pages.page import Page, page_of_clinic, under_names

_SCREEN_WIDTH = 80


def _one_page(page_of: Callable[[Intake, Practice], Page], intakes: Sequence[Intake], practice: Practice) -> Page:
    pages = [(intake.title, page_of(intake, practice)) for intake in intakes]
    if len(pages) == 1:
        return pages[0][1]
    every = Page(practice.tables.questionnaire.title, under_names(pages))
    return page_of_clinic(every, practice.clinic, *(intake.assessment.disposition for intake in intakes))


def _shown(intakes: Sequence[Intake], practice: Practice, *, plain: bool) -> str:
    text = io.StringIO()
    viewing = Viewing(plain=plain, width=_SCREEN_WIDTH, encoding="utf-8", colour=False)
    show(_one_page(full_page, intakes, practice), text, viewing)
    return text.getvalue()


def _json(intakes: Sequence[Intake], practice: Practice) -> str:
    records = [full_record(one, practice) for one in intakes]
    return as_text(records[0] if len(records) == 1 else records)


WRITERS: Mapping[str, Callable[[Sequence[Intake], Practice], str]] = {
    "json": _json,
    "answers": lambda intakes, practice: as_text(answers_record(intakes[0].answers, practice.tables.questionnaire)),
    "jsonl": lambda intakes, practice: "".join(
        f"{json.dumps(full_record(one, practice), ensure_ascii=False)}\n" for one in intakes
    ),
    "csv": csv_text,
    "markdown": lambda intakes, practice: markdown_page(_one_page(full_page, intakes, practice)),
    "markdown-therapist": lambda intakes, practice: markdown_page(_one_page(therapist_handover, intakes, practice)),
    "text": partial(_shown, plain=False),
    "plain": partial(_shown, plain=True),
    "html": lambda intakes, practice: html_page(full_page(intakes[0], practice)),
    "html-large": lambda intakes, practice: html_page(large_page(intakes[0], practice), large=True),
    "html-letter": lambda intakes, practice: html_page(letter(intakes[0], practice)),
    "html-therapist": lambda intakes, practice: html_page(therapist_handover(intakes[0], practice)),
    "fhir": responses_text,
}
