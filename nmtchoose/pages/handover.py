"""The pages to hand over: one for the client, one for the therapist with the "S" of a SOAP note."""

from __future__ import annotations

from dataclasses import replace

from nmtchoose.pages.glance import glance_page
from nmtchoose.pages.intake import Intake, Practice
from nmtchoose.pages.letter import letter_page
from nmtchoose.pages.page import (
    Block,
    Facts,
    Heading,
    Page,
    Paragraph,
    page_of_clinic,
    page_with_numbers,
)
from nmtchoose.pages.result import result_page
from nmtchoose.pages.soap import subjective
from nmtchoose.pages.therapist import therapist_page
from nmtchoose.words.terms import files_words, review_words

_MOST = 6
"""So many lines of each kind stand on the page in large print."""

_SIGNING = (Facts((("Name", "_" * 40), ("Date, signature", "_" * 40))),)


def full_page(intake: Intake, practice: Practice) -> Page:
    """Return the page of the result as `intake` and `screen` show it."""
    return _of_practice(result_page(intake, practice.tables), intake, practice)


def therapist_handover(intake: Intake, practice: Practice) -> Page:
    """Return the therapist's page with the client's own account at its end, ready for the session note."""
    page = therapist_page(intake, practice.tables)
    said = subjective(intake, practice.tables)
    if said and not intake.assessment.disposition.is_emergency:
        note: tuple[Block, ...] = (Heading("SOAP note: S (subjective)"), *(Paragraph(text) for text in said))
        page = replace(page, blocks=(*page.blocks, *note))
    return _of_practice(page, intake, practice)


def large_page(intake: Intake, practice: Practice) -> Page:
    """Return what matters of the result, for large print; an emergency stays whole."""
    page = glance_page(intake, practice.tables, most=_MOST)
    return _of_practice(replace(page, foot=result_page(intake, practice.tables).foot), intake, practice)


def letter(intake: Intake, practice: Practice) -> Page:
    """Return the letter to the doctor."""
    return _of_practice(letter_page(intake, practice.tables), intake, practice)


def _foot(page: Page, intake: Intake, practice: Practice) -> str:
    """Return whose page this is and when the answers were given, before what the page itself says at its foot."""
    stamp = intake.assessment.stamp
    when = f"answered {intake.answered:%Y-%m-%d %H:%M}" if intake.answered else ""
    whose = ", ".join(part for part in (practice.tables.questionnaire.title, intake.name if when else "", when) if part)
    made = f"{review_words(stamp.reviewed)} nmtchoose {stamp.app}, {files_words(stamp)}."
    return f"{whose}. {page.foot or made}"


def _of_practice(page: Page, intake: Intake, practice: Practice) -> Page:
    signed = (
        (*page.blocks, *_SIGNING) if practice.signed and not intake.assessment.disposition.is_emergency else page.blocks
    )
    filled = page_with_numbers(replace(page, blocks=signed, foot=_foot(page, intake, practice)), practice.region)
    return page_of_clinic(filled, practice.clinic, intake.assessment.disposition)
