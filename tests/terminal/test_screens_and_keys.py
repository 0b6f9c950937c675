"""The screens of docs/screens are those of the program, and a typical client needs few keys."""

from __future__ import annotations

import re
from html import unescape

import pytest

from nmtchoose.desk.prompter import Voice
from nmtchoose.files.answers_file import read_answers
from tests.cli.clients import EXAMPLES
from tests.prompts.screen import words
from tests.terminal.interviews import asked
from tools import recording
from tools.keystrokes import MOST, counted
from tools.screens import FOLDER, TABLES, pages


@pytest.mark.slow
def test_the_screens_are_up_to_date() -> None:
    """After a change that shows, run `make screens` and look at the difference."""
    for name, content in pages().items():
        assert (FOLDER / name).read_text(encoding="utf-8") == content, f"{name} is not up to date"


def test_the_recorded_interview_asks_what_is_asked_today() -> None:
    """After a change of the questions, run `make recording`."""
    shown = words(unescape(re.sub("<[^>]+>", " ", recording.TARGET.read_text(encoding="utf-8"))))
    answers = read_answers(str(EXAMPLES / "nmt.json"), recording.TABLES.questionnaire)
    for screen in asked(answers, tables=recording.TABLES):
        assert screen.headed.question.ask.client in shown


@pytest.mark.parametrize(
    "voice", [Voice.CLIENT, *(pytest.param(one, marks=pytest.mark.slow) for one in (Voice.STAFF, Voice.PHONE))]
)
@pytest.mark.parametrize("client", MOST)
def test_a_typical_client_needs_few_keys(client: str, voice: Voice) -> None:
    assert counted(TABLES, client, voice).keys <= MOST[client]
