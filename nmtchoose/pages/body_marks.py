"""Which places go on the body map: what the client marked, and what is to be left alone."""

from __future__ import annotations

from nmtchoose.model.answers import Answers, chosen
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.tables import Tables
from nmtchoose.pages.intake import Intake
from nmtchoose.pages.page import Block, BodyMap, BodyMark, Heading, Level
from nmtchoose.words.answers import named_site

PAIN_WORST = "pain_worst"
_PAIN_NOW = "pain_now"
_MEDIUM_FROM = 4
_STRONG_FROM = 7
"""Bands of the 0 to 10 scale: mild to 3, medium to 6, strong from 7 (a common convention; no rule uses them)."""

TITLE = "Body map"


def body_map_blocks(intake: Intake, tables: Tables) -> tuple[Block, ...]:
    """Return the map of what hurts and what is left alone, under its heading; empty when there is neither."""
    marks = result_marks(intake, tables)
    return (Heading(TITLE), BodyMap(marks)) if marks else ()


def result_marks(intake: Intake, tables: Tables) -> tuple[BodyMark, ...]:
    """Return the places that hurt, then those that are to be left alone."""
    spared = (note.site for note in intake.assessment.site_notes if note.pressure_limit == 0)
    left_alone = (_mark(site, Level.SPARED, tables.questionnaire) for site in dict.fromkeys(spared))
    return (*_pain_marks(intake.answers, tables), *left_alone)


def _pain_marks(answers: Answers, tables: Tables) -> tuple[BodyMark, ...]:
    """Return the places that hurt, all with the level of the pain, since it is asked once and not for each place."""
    level = pain_level(answers)
    sites = chosen(answers.get(tables.rules.pain_question, ()))
    return tuple(_mark(site, level, tables.questionnaire) for site in sites)


def pain_level(answers: Answers) -> Level:
    """Return how strong the pain is: now or at its worst, whichever is more; `marked` when neither was told."""
    told = [answer for one in (_PAIN_NOW, PAIN_WORST) if isinstance(answer := answers.get(one), int)]
    if not told:
        return Level.MARKED
    if max(told) >= _STRONG_FROM:
        return Level.STRONG
    return Level.MEDIUM if max(told) >= _MEDIUM_FROM else Level.MILD


def _mark(site: str, level: Level, questionnaire: Questionnaire) -> BodyMark:
    named = named_site(site, questionnaire)
    return BodyMark(named.region, named.side, named.name, level)
