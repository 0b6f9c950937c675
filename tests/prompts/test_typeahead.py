"""What is typed in private."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TextIO

import pytest

from nmtchoose.prompts.keyboard import unseen_typing

if sys.platform == "win32":
    pytest.skip("needs a pseudo terminal", allow_module_level=True)

import termios


@pytest.fixture
def terminal() -> Iterator[TextIO]:
    """The program's end of a terminal."""
    keyboard, descriptor = os.openpty()
    with os.fdopen(descriptor) as stream:
        yield stream
    os.close(keyboard)


def echoes(keyboard: TextIO) -> bool:
    return bool(termios.tcgetattr(keyboard.fileno())[3] & termios.ECHO)


def test_what_is_typed_is_not_seen(terminal: TextIO) -> None:
    with unseen_typing(terminal):
        assert not echoes(terminal)
    assert echoes(terminal)


def test_a_stop_brings_the_echo_back(terminal: TextIO) -> None:
    with pytest.raises(KeyboardInterrupt), unseen_typing(terminal):
        raise KeyboardInterrupt
    assert echoes(terminal)


def test_a_pipe_is_left_alone() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading) as keyboard, unseen_typing(keyboard):
        os.write(writing, b"as before\n")
        assert keyboard.readline() == "as before\n"
    os.close(writing)
