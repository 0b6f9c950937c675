"""Words for the values of the model: how a therapy stands, how firm a source is, how hard a pressure, what followed."""

from nmtchoose.model.assessment import AssessmentStamp, Status, Strength
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import Checked, Firmness, Rule, RuleTable, Source, Therapy

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
    Strength.WHAT_IS_LEFT: "",
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

FOR_A_CLIENT = {
    "still sensible elsewhere on the body": "what may be booked until a doctor has looked",
    "wait until": "when a session is possible again",
    "tells the client": "what a client reads",
    "left for the visit": "asked after the booking, so that it cannot change what is booked",
    "kept for the next visit": "whether a client who comes again is asked again",
    "sensitive": "who else may see or hear the question and its answer",
    "private": "who else may see or hear the question and its answer",
    "found by": "which typed words lead to it",
    "names": "which typed names lead to it",
    "means": "what is ticked when it is typed",
    "emergency": "which number is called",
    "purpose": "whether it counts for safety",
    "points for": "which therapy is named first",
}
"""What a change that is neither less strict nor stricter is about for a client, by what was changed."""


def pressure_words(limit: int, rules: RuleTable) -> str:
    """Return a pressure limit in the words of the scale in `rules`; 0 means that a site is left alone."""
    if limit <= 0:
        return "leave alone"
    return f"up to {rules.pressure[limit - 1]} ({limit} of {len(rules.pressure)})"


def pressure_range(therapy: Therapy, rules: RuleTable) -> str:
    """Return the pressures that `therapy` works with, in the words of the scale in `rules`."""
    low, high, scale = therapy.lightest, therapy.usual, rules.pressure
    return f"{low} to {high} of {len(scale)} ({scale[low - 1]} to {scale[high - 1]})"


def firmness_of(rule: Rule, rules: RuleTable) -> Firmness:
    """Return the rule's own firmness, else that of its firmest known source, else `own_judgement`."""
    if rule.firmness is not None:
        return rule.firmness
    known = (rules.sources[one].firmness for one in rule.sources if one in rules.sources)
    return min(known, key=tuple(Firmness).index, default=Firmness.OWN_JUDGEMENT)


def source_words(source: Source) -> str:
    """Return title, firmness, how it was checked and the address, on one line."""
    own = source.firmness is Firmness.OWN_JUDGEMENT and source.checked is Checked.NOT_READ
    how = FIRMNESS[source.firmness] if own else f"{FIRMNESS[source.firmness]}; {CHECKED[source.checked]}"
    code = f" [{source.code}]" if source.code else ""
    return f"{source.title}{code} ({how}) {source.url}".strip()


def review_words(reviewed: str) -> str:
    """Return the line that says who reviewed both files as they stand (`N. N., 2026-11-27`), or that nobody did."""
    return (
        f"Questions and rules reviewed by {reviewed}."
        if reviewed
        else "Questions and rules not yet reviewed by a clinician."
    )


def files_words(stamp: AssessmentStamp) -> str:
    """Return the versions of the two files that made a result, each with the start of its fingerprint."""
    questions, rules = stamp.questionnaire, stamp.rules
    return f"questions {questions.version} ({questions.sha256[:12]}), rules {rules.version} ({rules.sha256[:12]})"


REASONS = {
    "client_wished": "The client wanted something else",
    "therapist_judged": "The therapist judged otherwise",
    "nobody_free": "Nobody who does it was free",
    "price_or_time": "Price or time",
    "does_not_fit": "The rule does not fit this client",
    "other": "Something else",
}
"""Why the desk departed from a suggestion."""

STEPS = {
    "very_much_better": "Very much better",
    "much_better": "Much better",
    "a_little_better": "A little better",
    "the_same": "The same",
    "a_little_worse": "A little worse",
    "much_worse": "Much worse",
    "very_much_worse": "Very much worse",
}
"""The usual seven steps of how a problem changed."""
