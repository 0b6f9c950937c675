"""The stage of `tests.prompts.hands` in a real terminal: every key goes through a pty, and every screen is drawn."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import struct
import termios
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import Input, create_input
from prompt_toolkit.output import Output
from prompt_toolkit.output.vt100 import Vt100_Output

from nmtchoose.prompts.prompt import FieldPrompt, ListPrompt
from nmtchoose.prompts.stage import Stage
from tests.prompts.hands import HandStage
from tests.prompts.screen import KEYS

LONGEST = 2.0
"""Seconds until a key that does nothing is given up."""


class TerminalStage(HandStage):
    """A stage whose keys are written to the other end of its terminal, `master`."""

    def __init__(self, random: Random, keyboard: Input, display: Output, master: int) -> None:
        super().__init__(random, keyboard, display)
        self._master = master
        self._taken = 0

    async def _answered(self) -> None:
        playing = self._loop.create_task(self._pressing())
        await Stage._answered(self)
        await playing

    async def _pressed(self, key: str) -> None:
        """Write a key, and wait until it has come through."""
        prompt = self._prompt
        assert prompt is not None
        before = self._state(prompt)
        os.write(self._master, KEYS.get(key, key).encode())
        for _ in range(int(LONGEST / 0.002)):
            await asyncio.sleep(0.002)
            if self._state(prompt) != before:
                return

    def _state(self, prompt: ListPrompt | FieldPrompt) -> tuple[int, str]:
        return self._taken, prompt.left if isinstance(prompt, FieldPrompt) else ""

    def _press(self, key: str, data: str, now: float) -> None:
        self._taken += 1
        super()._press(key, data, self.now)

    def _resized(self, size: Size) -> None:
        _set_size(self._master, size)
        self._app._on_resize()


@contextmanager
def on_a_terminal(random: Random, size: Size) -> Iterator[TerminalStage]:
    """Give a stage in a new terminal of that size; what is drawn is read, as a terminal does."""
    master, slave = pty.openpty()
    _set_size(master, size)
    reading = threading.Thread(target=_drain, args=(master,), daemon=True)
    reading.start()
    with os.fdopen(os.dup(slave), "w", encoding="utf-8") as shown, os.fdopen(slave, encoding="utf-8") as keys:
        display = Vt100_Output.from_pty(shown, term="xterm-256color")
        yield TerminalStage(random, create_input(keys), display, master)
    os.close(master)


def _set_size(master: int, size: Size) -> None:
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", size.rows, size.columns, 0, 0))


def _drain(master: int) -> None:
    try:
        while os.read(master, 65536):
            pass
    except OSError:  # the terminal is gone
        return
