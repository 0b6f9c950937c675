"""The result for the therapist on one page: who comes, where it hurts, what to ask, what to leave out, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nmtchoose.model.answers import Answer, Answers, special
from nmtchoose.model.assessment import Assessment, Status
from nmtchoose.model.questionnaire import NONE, Kind, Question, Questionnaire
from nmtchoose.model.rules import Region, RuleTable
from nmtchoose.reports.answer_words import answer_words, short_label
from nmtchoose.reports.body_marks import TITLE as BODY_MAP
from nmtchoose.reports.body_marks import result_marks
from nmtchoose.reports.flags import flags_of, open_points
from nmtchoose.reports.limits import pressure_pairs, site_pairs
from nmtchoose.reports.page import Block, BodyMap, Facts, Heading, Page, Paragraph, facts, listed
from nmtchoose.reports.plain_page import labelled
from nmtchoose.reports.suggestion import suggested_label, suggested_names, waiting_for
from nmtchoose.reports.telephone import page_with_numbers
from nmtchoose.reports.urgent_page import emergency_blocks
from nmtchoose.reports.wording import FLAG, joined, sentence

WHO = ("age", "goals")
"""The questions about who comes and what for; a questionnaire without them is told without them."""

SUBACUTE_FROM = "subacute_from_weeks"
CHRONIC_FROM = "chronic_from_weeks"
"""The settings of the rule table that name how long pain has lasted."""

_NO = "no"


def therapist_page(
    assessment: Assessment,
    questionnaire: Questionnaire,
    rules: RuleTable,
    answers: Answers,
    region: Region | None = None,
) -> Page:
    """Return what the therapist has to know, private answers included; the parameters are those of `result_page`.

    Every answer that says something is on it. In an emergency it is the page for an emergency and nothing else.
    """
    if assessment.disposition.is_emergency:
        blocks = emergency_blocks(assessment, questionnaire, rules)
    else:
        blocks = _summary(assessment, questionnaire, rules, answers)
    page = Page("For the therapist", blocks)
    return page_with_numbers(page, region) if region else page


def _summary(
    assessment: Assessment, questionnaire: Questionnaire, rules: RuleTable, answers: Answers
) -> tuple[Block, ...]:
    pain = _pain_questions(questionnaire, rules)
    return (
        Heading("For the therapist"),
        *_suggestion(assessment, questionnaire, rules, answers),
        *_pain(assessment, questionnaire, rules, answers, pain),
        *_flags(assessment, questionnaire, rules),
        *_limits(assessment, questionnaire, rules),
        *_open(assessment, questionnaire, answers),
        *_wishes(questionnaire, answers, pain),
        *facts(("Sources", ", ".join(_sources(assessment, rules)))),
        Paragraph(sentence(rules, "not_a_diagnosis")),
    )
