"""What is suggested and how hard the hands may be, in the few words that every page about a result starts from."""

from __future__ import annotations

from collections.abc import Iterable

from nmtchoose.model.assessment import Assessment, RecommendationKind, SiteNote
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables
from nmtchoose.pages.page import Tone
from nmtchoose.words.sentences import joined
from nmtchoose.words.sites import sites_in_words
from nmtchoose.words.terms import ON_HOLD, pressure_words

TONES = {
    Disposition.CALL_EMERGENCY: Tone.EMERGENCY,
    Disposition.EMERGENCY_TODAY: Tone.EMERGENCY,
    Disposition.MEDICAL_URGENT: Tone.DOCTOR,
    Disposition.MEDICAL_SOON: Tone.DOCTOR,
    Disposition.DEFER: Tone.WAIT,
    Disposition.CLEARANCE: Tone.WAIT,
    Disposition.PROCEED_WITH_CARE: Tone.CARE,
    Disposition.PROCEED: Tone.GO,
}


def suggested(assessment: Assessment, rules: RuleTable) -> tuple[str, str]:
    """Return how far the suggestion goes, and the names of the therapies; these are empty when there is none."""
    names = [rules.therapy(one).name for one in assessment.recommendation.therapies]
    if assessment.recommendation.kind is RecommendationKind.SEQUENCE:
        return _label(assessment), "; later ".join([f"first {names[0]}", *names[1:]])
    return _label(assessment), joined(names, "or")


def _label(assessment: Assessment) -> str:
    if assessment.recommendation.kind is RecommendationKind.NOT_ENOUGH_INFORMATION:
        return "If in doubt"
    if assessment.disposition is Disposition.MEDICAL_SOON:
        return "Still possible meanwhile"
    return ON_HOLD if on_hold(assessment) else "Suggested"


def on_hold(assessment: Assessment) -> bool:
    """Return whether the booking waits for a date, a talk or a note."""
    return assessment.disposition in (Disposition.DEFER, Disposition.CLEARANCE)


def waiting(assessment: Assessment) -> tuple[str, str]:
    """Return until when to wait, in words under its label; empty when nothing has to wait."""
    return "Wait until", joined(tuple(dict.fromkeys(note.text for note in assessment.until)), "and")


def whole_body(assessment: Assessment, rules: RuleTable) -> str:
    """Return the pressure limit of the whole body in words; empty when there is none."""
    return pressure_words(assessment.pressure_limit, rules) if assessment.pressure_limit < rules.most_pressure else ""


def pressure_pairs(assessment: Assessment, rules: RuleTable) -> tuple[tuple[str, str], ...]:
    """Return the pressure limit of the whole body, and those of the suggested therapies that are lower."""
    own = tuple(
        (f"With {rules.therapy(result.id).short}", pressure_words(result.pressure_limit, rules))
        for result in assessment.therapies
        if result.id in assessment.recommendation.therapies and result.pressure_limit < assessment.pressure_limit
    )
    places = bool(assessment.site_notes)
    no_limit = "no general limit; mind the places below" if places else "no limit from these answers; agree it together"
    return (("Whole body", whole_body(assessment, rules) or no_limit), *own)


def site_pairs(notes: Iterable[SiteNote], tables: Tables, *, reasons: bool = True) -> tuple[tuple[str, str], ...]:
    """Return one pair for each limit and reason, the strictest first, with all the sites that share them.

    Without `reasons`, one for each limit.
    """
    together: dict[tuple[int, str], list[str]] = {}
    for note in sorted(notes, key=lambda one: one.pressure_limit):
        together.setdefault((note.pressure_limit, f". {note.reason}" if reasons else ""), []).append(note.site)
    return tuple(
        (
            pressure_words(limit, tables.rules).capitalize(),
            f"{joined(sites_in_words(sites, tables.questionnaire), 'and')}{reason}".strip(),
        )
        for (limit, reason), sites in together.items()
    )
