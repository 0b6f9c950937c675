"""One assessment: answers in, result out. The same answers and the same two files always give the same result."""

from collections.abc import Callable, Iterable

from nmtchoose import __version__
from nmtchoose.engine.evaluate import because, open_questions
from nmtchoose.engine.fired import Fired, fire
from nmtchoose.engine.interview import state
from nmtchoose.engine.recommend import recommend
from nmtchoose.engine.therapies import Standing, reason, standings
from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import (
    Assessment,
    AssessmentStamp,
    Firing,
    Note,
    Recommendation,
    RecommendationKind,
    SiteNote,
    Status,
    TherapyResult,
    Undecided,
)
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import Rule, RuleTable


def assess(questionnaire: Questionnaire, table: RuleTable, answers: Answers) -> Assessment:
    """Return the assessment of checked `answers`; those that do not apply are ignored, missing ones never "no"."""
    now = state(questionnaire, table, answers)
    return conclusion(fire(table, now.seen), now.missing)


def conclusion(fired: Fired, missing: tuple[str, ...]) -> Assessment:
    """Return what comes of an interview in which these rules `fired` and these questions are `missing`."""
    seen, disposition, standing = fired.seen, fired.disposition, standings(fired)
    booking = recommend(fired, standing, complete=not missing)
    # After an emergency or an urgent referral only the rules that say so speak to the client, and not of a session.
    session = () if disposition.forbids_therapy else fired.rules
    speaking = session or [one for one in fired.rules if one.then.disposition and one.then.disposition.forbids_therapy]
    return Assessment(
        complete=not missing,
        disposition=disposition,
        recommendation=booking,
        therapies=_results(standing.values(), disposition, booking),
        pressure_limit=fired.pressure_limit,
        site_notes=() if disposition.forbids_therapy else _site_notes(fired),
        cautions=_notes(session, lambda rule: rule.then.caution),
        tell_client=_notes(speaking, lambda rule: rule.tell_client),
        tell_therapist=_notes(fired.rules, lambda rule: rule.tell_therapist),
        next_steps=_notes(speaking, lambda rule: rule.then.next_step),
        until=_notes(session, lambda rule: rule.then.until),
        expect=_notes(session, lambda rule: rule.then.expect),
        aftercare=_notes(session, lambda rule: rule.then.aftercare),
        ask_therapist=_notes(session, lambda rule: rule.then.ask_therapist),
        missing=missing,
        undecided=() if disposition.forbids_therapy else _undecided(fired),
        trace=tuple(Firing(rule.id, because(rule.when, seen)) for rule in fired.rules),
        stamp=AssessmentStamp(__version__, seen.questionnaire.stamp, fired.table.stamp, fired.table.reviewed),
    )


def _notes(rules: Iterable[Rule], text: Callable[[Rule], str]) -> tuple[Note, ...]:
    """Return one note per distinct text, the most severe stage first, as the stages stand in the file."""
    notes: dict[str, Note] = {}
    for rule in rules:
        if text(rule) and text(rule) not in notes:
            notes[text(rule)] = Note(rule.id, text(rule), rule.sources)
    return tuple(notes.values())


def _site_notes(fired: Fired) -> tuple[SiteNote, ...]:
    limits = fired.site_limits.items()
    return tuple(SiteNote(site, limit, reason(rule).text, rule.id) for site, (limit, rule) in limits)


def _undecided(fired: Fired) -> tuple[Undecided, ...]:
    place = fired.seen.questionnaire.places.__getitem__
    left = ((rule.id, open_questions(rule.when, fired.seen)) for rule in fired.undecided)
    return tuple(Undecided(rule, tuple(sorted(questions, key=place))) for rule, questions in left)


def _results(
    standing: Iterable[Standing], disposition: Disposition, booking: Recommendation
) -> tuple[TherapyResult, ...]:
    if disposition.forbids_therapy:
        return ()
    return tuple(
        TherapyResult(
            id=one.therapy.id,
            status=_status(one, disposition, booking),
            fit=one.fit,
            pressure_limit=one.pressure_limit,
            reasons=one.speaking_for,
            against=(*one.ruled_out, *one.held, *one.adapted, *one.speaking_against),
        )
        for one in standing
    )


def _status(one: Standing, disposition: Disposition, booking: Recommendation) -> Status:
    named = one.therapy.id in booking.therapies
    later = disposition in (Disposition.DEFER, Disposition.CLEARANCE)
    if one.ruled_out:
        return Status.NOT_SUITABLE
    if one.held or later or (disposition is Disposition.MEDICAL_SOON and not named):
        return Status.NOT_NOW
    if named and booking.kind is not RecommendationKind.NOT_ENOUGH_INFORMATION:
        return Status.SUGGESTED
    return Status.ADAPT if one.adapted else Status.SUITABLE
