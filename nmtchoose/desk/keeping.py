"""Keeping an interview while it runs, so that nothing is lost however it ends; and saying what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from nmtchoose.errors import FileError
from nmtchoose.files.drafts import (
    LAST,
    Claim,
    Draft,
    claim,
    delete_draft,
    holding,
    list_drafts,
    make_folder,
    save_draft,
)
from nmtchoose.model.answers import Answers, Correction
from nmtchoose.model.questionnaire import Questionnaire

_NOT_KEPT = "Your answers cannot be kept on this disk. You can go on; if you stop, they are lost."


class Keeping:
    """The draft of one interview: saved after every answer; after the result only as the one that was finished last.

    A disk that is full or may not be written never ends an interview: `warn` is told once, and the next answer tries
    again. With `days` 0 nothing is ever written. `draft` says whose interview it is; one that is taken up holds answers
    and is ours by `claimed`, where it could be claimed.
    """

    def __init__(
        self, folder: Path, draft: Draft, questionnaire: Questionnaire, days: int, *, claimed: Claim | None = None
    ) -> None:
        self._folder = folder
        self._draft = draft
        self._questionnaire = questionnaire
        self._days = days
        self._claim = claimed
        self._warned = False
        self.declined = False
        """Whether the client does not want anything kept."""
        self._answered = self._kept = len(draft.raw)

    @property
    def keeps(self) -> bool:
        """Whether anything may be kept."""
        return self._days > 0

    def begin(self, *, full: bool) -> None:
        """Delete the interview that was finished before; `full` says that nothing is carried over into this one."""
        self._draft = replace(self._draft, full=full and self._draft.full)
        with suppress(FileError):
            delete_draft(self._folder, LAST)

    def keep_nothing(self) -> None:
        """Write nothing from now on: the client does not want anything kept."""
        self._days, self.declined = 0, True

    def keep(
        self,
        answers: Answers,
        warn: Callable[[str], None],
        *,
        typed: Mapping[str, str] | None = None,
        corrected: tuple[Correction, ...] = (),
        kept_from: Mapping[str, str] | None = None,
    ) -> None:
        """Save `answers`, how they were `typed`, what was `corrected` and from which visit some were `kept_from`.

        `warn` is told once where it cannot be done.
        """
        self._answered = len(answers)
        if not self.keeps:
            return
        try:
            make_folder(self._folder)
            self._draft = replace(self._draft, typed=typed or {}, corrected=corrected, kept_from=kept_from or {})
            self._claim = self._claim or claim(self._folder, self._draft.id)
            save_draft(self._folder, holding(self._draft, answers, self._questionnaire))
            self._kept = len(answers)
        except (FileError, OSError):
            if not self._warned:
                warn(_NOT_KEPT)
            self._warned = True

    def finish(self, answers: Answers, *, help_told: Mapping[str, str], record: str) -> None:
        """Delete the draft, because the result was delivered. It can be looked at again until the next one begins.

        `help_told` says what was done in an emergency, and `record` is the id in the store, if it is there. Raises
        FileError when it cannot be deleted.
        """
        finished = replace(self._draft, id=LAST, help=help_told, record=record)
        try:
            if self.keeps:
                with suppress(FileError):
                    save_draft(self._folder, holding(finished, answers, self._questionnaire))
            if self._kept:
                delete_draft(self._folder, self._draft.id)
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
        alone = len(list_drafts(self._folder)) == 1
        how = "To go on: nmtchoose intake --resume" if alone else f"nmtchoose intake --draft {self._draft.id}"
        return (f"Stopped. {whose} kept.", *(() if alone else ("To go on:",)), how)
