"""Keeping an interview while it runs, so that nothing is lost however it ends; and saying what became of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nmtchoose.errors import FileError
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.prompts.protocol import Voice
from nmtchoose.records.draft_claim import Claim, claim
from nmtchoose.records.drafts import delete_draft, list_drafts, make_folder, save_draft

_NOT_KEPT = "Your answers cannot be kept on this disk. You can go on; if you stop, they are lost."


class Keeping:
    """The draft of one interview: saved after every answer, deleted after the result.

    A disk that is full or may not be written never ends an interview: `warn` is told once, and the next answer tries
    again. With `days` 0 nothing is ever written.
    """

    def __init__(self, folder: Path, draft_id: str, voice: Voice, questionnaire: Questionnaire, days: int) -> None:
        self._folder = folder
        self._draft_id = draft_id
        self._voice = voice
        self._questionnaire = questionnaire
        self._days = days
        self._claim: Claim | None = None
        self._warned = False
        self._answered = 0
        self._kept = 0

    def keep_nothing(self) -> None:
        """Write nothing from now on: the client does not want anything kept."""
        self._days = 0

    def taken_up(self, claim: Claim | None, answered: int) -> None:
        """Go on with a draft that holds `answered` answers and is ours by `claim`."""
        self._claim, self._answered, self._kept = claim, answered, answered

    def keep(self, answers: Answers, warn: Callable[[str], None]) -> None:
        """Save `answers`; tell `warn` the first time that this cannot be done."""
        self._answered = len(answers)
        if self._days == 0:
            return
        try:
            self._save(answers)
            self._kept = len(answers)
        except (FileError, OSError):
            if not self._warned:
                warn(_NOT_KEPT)
            self._warned = True

    def _save(self, answers: Answers) -> None:
        make_folder(self._folder)
        self._claim = self._claim or claim(self._folder, self._draft_id)
        save_draft(self._folder, self._draft_id, answers, self._voice, self._questionnaire)

    def forget(self) -> None:
        """Delete the draft, because the result was delivered. Raises FileError when it cannot be deleted."""
        try:
            if self._kept:
                delete_draft(self._folder, self._draft_id)
        finally:
            self.free()

    def free(self) -> None:
        """Leave the draft to whoever takes it up."""
        if self._claim:
            self._claim.free()
        self._claim = None

    def last_words(self) -> tuple[str, ...]:
        """Return what to say to somebody who stops; where something is kept, the last line says how to go on."""
        if not self._answered:
            return ("Stopped. Nothing was answered, so nothing is kept.",)
        if not self._kept:
            return ("Stopped. Nothing is kept.",)
        whose = "Your answers are" if self._kept >= self._answered else "Not all of your answers are"
        return (f"Stopped. {whose} kept.", self.how_to_resume())

    def how_to_resume(self) -> str:
        """Return the command that takes up this draft; with its id where there are others."""
        alone = len(list_drafts(self._folder)) == 1
        return f"To go on: nmtchoose intake {'--resume' if alone else f'--draft {self._draft_id}'}"
