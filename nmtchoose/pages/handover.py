"""The pages to hand over: one for the client, one for the therapist with the "S" of a SOAP note, and a letter.

The letter is to the doctor whom a client sees first: what was asked and said, in the client's words, and no more.
"""

from __future__ import annotations

from msgspec.structs import replace

from nmtchoose.model.rules import Stage
from nmtchoose.model.tables import Tables
from nmtchoose.pages.glance import glance_page
from nmtchoose.pages.intake import Intake, Practice, fired_rules
from nmtchoose.pages.page import (
    Block,
    Facts,
    Heading,
    Page,
    Paragraph,
    facts,
    listed,
    page_of_clinic,
    page_with_numbers,
)
from nmtchoose.pages.result import result_page
from nmtchoose.pages.soap import subjective
from nmtchoose.pages.suggestion import pain_told
from nmtchoose.pages.therapist import therapist_page
from nmtchoose.words.answers import answer_words, answered
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


_TITLE = "To the doctor"
_HELLO = (
    "This client was asked health questions before a massage. The answers below are why a doctor is seen first."
    " Nobody has examined the client, nothing is diagnosed, and nothing is ruled out."
)
_NO = "No"
_PLEASE = "Is massage sensible for now, and what should be left alone? A line for the client to bring back is enough."


def letter_page(intake: Intake, tables: Tables) -> Page:
    """Return the letter: the answers that lead to a doctor, where it hurts, and what else was answered about health."""
    assessment = intake.assessment
    medical = {
        rule.id
        for rule in fired_rules(assessment, tables.rules)
        if rule.stage in (Stage.EMERGENCY, Stage.MEDICAL) and rule.then.disposition is not None
    }
    why = answered((one.because for one in assessment.trace if one.rule in medical), tables.questionnaire)
    told = {question for question, _ in why}
    others = [
        (question.ask.client, answer_words(question, intake.answers[question.id]), question.is_line)
        for question in tables.questionnaire.questions
        if question.id in intake.answers and question.purpose.is_safety and question.ask.client not in told
    ]
    denied = "; ".join(asked for asked, said, line in others if line and said == _NO)
    blocks: tuple[Block, ...] = (
        Heading(_TITLE),
        Paragraph(_HELLO),
        *_under("What the client said", why),
        *listed("Where it hurts", pain_told(intake, tables)),
        *_under(
            "What else was asked, and answered",
            tuple((asked, said) for asked, said, line in others if not line or said != _NO),
        ),
        *((Paragraph(f"{_NO} to: {denied}."),) if denied else ()),
        Heading("What the client may ask you"),
        Paragraph(_PLEASE),
    )
    return Page(_TITLE, blocks)


def _under(title: str, pairs: tuple[tuple[str, str], ...]) -> tuple[Block, ...]:
    return (Heading(title), *facts(*pairs)) if pairs else ()
