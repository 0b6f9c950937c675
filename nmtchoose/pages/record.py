"""One record to read: what was found, what was said, and every amendment with who, when and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import RuleTable
from nmtchoose.pages.page import Block, Card, Facts, Heading, Page, Paragraph, Simple, facts, listed
from nmtchoose.pages.suggestion import TONES
from nmtchoose.records.entries import Document, Intake, Record, booked
from nmtchoose.words.sentences import id_words


def record_page(record: Record, rules: RuleTable) -> Page:
    """Return the page of `record`. Its sentences are those stored with it, so it reads the same in later years."""
    return Page(f"Record {record.intake.id}", tuple(_blocks(record, rules)))


def _blocks(record: Record, rules: RuleTable) -> Iterator[Block]:
    yield _card(record.assessment, rules)
    yield Heading("About this record")
    yield from _about(record.intake)
    for title, part in (("What limits the session", "cautions"), ("For the therapist", "tell_therapist")):
        notes = record.assessment.get(part)
        if isinstance(notes, list):
            yield from listed(title, tuple(str(note["text"]) for note in notes if isinstance(note, Mapping)))
    yield Heading("What was answered")
    yield Facts(record.told)
    for one in record.amendments:
        yield from (Heading(f"Amended {_moment(one.made_at)} by {one.by}"), Paragraph(one.why))
        if one.assessment:
            yield _card(one.assessment, rules)
    if record.assessment is not record.intake.assessment:
        yield Heading("As it was at first")
        yield _card(record.intake.assessment, rules)
        changed = tuple(pair for pair in record.intake.told if pair not in record.told)
        yield from facts(*changed)


def _card(assessment: Document, rules: RuleTable) -> Card:
    disposition, therapies = booked(assessment)
    text = assessment.get("disposition_text")
    title = str(text["title"]) if isinstance(text, Mapping) else id_words(disposition.value)
    names = {therapy.id: therapy.name for therapy in rules.therapies}
    suggested = "; ".join(names.get(one, one) for one in therapies)
    body: tuple[Simple, ...] = (Paragraph(f"Suggested: {suggested}"),) if therapies else ()
    return Card(title, TONES[Disposition(disposition)], body)


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
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
