"""The result for the front desk: in one glance what to do, what to ask next, and why. Private answers stay out."""

from __future__ import annotations

from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import MOST_PRESSURE, Region, RuleTable
from nmtchoose.pages.flags import flags_of, open_points
from nmtchoose.pages.limits import limit_label
from nmtchoose.pages.page import Block, Card, Heading, Page, Paragraph, facts, listed, page_with_numbers
from nmtchoose.pages.suggestion import TONES, suggested_label, suggested_names, waiting_for
from nmtchoose.pages.urgent import whom_to_call
from nmtchoose.words.sentences import joined, sentence
from nmtchoose.words.sites import sites_in_words
from nmtchoose.words.terms import FLAG, pressure_words

WITHHELD = "a private answer; only the therapist's page shows it."


def staff_page(
    assessment: Assessment,
    questionnaire: Questionnaire,
    rules: RuleTable,
    answers: Answers,
    region: Region | None = None,
) -> Page:
    """Return what staff need beyond the client's page; the parameters are those of `result_page`.

    Answers to private questions are withheld, except in an emergency, where whoever helps has to know them.
    """
    blocks = (
        Heading("For the desk"),
        _glance(assessment, rules),
        *_ask_next(assessment, questionnaire, answers),
        *_flags(assessment, questionnaire, rules),
        *_limits(assessment, questionnaire),
        Heading("Please note"),
        Paragraph(sentence(rules, "for_staff")),
    )
    page = Page("For the desk", blocks)
    return page_with_numbers(page, region) if region else page


def _glance(assessment: Assessment, rules: RuleTable) -> Card:
    said = rules.dispositions[assessment.disposition]
    calls = whom_to_call(assessment.disposition) if assessment.disposition.is_emergency else ()
    told = facts(
        *calls,
        ("Do now", said.staff),
        ("Goes to", sentence(rules, f"goes_to_{assessment.disposition.value}")),
        (suggested_label(assessment), suggested_names(assessment, rules)),
        ("Wait until", waiting_for(assessment)),
    )
    return Card(said.title, TONES[assessment.disposition], told)


def _ask_next(assessment: Assessment, questionnaire: Questionnaire, answers: Answers) -> tuple[Block, ...]:
    private = {one.id for one in questionnaire.questions if one.private}
    shown = {one: answer for one, answer in answers.items() if one not in private}
    return listed("Ask next", open_points(assessment, questionnaire, shown))


def _flags(assessment: Assessment, questionnaire: Questionnaire, rules: RuleTable) -> tuple[Block, ...]:
    shows_all = assessment.disposition.is_emergency
    told = tuple(
        f"{FLAG[flag.leads_to]}: {flag.words if shows_all or not flag.private else WITHHELD}"
        for flag in flags_of(assessment, questionnaire, rules)
    )
    return listed("Flags, and the answers behind them", told)


def _limits(assessment: Assessment, questionnaire: Questionnaire) -> tuple[Block, ...]:
    if assessment.disposition.forbids_therapy:
        return ()
    pressure = pressure_words(assessment.pressure_limit) if assessment.pressure_limit < MOST_PRESSURE else ""
    sites: dict[int, list[str]] = {}
    for note in sorted(assessment.site_notes, key=lambda one: one.pressure_limit):
        sites.setdefault(note.pressure_limit, []).append(note.site)
    told = facts(
        ("Whole body", pressure),
        *((limit_label(limit), joined(sites_in_words(these, questionnaire), "and")) for limit, these in sites.items()),
    )
    return (Heading("Limits"), *told) if told else ()
