"""What people press in a hurry, and what is recorded: none of `sequences.txt` may record what was not meant."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from nmtchoose.desk.interview import found_by_name
from nmtchoose.desk.prompter import Screen, Typed, Voice
from nmtchoose.model.answers import Answer
from nmtchoose.prompts.choosing import released
from nmtchoose.prompts.terminal import TerminalPrompter
from tests.amounts import TRIES
from tests.prompts.clinic import NUMBERS, lines_screen
from tests.prompts.screen import KEYS, Terminal
from tests.shipped import lists_pair, shipped_pair

QUESTIONS, TODAY = lists_pair()[0], shipped_pair()[0]
TABLE = Path(__file__).with_name("sequences.txt")
SCREENS = {"lines": lines_screen(), "numbers": lines_screen(NUMBERS)}
TERMINALS, WIDE = 4, 80
"""So many share the table."""
READY = "Ready."
EACH_LETTER, PAUSES = 0.2, {"wait": 2.0, "pause": 0.4}

Sequence = tuple[str, ...]


def sequences() -> list[Sequence]:
    """The lines of the table: question, keys, answer, and the answer in a narrow window."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    parts = (line.split(" | ") for line in lines if " | " in line and not line.startswith("#"))
    return [(question, keys, answer, *(narrow or [answer])) for question, keys, answer, *narrow in parts]


def pressed(keys: str) -> Iterator[tuple[str, float]]:
    """Yield each key as a terminal sends it, with the time at which it comes."""
    now = 0.0
    for name, letter in re.findall(r"<(\w+)>|(.)", keys):
        now += PAUSES.get(name, EACH_LETTER)
        if name not in PAUSES:
            yield KEYS[name] if name else letter, now


def screen_of(name: str) -> Screen:
    """Return the screen of a question, or of lines that share one: of the lists, or by `today/` of the shipped pair."""
    if name in SCREENS:
        return SCREENS[name]
    questionnaire = TODAY if name.startswith("today/") else QUESTIONS
    question_id = name.removeprefix("today/")
    asked = [one for one in questionnaire.questions if one.screen_id in (question_id, f"{question_id}/")]
    lines = [
        Screen(
            one,
            tuple(found_by_name(questionnaire, one, option) for option in one.options),
            Voice.CLIENT,
            section_title="",
            section_intro="",
            part=1,
            parts=1,
            number=2,
            can_go_back=True,
        )
        for one in asked
    ]
    return replace(lines[0], lines=tuple(lines)) if asked[0].stem else lines[0]


def recorded(question_id: str, keys: str) -> str:
    """Return what is recorded for a question when those keys are pressed."""
    sent = list(pressed(keys))
    times = iter([now for _, now in sent] + [1000.0] * 100)
    with create_pipe_input() as keyboard:
        keyboard.send_text("".join(key for key, _ in sent))
        keyboard.close()
        prompter = TerminalPrompter(keyboard=keyboard, display=DummyOutput(), clock=times.__next__)
        with released(prompter):
            return answered(prompter, screen_of(question_id))


def answered(prompter: TerminalPrompter, screen: Screen) -> str:
    """Return what is recorded when `prompter` asks `screen`."""
    try:
        return told(prompter.ask_lines(screen) if screen.lines else prompter.ask(screen))
    except EOFError:
        return "nothing"
    except KeyboardInterrupt:
        return "stops"


def told(answer: Answer | object) -> str:
    given = answer.answer if isinstance(answer, Typed) else answer
    return " ".join(map(str, given)) if isinstance(given, tuple) else str(given)


@pytest.mark.parametrize("sequence", sequences(), ids=" ".join)
def test_what_is_recorded_is_what_was_meant(sequence: Sequence) -> None:
    question, keys, answer, _ = sequence
    assert recorded(question, keys) == answer


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
@pytest.mark.parametrize(
    ("columns", "rows", "first"),
    [
        (columns, rows, first)
        for first in range(TERMINALS)
        for columns, rows in ((WIDE, 24), (40, 20))
        if TRIES > 1 or (first % 2 == 0) == (columns == WIDE)
    ],
)
def test_the_same_is_recorded_in_a_real_terminal(columns: int, rows: int, first: int, tmp_path: Path) -> None:
    """Every sequence of the table is played at one of both sizes, and at both where more tries are asked for."""
    table, file, wrong = sequences()[first::TERMINALS], tmp_path / "recorded.txt", []
    argv = [sys.executable, "-m", "tests.prompts.table", str(file), str(first), str(TERMINALS)]
    with Terminal(argv, columns=columns, rows=rows) as terminal:
        for number, (question, keys, answer, narrow) in enumerate(table, 1):
            terminal.wait_for(screen_of(question).headed.text)
            terminal.wait_for_silence()
            terminal.press(*(key for key, _ in pressed(keys)))
            found = _played(terminal, file, number)
            if found != (narrow if columns < WIDE else answer):
                wrong.append(f"{question} | {keys} | {found}")
            terminal.wait_for(READY)
            terminal.press("next", "enter")
    assert not wrong, "\n".join(wrong)


def _played(terminal: Terminal, file: Path, number: int) -> str:
    """Wait for the line of that `number` in `file` and return it; what waits for more keys is ended."""
    terminal.wait_for_silence()
    if len(_recorded(file)) < number:
        terminal.press("ctrl-d")
    terminal.wait_until(lambda: len(_recorded(file)) >= number, "what is recorded")
    return _recorded(file)[number - 1]


def _recorded(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []
