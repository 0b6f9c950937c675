"""One assessment: answers in, result out. The same answers and the same two files always give the same result."""

from collections.abc import Callable, Iterable

from nmtchoose import __version__
from nmtchoose.engine.evaluate import View, because, open_questions
from nmtchoose.engine.fired import Fired, disposition_of, fire, pressure_limit, site_limits
from nmtchoose.engine.interview import State, state
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
    """Return the assessment of `answers`, each of which was checked with `check_answer`.

    Answers that do not apply are ignored. Raises nothing: missing answers are unknown, never "no".
    """
    now = state(questionnaire, table, answers)
    return conclusion(table, now, fire(table, now.seen))


def conclusion(table: RuleTable, now: State, fired: Fired) -> Assessment:
    """Return what `table` makes of an interview as it stands `now`, where these of its rules `fired`."""
    seen, missing = now.seen, now.missing
    disposition = disposition_of(fired)
    standing = standings(table, fired, seen)
    booking = recommend(table, disposition, fired, standing, seen, complete=not missing)
    # After an emergency or an urgent referral only the rules that say so speak to the client, and not of a session.
    session = () if disposition.forbids_therapy else fired.rules
    speaking = session or [one for one in fired.rules if one.then.disposition and one.then.disposition.forbids_therapy]
    return Assessment(
        complete=not missing,
        disposition=disposition,
        recommendation=booking,
        therapies=_results(standing.values(), disposition, booking),
        pressure_limit=pressure_limit(table, fired),
        site_notes=() if disposition.forbids_therapy else tuple(_site_notes(fired, seen)),
        cautions=_notes(session, lambda rule: rule.then.caution),
        tell_client=_notes(speaking, lambda rule: rule.tell_client),
        tell_therapist=_notes(fired.rules, lambda rule: rule.tell_therapist),
        next_steps=_notes(speaking, lambda rule: rule.then.next_step),
        until=_notes(session, lambda rule: rule.then.until),
        expect=_notes(session, lambda rule: rule.then.expect),
        aftercare=_notes(session, lambda rule: rule.then.aftercare),
        ask_therapist=_notes(session, lambda rule: rule.then.ask_therapist),
        missing=missing,
        undecided=() if disposition.forbids_therapy else tuple(_undecided(fired.undecided, seen)),
        trace=tuple(Firing(rule.id, because(rule.when, seen)) for rule in fired.rules),
        stamp=AssessmentStamp(__version__, seen.questionnaire.stamp, table.stamp, table.reviewed),
    )


def _notes(rules: Iterable[Rule], text: Callable[[Rule], str]) -> tuple[Note, ...]:
    """Return one note per distinct text, the most severe stage first, as the stages stand in the file."""
    notes: dict[str, Note] = {}
    for rule in rules:
        if text(rule) and text(rule) not in notes:
            notes[text(rule)] = Note(rule.id, text(rule), rule.sources)
    return tuple(notes.values())


def _site_notes(fired: Fired, seen: View) -> Iterable[SiteNote]:
    for site, (limit, rule) in site_limits(fired, seen).items():
        yield SiteNote(site, limit, reason(rule).text, rule.id)


def _undecided(rules: Iterable[Rule], seen: View) -> Iterable[Undecided]:
    for rule in rules:
        left = sorted(open_questions(rule.when, seen), key=seen.questionnaire.places.__getitem__)
        yield Undecided(rule.id, tuple(left))


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
