"""What is suggested and how hard the hands may be, in the few words that every page about a result starts from."""

from __future__ import annotations

from collections.abc import Iterable

from nmtchoose.model.answers import chosen, special
from nmtchoose.model.assessment import Assessment, Note, RecommendationKind, SiteNote, Strength, TherapyResult
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import DispositionText, RuleTable
from nmtchoose.model.tables import Tables
from nmtchoose.pages.intake import Intake, fired_rules
from nmtchoose.pages.page import Tone
from nmtchoose.words.answers import answer_words, sites_in_words
from nmtchoose.words.sentences import joined, sentence, sentences_of
from nmtchoose.words.terms import ON_HOLD, STRENGTH, pressure_words

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


NOT_FINISHED = "Not finished: questions still open"
NO_DIAGNOSIS = "A suggestion, not a diagnosis."
NO_LIMIT = "No pressure limit from these answers; agree it together."
_SENTENCES = {
    RecommendationKind.SEQUENCE: "sequence",
    RecommendationKind.EITHER: "tie",
    RecommendationKind.NONE: "no_therapy",
    RecommendationKind.NOT_ENOUGH_INFORMATION: "not_enough_information",
}
_IN_DOUBT = "If in doubt"
_PAIN = {"pain_weeks": "for {}", "pain_now": "pain {} now", "pain_worst": "{} at worst"}
"""Numbers that go into the line about pain, and how; a questionnaire without them gets a shorter line."""
_LASTING = ("for ", "since ")
"""How people begin a length of time that they type."""


def suggested(assessment: Assessment, rules: RuleTable) -> tuple[str, str]:
    """Return how far the suggestion goes, and the names of the therapies; these are empty when there is none."""
    names = [rules.therapy(one).name for one in assessment.recommendation.therapies]
    if assessment.recommendation.kind is RecommendationKind.SEQUENCE:
        return _label(assessment), "; later ".join([f"first {names[0]}", *names[1:]])
    return _label(assessment), joined(names, "or")


def _label(assessment: Assessment) -> str:
    if assessment.recommendation.kind is RecommendationKind.NOT_ENOUGH_INFORMATION:
        return _IN_DOUBT
    if assessment.disposition is Disposition.MEDICAL_SOON:
        return "Still possible meanwhile"
    return ON_HOLD if on_hold(assessment) else "Suggested"


def act(assessment: Assessment, rules: RuleTable) -> str:
    """Return what to do, in one line: what to book and how hard, or what comes before a booking."""
    if not assessment.complete and not assessment.disposition.forbids_therapy:
        return NOT_FINISHED
    label, names = suggested(assessment, rules)
    limit = whole_body(assessment, rules)
    booking = f"{names}, pressure {limit}" if limit else names
    match assessment.disposition:
        case Disposition.PROCEED | Disposition.PROCEED_WITH_CARE if label == _IN_DOUBT:
            return f"Ask the therapist for a short talk; if in doubt, book: {booking}"
        case Disposition.PROCEED | Disposition.PROCEED_WITH_CARE:
            return f"Book: {booking}" if names else "Ask the therapist what is possible"
        case Disposition.CLEARANCE if names:
            return f"Talk with the therapist first, then: {booking}"
        case Disposition.DEFER if names:
            return f"Book a later date, then: {booking}"
        case _:
            return (own_card(assessment, rules) or rules.dispositions[assessment.disposition]).title


def own_card(assessment: Assessment, rules: RuleTable) -> DispositionText | None:
    """Return the words that a fired rule brings along, when no other rule is as severe as that one."""
    fired = fired_rules(assessment, rules)
    cards = [rule.then.card for rule in fired if rule.then.disposition is assessment.disposition]
    return cards[0] if len(cards) == 1 else None


def how_sure(assessment: Assessment, rules: RuleTable) -> tuple[str, ...]:
    """Return how far the suggestion is ahead, and how sure the evidence for each therapy in it is."""
    booking = assessment.recommendation
    research: dict[str, list[str]] = {}
    for one in map(rules.therapy, booking.therapies):
        if one.evidence in rules.grades:
            research.setdefault(sentences_of(rules.grades[one.evidence])[0], []).append(one.short)
    said = ((joined(shorts, "and"), words) for words, shorts in research.items())
    told = (f"{who}: {words[:1].lower()}{words[1:]}" for who, words in said)
    lead = "" if booking.kind is RecommendationKind.EITHER else STRENGTH[booking.strength]  # "either" says it already
    return tuple(one for one in (lead, *told) if one)


def recommended(assessment: Assessment) -> tuple[TherapyResult, ...]:
    """Return the results of the therapies that are recommended, in that order."""
    by_id = {result.id: result for result in assessment.therapies}
    return tuple(by_id[one] for one in assessment.recommendation.therapies if one in by_id)


def worst_first(notes: Iterable[Note], rules: RuleTable) -> list[Note]:
    """Return the notes in the order of how severe their rules are."""
    severity = {rule.id: -rule.then.disposition.severity for rule in rules.rules if rule.then.disposition is not None}
    return sorted(notes, key=lambda note: severity.get(note.rule, 0))


def pain_told(intake: Intake, tables: Tables) -> tuple[str, ...]:
    """Return where it hurts, for how long and how much, in one line; nothing where nothing hurts."""
    question = tables.questionnaire.by_id.get(tables.rules.pain_question)
    answer = intake.answers.get(tables.rules.pain_question, ())
    if question is None or special(answer) or not chosen(answer):
        return ()
    told = [joined(sites_in_words(chosen(answer), tables.questionnaire), "and")]
    for one, form in _PAIN.items():
        number = intake.answers.get(one)
        if isinstance(number, int):
            words = intake.typed.get(one, answer_words(tables.questionnaire[one], number))
            told.append(words if words.lower().startswith(_LASTING) else form.format(words))
    return (f"{', '.join(told)}.",)


def is_bookable(assessment: Assessment) -> bool:
    """Return whether a session can be booked now."""
    return assessment.disposition in (Disposition.PROCEED, Disposition.PROCEED_WITH_CARE)


def how_it_ended(assessment: Assessment, rules: RuleTable) -> tuple[str, ...]:
    """Return why the recommendation is not simply the best fit; a clear one needs no words."""
    booking = assessment.recommendation
    left = booking.strength is Strength.WHAT_IS_LEFT
    if booking.kind is RecommendationKind.THERAPY and booking.strength in (Strength.CLEAR, Strength.SLIGHT):
        return ()
    key = "what_is_left" if left else _SENTENCES.get(booking.kind, "winner")
    names = [rules.therapy(one).name for one in booking.therapies]
    return (booking.text or sentence(rules, key, names),)


def on_hold(assessment: Assessment) -> bool:
    """Return whether the booking waits for a date, a talk or a note."""
    return assessment.disposition in (Disposition.DEFER, Disposition.CLEARANCE)


def waiting(assessment: Assessment) -> tuple[str, str]:
    """Return until when to wait, in words under its label; empty when nothing has to wait."""
    return "Wait until", joined(tuple(dict.fromkeys(note.text for note in assessment.until)), "and")


def whole_body(assessment: Assessment, rules: RuleTable) -> str:
    """Return how hard the hands may be anywhere, in words; empty where nothing limits it.

    Where one therapy is suggested and its own limit is lower, it is that one.
    """
    own = [result.pressure_limit for result in recommended(assessment)]
    limit = min(assessment.pressure_limit, *own) if len(own) == 1 else assessment.pressure_limit
    return pressure_words(limit, rules) if limit < rules.most_pressure else ""


def pressure_pairs(assessment: Assessment, rules: RuleTable) -> tuple[tuple[str, str], ...]:
    """Return the pressure limit of the whole body, if any, and that of each therapy where one is lower."""
    limit = whole_body(assessment, rules)
    results = recommended(assessment)
    lower = len(results) > 1 and any(one.pressure_limit < assessment.pressure_limit for one in results)
    own = tuple((f"With {rules.therapy(one.id).short}", _own_limit(one, rules)) for one in results if lower)
    return (("Pressure", limit), *own) if limit else own


def _own_limit(result: TherapyResult, rules: RuleTable) -> str:
    words = pressure_words(result.pressure_limit, rules)
    return f"pressure {words}" if result.pressure_limit < rules.most_pressure else NO_LIMIT


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
