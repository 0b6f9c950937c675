"""The result for the front desk: in one glance what to do, what to ask next, and why. Private answers stay out."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.model.assessment import Assessment
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables
from nmtchoose.pages.flags import flags_of, open_points
from nmtchoose.pages.intake import Intake
from nmtchoose.pages.page import Block, Card, Heading, Page, Paragraph, facts, listed
from nmtchoose.pages.suggestion import TONES, site_pairs, suggested, waiting, whole_body
from nmtchoose.pages.urgent import whom_to_call
from nmtchoose.words.sentences import sentence
from nmtchoose.words.terms import FLAG, review_words

WITHHELD = "a private answer; only the therapist's page shows it."


def staff_page(intake: Intake, tables: Tables) -> Page:
    """Return what staff need beyond the client's page; numbers to call stay open, as on `result_page`.

    Answers to private questions are withheld, except in an emergency, where whoever helps has to know them.
    """
    assessment = intake.assessment
    public = {one: answer for one, answer in intake.answers.items() if not tables.questionnaire[one].private}
    blocks = (
        Heading("For the desk"),
        _glance(assessment, tables.rules),
        *listed("Ask next", open_points(assessment, tables.questionnaire, public)),
        *listed("Flags, and the answers behind them", tuple(_flags(assessment, tables))),
        *_limits(assessment, tables),
        Heading("Please note"),
        Paragraph(sentence(tables.rules, "for_staff")),
        Paragraph(review_words(tables.rules.reviewed)),
    )
    return Page("For the desk", blocks)


def _glance(assessment: Assessment, rules: RuleTable) -> Card:
    said = rules.dispositions[assessment.disposition]
    told = facts(
        *(whom_to_call(assessment.disposition) if assessment.disposition.is_emergency else ()),
        ("Do now", said.staff),
        ("Goes to", sentence(rules, f"goes_to_{assessment.disposition.value}")),
        suggested(assessment, rules),
        waiting(assessment),
    )
    return Card(said.title, TONES[assessment.disposition], told)


def _flags(assessment: Assessment, tables: Tables) -> Iterator[str]:
    for flag in flags_of(assessment, tables):
        withheld = flag.private and not assessment.disposition.is_emergency
        yield f"{FLAG[flag.leads_to]}: {WITHHELD if withheld else flag.words}"


def _limits(assessment: Assessment, tables: Tables) -> tuple[Block, ...]:
    if assessment.disposition.forbids_therapy:
        return ()
    places = site_pairs(assessment.site_notes, tables, reasons=False)
    told = facts(("Whole body", whole_body(assessment, tables.rules)), *places)
    return (Heading("Limits"), *told) if told else ()
