"""Which places go on the body map: what the client marked, and what is to be left alone."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.model.answers import Answers, chosen
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.pages.page import Block, BodyMap, BodyMark, Heading, Level, Page, Paragraph
from nmtchoose.words.sites import named_site

PAIN_QUESTION = "pain_sites"
PAIN_NOW = "pain_now"
PAIN_WORST = "pain_worst"
MEDIUM_FROM = 4
STRONG_FROM = 7
"""Bands of the 0 to 10 scale: mild to 3, medium to 6, strong from 7 (a common convention; no rule uses them)."""

TITLE = "Body map"


def body_map_page(questionnaire: Questionnaire, answers: Answers, pain_question: str = PAIN_QUESTION) -> Page:
    """Return a page with every place marked so far: those that hurt in `pain_question`, and those named elsewhere.

    Nothing is assessed, so a place named in another question is shown as that, whatever a rule may make of it.
    """
    marks = (*pain_marks(questionnaire, answers, pain_question), *_named(questionnaire, answers, pain_question))
    block = BodyMap(marks) if marks else Paragraph("No place is marked.")
    return Page(TITLE, (Heading(TITLE), block))


def body_map_blocks(
    assessment: Assessment, questionnaire: Questionnaire, rules: RuleTable, answers: Answers
) -> tuple[Block, ...]:
    """Return the map of what hurts and what is left alone, under its heading; empty when there is neither."""
    marks = result_marks(assessment, questionnaire, rules, answers)
    return (Heading(TITLE), BodyMap(marks)) if marks else ()


def result_marks(
    assessment: Assessment, questionnaire: Questionnaire, rules: RuleTable, answers: Answers
) -> tuple[BodyMark, ...]:
    """Return the places that hurt, then those that `assessment` leaves alone."""
    spared = (note.site for note in assessment.site_notes if note.pressure_limit == 0)
    return (
        *pain_marks(questionnaire, answers, rules.pain_question),
        *(_mark(site, Level.SPARED, questionnaire) for site in dict.fromkeys(spared)),
    )


def pain_marks(questionnaire: Questionnaire, answers: Answers, pain_question: str) -> tuple[BodyMark, ...]:
    """Return the places that hurt, all with the level of the pain, since it is asked once and not for each place."""
    level = pain_level(answers)
    return tuple(_mark(site, level, questionnaire) for site in chosen(answers.get(pain_question, ())))


def pain_level(answers: Answers) -> Level:
    """Return how strong the pain is: now or at its worst, whichever is more; `marked` when neither was told."""
    told = [answer for one in (PAIN_NOW, PAIN_WORST) if isinstance(answer := answers.get(one), int)]
    if not told:
        return Level.MARKED
    if max(told) >= STRONG_FROM:
        return Level.STRONG
    return Level.MEDIUM if max(told) >= MEDIUM_FROM else Level.MILD


def _named(questionnaire: Questionnaire, answers: Answers, pain_question: str) -> Iterator[BodyMark]:
    for question in questionnaire.questions:
        if question.sites and question.id != pain_question:
            for site in chosen(answers.get(question.id, ())):
                yield _mark(site, Level.NAMED, questionnaire)


def _mark(site: str, level: Level, questionnaire: Questionnaire) -> BodyMark:
    named = named_site(site, questionnaire)
    return BodyMark(named.region, named.side, named.name, level)
