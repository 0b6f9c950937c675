"""A result as it is stored: answers, the assessment, and both in the words of the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from nmtchoose.desk.emergency import WRONG_KEY
from nmtchoose.desk.result import Result
from nmtchoose.formats.assessment_json import assessment_record, listed_answers
from nmtchoose.records.entries import Consent, Intake, new_id, now
from nmtchoose.words.answers import answer_words


def new_intake(
    result: Result,
    consent: Consent,
    *,
    client: str,
    asked_by: str,
    full: bool,
    taken_at: datetime | None = None,
    voice: str = "",
    seconds: int = 0,
) -> Intake:
    """Return `result` as it is stored, taken just now unless `taken_at` says when."""
    rules = result.tables.rules
    offered = {one.id for one in rules.therapies} - rules.not_offered if rules.not_offered else ()
    return Intake(
        id=new_id(),
        taken_at=taken_at or now(),
        consent=consent,
        answers=listed_answers(result.answers),
        assessment=result_document(result),
        told=told_in_words(result),
        client=client,
        asked_by=asked_by,
        voice=voice,
        seconds=seconds,
        full=full,
        offered=tuple(sorted(offered)),
        help_status=result.help["status"] if result.help else WRONG_KEY if result.corrected else "",
    )


def result_document(result: Result) -> Mapping[str, object]:
    """Return the result as it is stored: with the telephone numbers left in words."""
    return assessment_record(result.assessment, result.tables.rules)


def told_in_words(result: Result) -> tuple[tuple[str, str], ...]:
    """Return the questions and answers in words, so that a record can be read when the questions have changed."""
    asked = (one for one in result.tables.questionnaire.questions if one.id in result.answers)
    return tuple((one.ask.client, answer_words(one, result.answers[one.id])) for one in asked)
