"""Words for the values of the model, and the sentences that stand in when `texts` of the rule table lacks one."""

from __future__ import annotations

from collections.abc import Sequence

from nmtchoose.model.assessment import Status, Strength
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import MOST_PRESSURE, Checked, Firmness, RuleTable
from nmtchoose.reports.page import Level

STATUS = {
    Status.SUGGESTED: "Suggested",
    Status.SUITABLE: "Also possible",
    Status.ADAPT: "Possible with changes",
    Status.NOT_NOW: "Not now",
    Status.NOT_SUITABLE: "Not suitable",
}

ON_HOLD = "Suggested, on hold"
"""For a therapy that is recommended but has to wait."""

STRENGTH = {
    Strength.CLEAR: "A clear match with what you told us.",
    Strength.SLIGHT: "A slight lead; the others are close.",
    Strength.EVEN: "No clear difference between them.",
    Strength.WHAT_IS_LEFT: "A better match was ruled out; the reasons follow.",
    Strength.NOT_OFFERED_HERE: "",
    Strength.NONE: "",
}

FIRMNESS = {
    Firmness.GUIDELINE: "guideline",
    Firmness.REVIEW: "review of studies",
    Firmness.TRIAL: "trial",
    Firmness.STUDY: "study",
    Firmness.HEALTH_SERVICE: "health service advice",
    Firmness.LAW: "law or regulation",
    Firmness.CASE_REPORT: "report of single cases",
    Firmness.TRADE_PRACTICE: "practice in the trade",
    Firmness.ARTICLE: "article",
    Firmness.OWN_JUDGEMENT: "our own judgement",
}

CHECKED = {
    Checked.READ: "we read it",
    Checked.SECOND_HAND: "we read about it on another page",
    Checked.NOT_READ: "we have not read it yet",
}

FLAG = {
    Disposition.CALL_EMERGENCY: "Emergency",
    Disposition.EMERGENCY_TODAY: "Emergency today",
    Disposition.MEDICAL_URGENT: "Doctor first",
    Disposition.MEDICAL_SOON: "Doctor soon",
    Disposition.DEFER: "Wait",
    Disposition.CLEARANCE: "Talk first",
    Disposition.PROCEED_WITH_CARE: "With care",
    Disposition.PROCEED: "Good to know",
}
"""What a flag leads to, in a word or two."""

LEVEL = {
    Level.STRONG: "Strong pain (7 to 10 of 10)",
    Level.MEDIUM: "Medium pain (4 to 6 of 10)",
    Level.MILD: "Mild pain (0 to 3 of 10)",
    Level.MARKED: "Marked",
    Level.NAMED: "Also named",
    Level.SPARED: "Leave alone",
}

PRESSURE = ("no pressure", "lotion-light", "gentle", "medium", "firm", "deep")

_SENTENCES = {
    "not_a_diagnosis": "This helps with booking. It is not a diagnosis, and it does not replace a doctor or the"
    " therapist's own check.",
    "not_enough_information": "There is not enough here to choose. Ask the therapist for a short talk first.",
    "tie": "Research has not shown one of these to be better. Choose by how you like to be treated, by price, or by"
    " who is free.",
    "held": "What is suggested here is on hold; nothing is booked yet.",
    "winner": "{therapy} fits best with what you told us.",
    "sequence": "Start with the first; when the problem settles, go on with the second.",
    "what_is_left": "{therapy} is what is left after the limits below.",
    "nothing_found": "Nothing in these answers stops a booking.",
    "incomplete": "Some questions are still open. Until they are answered, this result can change.",
    "undecided": "These answers leave something open, so the therapist needs a word with you first.",
    "no_therapy": "No kind of massage can be suggested with these answers. The therapist can say more.",
    "for_staff": "This is not a diagnosis. Pass on what it says, and do not guess at an illness.",
    "for_therapists": "What the client said, put in order; not a diagnosis. You assess, and you both decide.",
    "goes_to_call_emergency": "The ambulance service, on {emergency}.",
    "goes_to_emergency_today": "The nearest emergency department, today.",
    "goes_to_medical_urgent": "A doctor, today or tomorrow. Nothing is booked before that.",
    "goes_to_medical_soon": "The client's own doctor, within about two weeks.",
    "goes_to_defer": "A later date.",
    "goes_to_clearance": "The therapist, who talks with the client before anything is confirmed.",
    "goes_to_proceed_with_care": "A therapist who can work within the limits below.",
    "goes_to_proceed": "A therapist who offers what is suggested.",
    "take_along": "These answers on paper, a list of your medicines with their doses, and any letters or"
    " test results about this problem.",
}


def sentence(rules: RuleTable, key: str, therapies: Sequence[str] = ()) -> str:
    """Return the sentence named `key` of the rule table, or the built-in one, with `therapies` named in it."""
    return (rules.texts.get(key) or _SENTENCES[key]).replace("{therapy}", joined(therapies, "or"))


def pressure_words(limit: int) -> str:
    """Return a pressure limit in words; 0 means that a site is left alone."""
    if limit <= 0:
        return "leave alone"
    return f"at most {limit} of {MOST_PRESSURE} ({PRESSURE[limit]})"


def pressure_range(lightest: int, usual: int) -> str:
    """Return the pressures that a therapy works with, in words."""
    return f"{lightest} to {usual} of {MOST_PRESSURE} ({PRESSURE[lightest]} to {PRESSURE[usual]})"


def joined(words: Sequence[str], last: str) -> str:
    """Return `words` as a list in a sentence, with `last` ("and" or "or") before the last one."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
