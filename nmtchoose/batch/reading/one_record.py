"""One record at a time, as the single command reads it: slow, and the reference for everything that is quick.

What the quick ways do not know goes through here, so that faults are those of `nmtchoose screen` with one file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nmtchoose.errors import AnswerError, Code, fault
from nmtchoose.formats.assessment_json import ASSESSMENT_FORMAT
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.records.answers_file import FORMAT, LARGEST, check_answers, parsed

IDENTIFIED_BY = ("record", "id", "client", "file", "name")
"""Where the id of a record stands beside its answers; the first that is there counts."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a line holds: the id of the record, where it has one, and its answers as they stand there, unchecked."""

    record: str | None
    answers: Mapping[str, object]


def told_in(content: bytes, name: str) -> Told:
    """Return what `content` holds: an answers file, its answers alone, or a full record of the JSON Lines export.

    Raises AnswerError when it is none of them.
    """
    if len(content) > LARGEST:
        raise AnswerError([fault(Code.FILE_TOO_LARGE, file=name, limit=f"{LARGEST:,} bytes")])
    return told_by(parsed(content, name), name)


def told_by(document: object, name: str) -> Told:
    """Return what a parsed document holds; raises as `told_in` does."""
    if not isinstance(document, dict):
        raise AnswerError([fault(Code.ANSWERS_NO_MAPPING, file=name)])
    if "format" not in document and "answers" not in document:
        return Told(None, document)
    if document.get("format", FORMAT) not in (FORMAT, ASSESSMENT_FORMAT):
        raise AnswerError([fault(Code.ANSWERS_OTHER_FORMAT, file=name, wanted=FORMAT)])
    answers = document.get("answers")
    if not isinstance(answers, dict):
        raise AnswerError([fault(Code.ANSWERS_NO_MAPPING, file=name)])
    return Told(record_in(document), answers)


def record_in(document: Mapping[str, object]) -> str | None:
    """Return the id that stands beside the answers in `document`."""
    return next((id_text(document[name]) for name in IDENTIFIED_BY if document.get(name) is not None), None)


def id_text(value: object) -> str | None:
    """Return an id as a text that can be written anywhere; what is neither text nor a whole number is no id."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def checked_in(told: Told, questionnaire: Questionnaire, name: str) -> dict[str, Answer]:
    """Return the checked answers of `told`; raises AnswerError with every fault."""
    return check_answers(told.answers, questionnaire, name)
