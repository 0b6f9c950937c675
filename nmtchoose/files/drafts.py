"""Drafts: unfinished interviews, saved after every answer, the user's alone, in one window, deleted after some days."""

import contextlib
import errno
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from msgspec import MsgspecError, Struct, field, json
from msgspec.structs import replace

from nmtchoose.engine.answering import check_answer
from nmtchoose.errors import AnswerError, Code, FileError, fault, while_writing
from nmtchoose.files.atomic import TEMPORARY, write_atomically
from nmtchoose.files.earlier_answers import in_todays_terms
from nmtchoose.loading.locate import read_ordinary
from nmtchoose.model.answers import Answer, Answers, Correction
from nmtchoose.model.questionnaire import Questionnaire

SUFFIX = ".lock"
_LEFTOVER = timedelta(hours=1)
"""What an interrupted write left behind is younger than this only while it may still be going on."""

LAST = "last"
"""What stands for the id of the interview that was finished last, which is kept until the next one begins."""


class Draft(Struct, frozen=True, kw_only=True):
    """One unfinished interview, or the one that was finished last.

    `client` is a pseudonym and `by` who asks; both may be empty. `raw` holds the answers as stored, unchecked, and
    `asked` the words of their questions then. `typed` is how lengths of time were typed, `corrected` are answers that
    were taken back, `kept_from` says from which visit an answer was kept, and `full` is False where some may be. Of a
    finished one, `help` says what was done in an emergency, and `record` is its id in the store.
    """

    id: str = ""
    format: Literal["nmtchoose/draft/1"] = "nmtchoose/draft/1"
    saved: datetime
    voice: str
    client: str = ""
    by: str = ""
    questionnaire: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)
    raw: Mapping[str, object] = field(name="answers")
    typed: Mapping[str, str] = field(default_factory=dict)
    corrected: tuple[Correction, ...] = ()
    kept_from: Mapping[str, str] = field(default_factory=dict)
    full: bool = True
    help: Mapping[str, str] = field(default_factory=dict)
    record: str = ""


class Restored(Struct, frozen=True):
    """What of a draft still fits the questionnaire, and the words of the questions whose answers do not."""

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
    return os.urandom(4).hex()


def make_folder(folder: Path) -> None:
    """Create the folder of drafts, for its owner only; raises FileError when that cannot be done."""
    with while_writing(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def holding(draft: Draft, answers: Answers, questionnaire: Questionnaire) -> Draft:
    """Return `draft` with `answers` to the questions of `questionnaire`, as of now."""
    stamp = questionnaire.stamp
    return replace(
        draft,
        saved=datetime.now(UTC).replace(microsecond=0),
        questionnaire={"version": stamp.version, "sha256": stamp.sha256},
        asked={one: questionnaire[one].ask.client for one in answers if one in questionnaire.by_id},
        raw=dict(answers),
    )


def save_draft(folder: Path, draft: Draft) -> None:
    """Store `draft`, replacing what its file held; raises FileError when that cannot be done."""
    make_folder(folder)
    write_atomically(_path(folder, draft.id), json.encode(draft).decode())


def list_drafts(folder: Path) -> tuple[Draft, ...]:
    """Return all unfinished interviews, the newest first. Files that are no drafts are left alone and left out."""
    drafts = (_read(path) for path in _files(folder, "*.json") if path.stem != LAST)
    return tuple(sorted((draft for draft in drafts if draft), key=lambda draft: draft.saved, reverse=True))


def find_draft(folder: Path, draft_id: str) -> Draft:
    """Return the draft `draft_id`; raises FileError when there is none."""
    for draft in list_drafts(folder):
        if draft.id == draft_id:
            return draft
    raise FileError([fault(Code.DRAFT_MISSING, name=draft_id)])


def last_finished(folder: Path) -> Draft | None:
    """Return the interview that was finished last, while it is kept."""
    return _read(_path(folder, LAST))


def delete_draft(folder: Path, draft_id: str) -> None:
    """Remove one draft; it is no error when it is not there. Raises FileError when it cannot be removed."""
    path = _path(folder, draft_id)
    with while_writing(path):
        path.unlink(missing_ok=True)


def delete_old_drafts(folder: Path, days: int, now: datetime) -> tuple[str, ...]:
    """Remove what is older than `days`, and halves of killed writes, as far as can be; return the ids."""
    last = last_finished(folder)
    kept = (*list_drafts(folder), *((last,) if last else ()))
    old = [draft.id for draft in kept if now - draft.saved > timedelta(days=days)]
    for draft_id in old:
        with contextlib.suppress(FileError):
            delete_draft(folder, draft_id)
    for path in (*_files(folder, TEMPORARY), *_files(folder, f"*{SUFFIX}")):
        with contextlib.suppress(OSError):
            held = path.suffix == SUFFIX and is_open(folder, path.stem)
            if now.timestamp() - path.stat().st_mtime > _LEFTOVER.total_seconds() and not held:
                path.unlink()
    return tuple(old)


def restore(draft: Draft, questionnaire: Questionnaire) -> Restored:
    """Check the answers of `draft` one by one against a questionnaire that may have changed since.

    An answer to a question that is now asked in other words no longer fits: it may mean something else.
    """
    answers: dict[str, Answer] = {}
    lost: list[str] = []
    given, left = in_todays_terms(draft.raw, questionnaire)
    lost += [f"{draft.asked.get(earlier, earlier)} ({option})" for earlier, option in left]
    for question_id, raw in given.items():
        question = questionnaire.by_id.get(question_id)
        words = draft.asked.get(question_id)
        try:
            if question is None or words not in (None, question.ask.client):
                raise AnswerError([])
            answers[question_id] = check_answer(question, question.options, raw)
        except AnswerError:
            lost.append(words or (question.ask.client if question else question_id))
    return Restored(answers, tuple(lost))


def _path(folder: Path, draft_id: str) -> Path:
    return folder / f"{draft_id}.json"


def _files(folder: Path, pattern: str) -> tuple[Path, ...]:
    try:
        return tuple(folder.glob(pattern))
    except OSError:
        return ()


def _read(path: Path) -> Draft | None:
    try:
        draft = json.decode(read_ordinary(path), type=Draft)
    except (OSError, MsgspecError, ValueError, RecursionError):
        return None
    saved = draft.saved if draft.saved.tzinfo else draft.saved.replace(tzinfo=UTC)
    return replace(draft, id=path.stem, saved=saved)


class Claim(Struct, frozen=True):
    """A draft that is ours until `free`, or until this process ends, however it ends."""

    path: Path
    descriptor: int

    def free(self) -> None:
        """Let others take it up."""
        os.close(self.descriptor)
        with contextlib.suppress(OSError):
            self.path.unlink()


def claim(folder: Path, draft_id: str) -> Claim:
    """Claim the draft `draft_id`; raises BlockingIOError when another process has it, OSError when nobody can."""
    path = folder / f"{draft_id}{SUFFIX}"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor)
    except OSError:
        os.close(descriptor)
        raise
    return Claim(path, descriptor)


def is_open(folder: Path, draft_id: str) -> bool:
    """Return whether an interview that is still running has this draft."""
    if not (folder / f"{draft_id}{SUFFIX}").exists():
        return False
    try:
        claim(folder, draft_id).free()
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _lock(descriptor: int) -> None:
    """Lock a file; the system unlocks it when the process ends, a kill -9 included."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError(errno.EWOULDBLOCK, "open elsewhere") from error
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
