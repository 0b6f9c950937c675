"""The pages to hand over: one for the client, one for the therapist with the "S" of a SOAP note."""

from __future__ import annotations

from nmtchoose.exports.intake import Intake, Practice
from nmtchoose.exports.soap import subjective
from nmtchoose.reports.page import Block, Card, Facts, Heading, Page, Paragraph
from nmtchoose.reports.result_page import result_page
from nmtchoose.reports.telephone import page_with_numbers
from nmtchoose.reports.therapist_page import therapist_page

AT_THE_DESK = "At the desk"
SUBJECTIVE = "SOAP note: S (subjective)"


def full_page(intake: Intake, practice: Practice) -> Page:
    """Return the page of the result as `intake` and `screen` show it."""
    page = result_page(intake.assessment, practice.questionnaire, practice.rules, intake.answers)
    return page_with_numbers(page, practice.region)


def client_page(intake: Intake, practice: Practice) -> Page:
    """Return the page that the client takes home: the result without what only the desk has to do.

    In an emergency the whole page stays, since whoever holds it has to act on it.
    """
    page = full_page(intake, practice)
    if intake.assessment.disposition.is_emergency:
        return page
    return Page(page.title, tuple(_without_desk(block) for block in page.blocks))


def therapist_handover(intake: Intake, practice: Practice) -> Page:
    """Return the therapist's page with the client's own account at its end, ready for the session note."""
    page = therapist_page(intake.assessment, practice.questionnaire, practice.rules, intake.answers)
    said = subjective(practice.questionnaire, practice.rules, intake.answers)
    if intake.assessment.disposition.is_emergency or not said:
        return page_with_numbers(page, practice.region)
    note = (Heading(SUBJECTIVE), *(Paragraph(text) for text in said))
    return page_with_numbers(Page(page.title, (*page.blocks, *note)), practice.region)


def made_with(intake: Intake, practice: Practice) -> str:
    """Return what made the result, and when the answers were given, for the foot of a page."""
    stamp = intake.assessment.stamp
    when = f"Answered {intake.answered:%Y-%m-%d %H:%M}. " if intake.answered else ""
    return (
        f"{when}{practice.questionnaire.title}, made with nmtchoose {stamp.app}: questions"
        f" {stamp.questionnaire.version} ({stamp.questionnaire.sha256[:12]}), rules {stamp.rules.version}"
        f" ({stamp.rules.sha256[:12]})."
    )


def _without_desk(block: Block) -> Block:
    if not isinstance(block, Card):
        return block
    body = tuple(
        Facts(tuple(pair for pair in part.pairs if pair[0] != AT_THE_DESK)) if isinstance(part, Facts) else part
        for part in block.body
    )
    return Card(block.title, block.tone, tuple(part for part in body if part != Facts(())))
