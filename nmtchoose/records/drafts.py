"""Drafts: unfinished interviews, saved after every answer, readable only by their owner, deleted after some days."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nmtchoose.engine.answering import check_answer
from nmtchoose.errors import AnswerError, Code, FileError, fault
from nmtchoose.model.answers import Answer, Answers
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.records.atomic import write_atomically

FORMAT = "nmtchoose/draft/1"
KEPT_DAYS = 7
_OWNER_ONLY_FOLDER = 0o700


@dataclass(frozen=True, slots=True)
class Draft:
    """One unfinished interview. `saved` is in UTC; `raw` holds the answers as stored, still unchecked."""

    id: str
    saved: datetime
    voice: str
    questionnaire_sha256: str
    raw: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Restored:
    """What of a draft still fits the questionnaire, and the ids of the questions whose answers do not."""

    answers: dict[str, Answer]
    lost: tuple[str, ...]


def drafts_folder() -> Path:
    """Return the folder of drafts: `NMTCHOOSE_DRAFTS`, else one in the user's state folder."""
    named = os.environ.get("NMTCHOOSE_DRAFTS")
    if named:
        return Path(named)
    from platformdirs import user_state_path

    return user_state_path("nmtchoose", appauthor=False) / "drafts"


def new_id() -> str:
    """Return a fresh id that says nothing about anybody."""
    return secrets.token_hex(4)


def save_draft(folder: Path, draft_id: str, answers: Answers, voice: str, questionnaire: Questionnaire) -> None:
    """Store `answers` as the draft `draft_id`, replacing what it held; raises FileError when that cannot be done."""
    try:
        folder.mkdir(mode=_OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        detail = error.strerror or "unknown reason"
        raise FileError([fault(Code.FILE_CANNOT_WRITE, file=str(folder), detail=detail)]) from None
    document = {
        "format": FORMAT,
        "saved": datetime.now(UTC).isoformat(timespec="seconds"),
        "voice": voice,
        "questionnaire": {
            "version": questionnaire.stamp.version,
            "sha256": questionnaire.stamp.sha256,
        },
        "answers": dict(answers),
    }
    write_atomically(_path(folder, draft_id), json.dumps(document, ensure_ascii=False))


def list_drafts(folder: Path) -> tuple[Draft, ...]:
    """Return all readable drafts, the newest first. Files that are no drafts are left alone and left out."""
    if not folder.is_dir():
        return ()
    drafts = (_read(path) for path in folder.glob("*.json"))
    return tuple(sorted((draft for draft in drafts if draft), key=lambda draft: draft.saved, reverse=True))


def find_draft(folder: Path, draft_id: str | None) -> Draft:
    """Return the draft `draft_id`, or the newest one for None; raises FileError when there is none."""
    drafts = list_drafts(folder)
    for draft in drafts:
        if draft_id in (None, draft.id):
            return draft
    raise FileError([fault(Code.DRAFT_MISSING, name=draft_id or "latest")])


def delete_draft(folder: Path, draft_id: str) -> None:
    """Remove one draft; it is no error when it is not there."""
    with contextlib.suppress(FileNotFoundError):
        _path(folder, draft_id).unlink()


def delete_old_drafts(folder: Path, days: int, now: datetime) -> tuple[str, ...]:
    """Remove drafts saved more than `days` before `now`, and return their ids."""
    old = [draft.id for draft in list_drafts(folder) if now - draft.saved > timedelta(days=days)]
    for draft_id in old:
        delete_draft(folder, draft_id)
    return tuple(old)


def restore(draft: Draft, questionnaire: Questionnaire) -> Restored:
    """Check the answers of `draft` one by one against a questionnaire that may have changed since."""
    answers: dict[str, Answer] = {}
    lost: list[str] = []
    for question_id, raw in draft.raw.items():
        question = questionnaire.by_id.get(question_id)
        try:
            if question is None:
                raise AnswerError([])
            answers[question_id] = check_answer(question, question.options, raw)
        except AnswerError:
            lost.append(question_id)
    return Restored(answers, tuple(lost))


def _path(folder: Path, draft_id: str) -> Path:
    return folder / f"{draft_id}.json"


def _read(path: Path) -> Draft | None:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["format"] != FORMAT or not isinstance(document["answers"], dict):
            return None
        return Draft(
            id=path.stem,
            saved=datetime.fromisoformat(document["saved"]),
            voice=str(document["voice"]),
            questionnaire_sha256=str(document["questionnaire"]["sha256"]),
            raw=document["answers"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
