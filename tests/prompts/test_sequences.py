"""What people press in a hurry, and what is recorded: none of `sequences.txt` may record what was not meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from nmtchoose.desk.prompter import Screen, Voice
from nmtchoose.model.answers import Answer
from nmtchoose.prompts.choosing import released
from nmtchoose.prompts.terminal import TerminalPrompter
from tests.prompts.clinic import NUMBERS, lines_screen
from tests.prompts.screen import KEYS
from tests.shipped import lists_pair

QUESTIONS = lists_pair()[0]
TABLE = Path(__file__).with_name("sequences.txt")
SCREENS = {"lines": lines_screen(), "numbers": lines_screen(NUMBERS)}
EACH_LETTER, PAUSES = 0.2, {"wait": 2.0, "pause": 0.4}

Sequence = tuple[str, str, str]


def sequences() -> list[Sequence]:
    """The lines of the table: question, keys, answer."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    parts = (line.split(" | ") for line in lines if " | " in line and not line.startswith("#"))
    return [(question, keys, answer) for question, keys, answer in parts]


def pressed(keys: str) -> Iterator[tuple[str, float]]:
    """Yield each key as a terminal sends it, with the time at which it comes."""
    now = 0.0
    for name, letter in re.findall(r"<(\w+)>|(.)", keys):
        now += PAUSES.get(name, EACH_LETTER)
        if name not in PAUSES:
            yield KEYS[name] if name else letter, now


def recorded(question_id: str, keys: str) -> str:
    """Return what is recorded for a question when those keys are pressed."""
    if question_id in SCREENS:
        screen = SCREENS[question_id]
    else:
        question = QUESTIONS[question_id]
        screen = Screen(question, question.options, Voice.CLIENT, "", "", 1, 1, 2, can_go_back=True)
    sent = list(pressed(keys))
    times = iter([now for _, now in sent] + [1000.0] * 100)
    with create_pipe_input() as keyboard:
        keyboard.send_text("".join(key for key, _ in sent))
        keyboard.close()
        prompter = TerminalPrompter(keyboard=keyboard, display=DummyOutput(), clock=times.__next__)
        with released(prompter):
            try:
                return told(prompter.ask_lines(screen) if screen.lines else prompter.ask(screen))
            except EOFError:
                return "nothing"
            except KeyboardInterrupt:
                return "stops"


def told(answer: Answer | object) -> str:
    return " ".join(map(str, answer)) if isinstance(answer, tuple) else str(answer)


@pytest.mark.parametrize(("question", "keys", "answer"), sequences(), ids=" ".join)
def test_what_is_recorded_is_what_was_meant(question: str, keys: str, answer: str) -> None:
    assert recorded(question, keys) == answer
