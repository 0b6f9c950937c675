"""One record to read: what was found, what was said, and every amendment with who, when and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import NONE
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables
from nmtchoose.pages.page import Block, Card, Facts, Heading, Page, Paragraph, facts, listed
from nmtchoose.pages.suggestion import TONES
from nmtchoose.records.entries import Document, Intake, Outcome, Record, booked
from nmtchoose.records.report import deciding, departed
from nmtchoose.words.days import day_told
from nmtchoose.words.sentences import id_words
from nmtchoose.words.terms import FLAG, REASONS, STEPS


def record_page(record: Record, tables: Tables) -> Page:
    """Return the page of `record`, the answer first; what was answered with "none of these" is left out.

    Its sentences are those stored with it, so it reads the same in later years.
    """
    return Page(f"Record {record.intake.id}", tuple(_blocks(record, tables)))


def today_page(records: Sequence[Record], rules: RuleTable) -> Page:
    """Return the day for the desk, the earliest first: time and client, what to do, and what kind of care it needs."""
    pairs = tuple(
        (f"{one.intake.taken_at.astimezone():%H:%M}  {one.intake.client or 'no name'}", _told(one.assessment, rules))
        for one in sorted(records, key=lambda one: one.intake.taken_at)
    )
    return Page("Today", (Heading("Today"), Facts(pairs)))


def _told(assessment: Document, rules: RuleTable) -> str:
    disposition = Disposition(booked(assessment)[0])
    flag = "" if disposition is Disposition.PROCEED else f" ({FLAG[disposition].lower()})"
    return f"{_act(assessment, rules)}{flag}"


def _act(assessment: Document, rules: RuleTable) -> str:
    """Return what to do: what to book, or what comes first in the words stored, and what then."""
    disposition, therapies = booked(assessment)
    names = {therapy.id: therapy.name for therapy in rules.therapies}
    suggested = "; ".join(names.get(one, one) for one in therapies)
    if suggested and Disposition(disposition) in (Disposition.PROCEED, Disposition.PROCEED_WITH_CARE):
        return f"Book: {suggested}"
    text = assessment.get("disposition_text")
    title = str(text["title"]) if isinstance(text, Mapping) else id_words(disposition.value)
    return f"{title}; then: {suggested}" if suggested else title


def _blocks(record: Record, tables: Tables) -> Iterator[Block]:
    rules = tables.rules
    yield _card(record.assessment, rules)
    for title, part in (("What limits the session", "cautions"), ("For the therapist", "tell_therapist")):
        notes = record.assessment.get(part)
        if isinstance(notes, list):
            yield from listed(title, tuple(str(note["text"]) for note in notes if isinstance(note, Mapping)))
    nothing = {question.label(NONE) for question in tables.questionnaire.questions}
    said = tuple(pair for pair in record.told if pair[1] not in nothing)
    yield Heading("What was answered")
    yield from facts(*said)
    if len(said) < len(record.told):
        yield Paragraph(f"None of these: the other {len(record.told) - len(said)} questions.")
    yield Heading("About this record")
    yield from _about(record.intake)
    for one in record.amendments:
        yield from (Heading(f"Amended {_moment(one.made_at)} by {one.by}"), Paragraph(one.why))
        if one.assessment:
            yield _card(one.assessment, rules)
    for outcome in record.outcomes:
        yield from _outcome(outcome, rules)
    if record.assessment is not record.intake.assessment:
        yield Heading("As it was at first")
        yield _card(record.intake.assessment, rules)
        changed = tuple(pair for pair in record.intake.told if pair not in record.told)
        yield from facts(*changed)


def _card(assessment: Document, rules: RuleTable) -> Card:
    return Card(_act(assessment, rules), TONES[Disposition(booked(assessment)[0])], ())


def _outcome(outcome: Outcome, rules: RuleTable) -> Iterator[Block]:
    names = {therapy.id: therapy.name for therapy in rules.therapies}
    booked = "" if outcome.booked is None else "; ".join(names.get(one, one) for one in outcome.booked) or "nothing"
    yield Heading(f"Noted {_moment(outcome.made_at)} by {outcome.by}")
    yield from facts(
        ("Booked", booked),
        ("Why not as suggested", REASONS.get(outcome.why, outcome.why)),
        ("In words", outcome.words),
        ("What the doctor found", outcome.doctor),
        ("The problem now", "" if outcome.problem is None else f"{outcome.problem} of 10"),
        ("Since the visit", STEPS.get(outcome.change, outcome.change)),
    )


def departure_blocks(record: Record, rules: RuleTable) -> tuple[Block, ...]:
    """Return what was booked, whether that followed the suggestion, why not, and which rules decided."""
    if record.booking is None:
        return ()
    followed = "That is what was suggested."
    if departed(record):
        followed = f"That departs from the suggestion. The rules that decided: {', '.join(deciding(record, rules))}."
    return (*_outcome(record.booking, rules), Paragraph(followed))


def _about(intake: Intake) -> tuple[Facts, ...]:
    return facts(
        ("Id", intake.id),
        ("Client", intake.client),
        ("When", _moment(intake.taken_at)),
        ("Asked by", intake.asked_by),
        ("Took", f"{intake.seconds // 60} min {intake.seconds % 60} s"),
        ("Extent", "everything was asked" if intake.full else "some answers were carried over from before"),
        ("Emergency help", id_words(intake.help_status)),
        ("Consent", f"version {intake.consent.version}, {_moment(intake.consent.given_at)}, {intake.consent.taken_by}"),
        ("Made with", _made_with(intake.assessment)),
        ("Review", str(intake.assessment.get("review", ""))),
    )


def _made_with(assessment: Document) -> str:
    stamp = assessment.get("stamp")
    if not isinstance(stamp, Mapping):
        return ""
    parts = [f"nmtchoose {stamp.get('app')}"]
    for name in ("questionnaire", "rules"):
        file = stamp.get(name)
        if isinstance(file, Mapping):
            parts.append(f"{name} {file.get('version')} ({str(file.get('sha256'))[:12]})")
    return ", ".join(parts)


def _moment(moment: datetime) -> str:
    here = moment.astimezone()
    return f"{here:%Y-%m-%d %H:%M} ({day_told(here, datetime.now().astimezone())})"
