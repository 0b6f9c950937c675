"""A kill -9 or a power cut at any moment loses at most the question on the screen."""

from __future__ import annotations

import os
import random
import signal
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nmtchoose.desk.conduct import conduct
from nmtchoose.desk.drafts import Keeping
from nmtchoose.desk.interview import begun
from nmtchoose.desk.prompter import Screen, Turn, Typed, Voice
from nmtchoose.files.atomic import TEMPORARY
from nmtchoose.files.drafts import Draft, find_draft, list_drafts, restore
from nmtchoose.model.answers import Answer
from tests.prompts.script import ScriptedPrompter
from tests.records.children import forked
from tests.terminal.interviews import QUESTIONS, TABLES, asked, example

ONE_QUESTION = 0.005
"""Seconds: about as long as it takes to ask one, take its answer and write the draft."""

ANSWERS = example("low-back")
SCREENS = [[line.question.id for line in screen.lines or (screen,)] for screen in asked(ANSWERS)]
ORDER = [question for screen in SCREENS for question in screen]
ID = "5eed5eed"


class Reporting(ScriptedPrompter):
    """Tells the parent which question is on the screen, by a byte for each."""

    def __init__(self, pipe: int) -> None:
        super().__init__(ANSWERS)
        self._pipe = pipe

    def ask(self, screen: Screen) -> Answer | Typed | Turn:
        os.write(self._pipe, b".")
        return super().ask(screen)

    def ask_lines(self, screen: Screen) -> tuple[Answer, ...] | Turn:
        os.write(self._pipe, b".")
        return super().ask_lines(screen)


def interview(folder: Path, pipe: int) -> None:
    draft = Draft(id=ID, saved=datetime.now(UTC), voice="client", raw={})
    keeping = Keeping(folder, draft, days=7)
    conduct(begun(TABLES, {}, Voice.CLIENT), Reporting(pipe), lambda now: keeping.keep(now, print))


def questions_shown_until_killed(folder: Path, questions: int, after: float) -> int:
    """Run an interview in a child, kill it `after` so many seconds and questions, and return how many it showed."""
    reading, writing = os.pipe()
    child = forked()
    if child == 0:
        try:
            interview(folder, writing)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        shown = len(pipe.read(questions))
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return shown + len(pipe.read())


@pytest.mark.parametrize("questions", range(len(SCREENS)))
def test_what_was_answered_is_there(tmp_path: Path, questions: int) -> None:
    shown = questions_shown_until_killed(tmp_path, questions, random.uniform(0, ONE_QUESTION))
    kept = restore(find_draft(tmp_path, ID), QUESTIONS).answers if list_drafts(tmp_path) else {}
    assert list(kept) == ORDER[: len(kept)]
    assert len(kept) in [sum(map(len, SCREENS[: max(count, 0)])) for count in (shown - 1, shown)]
    assert kept == {one: ANSWERS[one] for one in kept}
    rest = {one: ANSWERS[one] for one in ORDER if one not in kept}
    with ScriptedPrompter(rest) as prompter:
        assert conduct(begun(TABLES, kept, Voice.CLIENT), prompter).answers == ANSWERS


def test_half_a_file_is_never_taken_for_a_draft(tmp_path: Path) -> None:
    (tmp_path / TEMPORARY.replace("*", "half")).write_text('{"format": "nmtchoose/draft/1", "answ')
    (tmp_path / "cafe.json").write_text('{"format": "nmtchoose/draft/1", "answ')
    assert list_drafts(tmp_path) == ()
