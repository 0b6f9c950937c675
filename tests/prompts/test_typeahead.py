"""Keys between two prompts."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest

from nmtchoose.prompts.typeahead import unseen_typing

if sys.platform == "win32":
    pytest.skip("needs a pseudo terminal", allow_module_level=True)

import termios


@pytest.fixture
def terminal() -> Iterator[int]:
    """The program's end of a terminal."""
    keyboard, descriptor = os.openpty()
    yield descriptor
    os.close(descriptor)
    os.close(keyboard)


def echoes(descriptor: int) -> bool:
    return bool(termios.tcgetattr(descriptor)[3] & termios.ECHO)


def test_keys_between_prompts_are_not_written_over_the_screen(terminal: int) -> None:
    with unseen_typing(terminal):
        assert not echoes(terminal)
    assert echoes(terminal)


def test_a_stop_brings_the_echo_back(terminal: int) -> None:
    with pytest.raises(KeyboardInterrupt), unseen_typing(terminal):
        raise KeyboardInterrupt
    assert echoes(terminal)


def test_a_pipe_is_left_alone() -> None:
    reading, writing = os.pipe()
    with unseen_typing(reading):
        os.write(writing, b"as before")
    assert os.read(reading, 20) == b"as before"
    os.close(reading)
    os.close(writing)
