"""How hard, where not, and what to take care of."""

from __future__ import annotations

from nmtchoose.model.assessment import Assessment, SiteNote
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import MOST_PRESSURE, RuleTable
from nmtchoose.pages.page import Block, Facts, Heading, listed
from nmtchoose.words.sentences import joined
from nmtchoose.words.sites import sites_in_words
from nmtchoose.words.terms import pressure_words


def limit_blocks(assessment: Assessment, questionnaire: Questionnaire, rules: RuleTable) -> tuple[Block, ...]:
    """Return pressure limits, sites to leave alone or treat lightly, and what to take care of."""
    return (
        Heading("Pressure and places"),
        Facts((*pressure_pairs(assessment, rules), *site_pairs(assessment.site_notes, questionnaire))),
        *listed("Take care", tuple(note.text for note in assessment.cautions)),
    )


def pressure_pairs(assessment: Assessment, rules: RuleTable) -> tuple[tuple[str, str], ...]:
    """Return the pressure limit of the whole body, and those of the suggested therapies that are lower."""
    overall = assessment.pressure_limit
    whole = pressure_words(overall) if overall < MOST_PRESSURE else _no_limit(assessment)
    own = tuple(
        (f"With {rules.therapy(result.id).short}", pressure_words(result.pressure_limit))
        for result in assessment.therapies
        if result.id in assessment.recommendation.therapies and result.pressure_limit < overall
    )
    return (("Whole body", whole), *own)


def _no_limit(assessment: Assessment) -> str:
    if assessment.site_notes:
        return "no general limit; mind the places below"
    return "no limit from these answers; agree it together"


def site_pairs(notes: tuple[SiteNote, ...], questionnaire: Questionnaire) -> tuple[tuple[str, str], ...]:
    """Return one pair for each limit and reason, the strictest first, with all the sites that share them."""
    together: dict[tuple[int, str], list[str]] = {}
    for note in sorted(notes, key=lambda one: one.pressure_limit):
        together.setdefault((note.pressure_limit, note.reason), []).append(note.site)
    return tuple(
        (limit_label(limit), f"{joined(sites_in_words(sites, questionnaire), 'and')}. {reason}".strip())
        for (limit, reason), sites in together.items()
    )


def limit_label(limit: int) -> str:
    """Return a pressure limit in words, as a label."""
    words = pressure_words(limit)
    return words[0].upper() + words[1:]
