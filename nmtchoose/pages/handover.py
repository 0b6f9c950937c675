"""The pages to hand over: one for the client, one for the therapist with the "S" of a SOAP note."""

from __future__ import annotations

from dataclasses import replace

from nmtchoose.pages.intake import Intake, Practice
from nmtchoose.pages.page import (
    Block,
    Card,
    Facts,
    Heading,
    Page,
    Paragraph,
    Simple,
    facts,
    page_of_clinic,
    page_with_numbers,
)
from nmtchoose.pages.result import result_page
from nmtchoose.pages.soap import subjective
from nmtchoose.pages.therapist import therapist_page
from nmtchoose.words.terms import files_words

_NOT_FOR_CLIENTS = ("At the desk", "Made with", "In short")
"""Labels of what only the desk or a terminal needs; what made the result stands at the foot of the page."""


def full_page(intake: Intake, practice: Practice) -> Page:
    """Return the page of the result as `intake` and `screen` show it."""
    return _of_practice(result_page(intake, practice.tables), intake, practice)


def client_page(intake: Intake, practice: Practice) -> Page:
    """Return the page that the client takes home: the result without what only the desk has to do.

    In an emergency the whole page stays, since whoever holds it has to act on it.
    """
    page = full_page(intake, practice)
    if intake.assessment.disposition.is_emergency:
        return page
    return replace(page, blocks=tuple(part for block in page.blocks for part in _for_client(block)))


def therapist_handover(intake: Intake, practice: Practice) -> Page:
    """Return the therapist's page with the client's own account at its end, ready for the session note."""
    page = therapist_page(intake, practice.tables)
    said = subjective(intake.answers, practice.tables)
    if said and not intake.assessment.disposition.is_emergency:
        note: tuple[Block, ...] = (Heading("SOAP note: S (subjective)"), *(Paragraph(text) for text in said))
        page = replace(page, blocks=(*page.blocks, *note))
    return _of_practice(page, intake, practice)


def made_with(intake: Intake, practice: Practice) -> str:
    """Return what made the result, and when the answers were given, for the foot of a page."""
    stamp = intake.assessment.stamp
    when = f"Answered {intake.answered:%Y-%m-%d %H:%M}. " if intake.answered else ""
    return f"{when}{practice.tables.questionnaire.title}, made with nmtchoose {stamp.app}: {files_words(stamp)}."


def _of_practice(page: Page, intake: Intake, practice: Practice) -> Page:
    return page_of_clinic(page_with_numbers(page, practice.region), practice.clinic, intake.assessment.disposition)


def _for_client(block: Block) -> tuple[Block, ...]:
    match block:
        case Card(title, tone, body):
            return (Card(title, tone, tuple(part for one in body for part in _kept(one))),)
        case Facts():
            return _kept(block)
        case _:
            return (block,)


def _kept(part: Simple) -> tuple[Simple, ...]:
    return (
        facts(*(pair for pair in part.pairs if pair[0] not in _NOT_FOR_CLIENTS)) if isinstance(part, Facts) else (part,)
    )
