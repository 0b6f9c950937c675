"""What is suggested, in the few words that every page about a result starts from."""

from __future__ import annotations

from nmtchoose.model.assessment import Assessment, RecommendationKind
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import RuleTable
from nmtchoose.pages.page import Tone
from nmtchoose.words.sentences import joined
from nmtchoose.words.terms import ON_HOLD

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


def suggested_label(assessment: Assessment) -> str:
    """Return how far the suggestion goes: suggested, on hold, still possible, or only if in doubt."""
    if assessment.recommendation.kind is RecommendationKind.NOT_ENOUGH_INFORMATION:
        return "If in doubt"
    if assessment.disposition is Disposition.MEDICAL_SOON:
        return "Still possible meanwhile"
    return ON_HOLD if on_hold(assessment) else "Suggested"


def suggested_names(assessment: Assessment, rules: RuleTable) -> str:
    """Return the names of the suggested therapies; empty when there is none."""
    names = [rules.therapy(one).name for one in assessment.recommendation.therapies]
    if assessment.recommendation.kind is RecommendationKind.SEQUENCE:
        return "; later ".join([f"first {names[0]}", *names[1:]])
    return joined(names, "or")


def on_hold(assessment: Assessment) -> bool:
    """Return whether the booking waits for a date, a talk or a note."""
    return assessment.disposition in (Disposition.DEFER, Disposition.CLEARANCE)


def waiting_for(assessment: Assessment) -> str:
    """Return until when to wait, in words; empty when nothing has to wait."""
    return joined(tuple(dict.fromkeys(note.text for note in assessment.until)), "and")
