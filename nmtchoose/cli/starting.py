"""Where an interview starts: from nothing, from a file of answers, or from a draft."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from nmtchoose.cli.keeping import Keeping
from nmtchoose.errors import Code, FileError, UsageError, fault
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.prompts.protocol import Voice
from nmtchoose.records.draft_claim import Claim, claim
from nmtchoose.records.drafts import find_draft, new_id, restore

if TYPE_CHECKING:
    from nmtchoose.cli.returning import Returning


class Wanted(Struct, frozen=True):
    """What the flags say: a file of answers, the latest draft or a certain one, and the voice."""

    source: str | None
    resume: bool
    draft: str | None
    staff: bool


class Start(Struct, frozen=True):
    """The answers given so far, the voice, and where they are kept.

    `news` are lines to say first, `carried` answers from an earlier visit that may still be true.
    """

    answers: Answers
    voice: Voice
    keeping: Keeping
    news: tuple[str, ...] = ()
    carried: Answers = field(default_factory=dict)

    def returning(self, known: Returning) -> Start:
        """Return this start for a client of whom something is `known`."""
        return replace(self, news=(*self.news, *known.news), carried=known.answers)


def start(questionnaire: Questionnaire, folder: Path, days: int, wanted: Wanted) -> Start:
    """Return where the interview starts.

    Raises UsageError for a file and a draft together, AnswerError for a faulty file, and FileError when there is no
    such draft or another window has it.
    """
    drafted = wanted.resume or wanted.draft is not None
    if wanted.source is not None and drafted:
        other = "--draft" if wanted.draft is not None else "--resume"
        raise UsageError([fault(Code.USAGE_TOGETHER, one="--answers", other=other)])
    if drafted:
        return _taken_up(questionnaire, folder, days, wanted)
    voice = Voice.STAFF if wanted.staff else Voice.CLIENT
    keeping = Keeping(folder, new_id(), voice, questionnaire, days)
    if wanted.source is None:
        return Start({}, voice, keeping)
    from nmtchoose.formats.reading import read_given

    return Start(read_given(wanted.source, questionnaire), voice, keeping)


def _taken_up(questionnaire: Questionnaire, folder: Path, days: int, wanted: Wanted) -> Start:
    found = find_draft(folder, wanted.draft)
    ours = _claimed(folder, found.id)
    found = find_draft(folder, found.id)
    restored = restore(found, questionnaire)
    voice = Voice.STAFF if wanted.staff or found.voice == Voice.STAFF else Voice.CLIENT
    keeping = Keeping(folder, found.id, voice, questionnaire, days)
    keeping.taken_up(ours, len(restored.answers))
    return Start(restored.answers, voice, keeping, _news(restored.lost))


def _claimed(folder: Path, draft_id: str) -> Claim | None:
    """Claim a draft; None where the folder may be read and not written."""
    try:
        return claim(folder, draft_id)
    except BlockingIOError:
        raise FileError([fault(Code.DRAFT_OPEN, name=draft_id)]) from None
    except OSError:
        return None


def _news(lost: tuple[str, ...]) -> tuple[str, ...]:
    if not lost:
        return ()
    return ("The questions have changed since. These answers no longer fit:", *(f"- {words}" for words in lost))
