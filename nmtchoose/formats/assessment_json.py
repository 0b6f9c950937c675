"""The assessment as programs read it: `nmtchoose/assessment/1`. It may grow; what a field means never changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nmtchoose.formats.answers_json import listed_answers, stamp_record
from nmtchoose.model.assessment import Assessment, Firing, Note, Reason, SiteNote, TherapyResult
from nmtchoose.model.rules import Region, RuleTable
from nmtchoose.words.sentences import with_numbers
from nmtchoose.words.terms import firmness_of

ASSESSMENT_FORMAT = "nmtchoose/assessment/1"

Record = dict[str, object]


def assessment_record(assessment: Assessment, rules: RuleTable, region: Region | None = None) -> Record:
    """Return `assessment` as values for JSON. Every field is there, whatever the result.

    `region` gives the telephone numbers in texts; without it they are said in words. Where the disposition forbids
    it, `therapies` is empty. Raises KeyError when `assessment` was made with another rule table.
    """
    therapies = () if assessment.disposition.forbids_therapy else assessment.therapies
    record: Record = {
        "format": ASSESSMENT_FORMAT,
        "status": "complete" if assessment.complete else "incomplete",
        "disposition": assessment.disposition.value,
        "disposition_text": _disposition_text(assessment, rules),
        "recommendation": _recommendation(assessment),
        "therapies": [_therapy(result) for result in therapies],
        "pressure_limit": assessment.pressure_limit,
        "avoid_sites": [_site(note) for note in assessment.site_notes if note.pressure_limit == 0],
        "site_limits": [
            {**_site(note), "pressure_limit": note.pressure_limit}
            for note in assessment.site_notes
            if note.pressure_limit > 0
        ],
        **_notes_by_part(assessment),
        "missing": list(assessment.missing),
        "undecided": [{"rule": one.rule, "questions": list(one.questions)} for one in assessment.undecided],
        "trace": list(_trace(assessment.trace, rules)),
        "stamp": {
            "app": assessment.stamp.app,
            "questionnaire": stamp_record(assessment.stamp.questionnaire),
            "rules": stamp_record(assessment.stamp.rules),
        },
    }
    return {key: _numbered(value, region) if key not in ("trace", "stamp") else value for key, value in record.items()}


def _numbered(value: object, region: Region | None) -> object:
    """Return `value` with the telephone numbers of `region` filled into every text in it."""
    match value:
        case str():
            return with_numbers(value, region)
        case list():
            return [_numbered(one, region) for one in value]
        case dict():
            return {key: _numbered(one, region) for key, one in value.items()}
        case _:
            return value


def _disposition_text(assessment: Assessment, rules: RuleTable) -> Record:
    said = rules.dispositions[assessment.disposition]
    return {"title": said.title, "client": said.client, "staff": said.staff, "tell_them": list(said.tell_them)}


def _recommendation(assessment: Assessment) -> Record:
    booking = assessment.recommendation
    return {
        "kind": booking.kind.value,
        "therapies": list(booking.therapies),
        "strength": booking.strength.value,
        "text": booking.text,
        "plan": booking.plan,
    }


def _therapy(result: TherapyResult) -> Record:
    return {
        "id": result.id,
        "status": result.status.value,
        "fit": result.fit,
        "pressure_limit": result.pressure_limit,
        "reasons": _reasons(result.reasons),
        "against": _reasons(result.against),
    }


def _reasons(reasons: Iterable[Reason]) -> list[Record]:
    return [{"rule": reason.rule, "text": reason.text} for reason in reasons]


def _site(note: SiteNote) -> Record:
    return {"site": note.site, "reason": note.reason, "rule": note.rule}


def _notes_by_part(assessment: Assessment) -> Record:
    parts: dict[str, tuple[Note, ...]] = {
        "cautions": assessment.cautions,
        "tell_client": assessment.tell_client,
        "tell_therapist": assessment.tell_therapist,
        "next_steps": assessment.next_steps,
        "until": assessment.until,
        "expect": assessment.expect,
        "aftercare": assessment.aftercare,
        "ask_therapist": assessment.ask_therapist,
    }
    return {
        part: [{"rule": note.rule, "text": note.text, "sources": list(note.sources)} for note in notes]
        for part, notes in parts.items()
    }


def _trace(trace: Iterable[Firing], rules: RuleTable) -> Iterator[Record]:
    by_id = {rule.id: rule for rule in rules.rules}
    for firing in trace:
        rule = by_id[firing.rule]
        yield {
            "rule": rule.id,
            "stage": rule.stage.value,
            "because": listed_answers(firing.because),
            "sources": list(rule.sources),
            "firmness": firmness_of(rule, rules).value,
        }
