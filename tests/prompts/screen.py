"""A real terminal for tests: runs a program in a pty of a given size and keeps the screen that a person would see.

    with Terminal([sys.executable, "-m", "nmtchoose", "intake"], columns=40, rows=20) as terminal:
        terminal.wait_for("Right now")
        terminal.press("down", "space", "enter")
        assert terminal.line_with("»") == " » [✓] Neck"

The program's questions about the cursor are answered as a terminal would. Wait for each prompt before pressing keys:
what is typed ahead is thrown away.
"""

from __future__ import annotations

import os
import signal
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

import pexpect
import pyte
from pexpect.fdpexpect import fdspawn

from tests.forked import CAN_FORK, Program, start_in_terminal

ROOT = Path(__file__).resolve().parents[2]
KEYS = {
    "enter": "\r",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "end": "\x1b[F",
    "back": "\x1b[Z",
    "escape": "\x1b",
    "tab": "\t",
    "backspace": "\x7f",
    "ctrl-c": "\x03",
    "ctrl-d": "\x04",
    "ctrl-u": "\x15",
}
INHERITED = ("PATH", "HOME", "NMTCHOOSE_CACHE", "SYSTEMROOT")
UTF8 = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
ASCII = {"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
PATIENCE = 20.0
"""Seconds to wait for something that has to come; only a failing test waits that long."""


class _Forked:
    """What `pexpect.spawn` is, of a program that was forked from a process that has loaded it."""

    def __init__(self, program: Program, dimensions: tuple[int, int]) -> None:
        self.child_fd, programs = os.openpty()
        self.setwinsize(*dimensions)
        window = fdspawn(self.child_fd)
        self.send, self.read_nonblocking, self._close = window.send, window.read_nonblocking, window.close
        self._process = start_in_terminal(program, programs)
        os.close(programs)

    def setwinsize(self, rows: int, columns: int) -> None:
        termios.tcsetwinsize(self.child_fd, (rows, columns))

    def isalive(self) -> bool:
        return bool(self._process.is_alive())

    def kill(self, number: int) -> None:
        os.kill(self._process.pid, number)

    def wait(self) -> None:
        self._process.join(PATIENCE)
        code = self._process.exitcode
        self.exitstatus = code if code >= 0 else None
        self.signalstatus = None if code >= 0 else -code

    def close(self, force: bool = True) -> None:
        """Close the window: what reads from it or writes to it ends."""
        self._close()
        self._process.join(PATIENCE)


class _Answering:
    """A screen that answers where its cursor is when a program asks."""

    answer: Callable[[str], object]

    def write_process_input(self, data: str) -> None:
        self.answer(data)


class _Screen(_Answering, pyte.Screen):
    """Forgets what scrolls off it."""


class _RememberingScreen(_Answering, pyte.HistoryScreen):
    """Remembers what scrolls off it, as terminals do; slower."""


class Terminal:
    """A program in a terminal. `environment` is added to a small, fixed one; `written` is all that came, as it came.

    With `remembers`, lines that scroll off the screen can be read with `memory`.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        environment: Mapping[str, str] = UTF8,
        folder: Path = ROOT,
        remembers: bool = False,
    ) -> None:
        self.process = _start(argv, (rows, columns), environment, folder)
        self.written = ""
        self._screen = _RememberingScreen(columns, rows) if remembers else _Screen(columns, rows)
        self._screen.answer = self.process.send
        self._stream = pyte.ByteStream(self._screen)
        self._lines: list[str] = []

    def press(self, *keys: str) -> None:
        """Press keys one after another: names from `KEYS`, or text to type."""
        for key in keys:
            self.process.send(KEYS.get(key, key))

    def wait_for(self, text: str) -> None:
        """Wait until `text` is on the screen, wherever its lines are broken."""
        self.wait_until(lambda: words(text) in words(self.text()), f"{text!r} to appear")

    def wait_without(self, text: str) -> None:
        """Wait until `text` is on the screen no more."""
        self.wait_until(lambda: words(text) not in words(self.text()), f"{text!r} to go")

    def wait_until(self, is_so: Callable[[], bool], what: str) -> None:
        """Take in what the program writes until `is_so`; fail with the screen when that does not come."""
        deadline = time.monotonic() + PATIENCE
        alive = True
        while not is_so():
            if not alive or time.monotonic() > deadline:
                raise AssertionError(f"waited in vain for {what}; the screen is\n{self.text()}")
            alive = self._take_in()

    def wait_for_silence(self) -> None:
        """Take in what the program writes until a tenth of a second has brought nothing: a screen comes in parts."""
        alive, before = True, -1
        while alive and len(self.written) > before:
            before = len(self.written)
            alive = self._take_in()

    def wait_for_end(self) -> int:
        """Wait until the program ends and return its exit code; 128 and the signal when one killed it."""
        deadline = time.monotonic() + PATIENCE
        while self._take_in():
            if time.monotonic() > deadline:
                raise AssertionError(f"the program does not end; the screen is\n{self.text()}")
        self.process.wait()
        status, killed_by = self.process.exitstatus, self.process.signalstatus
        return status if status is not None else 128 + (killed_by or 0)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window, as dragging its corner does."""
        self._screen.resize(rows, columns)
        self._lines = []
        self.process.setwinsize(rows, columns)

    def lines(self) -> list[str]:
        """Return what is on the screen, without blanks at the right."""
        if not self._lines:
            self._lines = [self._line(number) for number in range(self._screen.lines)]
        return self._lines

    def _line(self, number: int) -> str:
        """Most lines of a tall window were never written on."""
        return _text(self._screen.buffer[number]) if number in self._screen.buffer else ""

    def text(self) -> str:
        """Return the screen as one text, without empty lines at its end."""
        return "\n".join(self.lines()).rstrip()

    def memory(self) -> str:
        """Return what scrolled off the screen and can still be scrolled back to."""
        assert isinstance(self._screen, _RememberingScreen), "ask for a terminal that remembers"
        return "\n".join(map(_text, self._screen.history.top))

    def line_with(self, text: str) -> str:
        """Return the only line that holds `text`."""
        found = [line for line in self.lines() if text in line]
        if len(found) != 1:
            raise AssertionError(f"{len(found)} lines hold {text!r}; the screen is\n{self.text()}")
        return found[0]

    def cursor_line(self) -> str:
        """Return the line that the terminal's own cursor is on: where a magnifier or screen reader looks."""
        return self.lines()[self._screen.cursor.y]

    def is_in_order(self) -> bool:
        """Return whether the terminal echoes, edits lines and heeds Ctrl-C, as a shell expects it."""
        flags = termios.tcgetattr(self.process.child_fd)[3]
        wanted = termios.ECHO | termios.ICANON | termios.ISIG
        return bool(flags & wanted == wanted)

    def _take_in(self) -> bool:
        """Feed the screen what is there; return whether the program still writes."""
        try:
            written = cast(bytes, self.process.read_nonblocking(65536, timeout=0.1))
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.written += written.decode(errors="replace")
        self._stream.feed(written)
        self._lines = []
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self.process.isalive():
            self.process.kill(signal.SIGKILL)
            self.process.wait()
        self.process.close()


def _start(
    argv: Sequence[str], dimensions: tuple[int, int], environment: Mapping[str, str], folder: Path
) -> pexpect.spawn[Any] | _Forked:
    """Start a program in a terminal; forked where Python runs a module and is not told how, as in which encoding."""
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    whole = {"TERM": "xterm-256color", "PYTHONPATH": str(ROOT), **inherited, **environment}
    if CAN_FORK and argv[:2] == [sys.executable, "-m"] and not any(name.startswith("PYTHON") for name in environment):
        return _Forked(Program(argv[2:], whole, folder), dimensions)
    started = pexpect.spawn(
        argv[0], list(argv[1:]), dimensions=dimensions, cwd=str(folder), env=whole, timeout=PATIENCE
    )
    started.delaybeforesend = None
    cast(Any, started).ptyproc.delayafterclose = 0
    return started


def _text(line: Mapping[int, pyte.screens.Char]) -> str:
    """Return a line of the screen; beside a wide character stands an empty one."""
    return "".join(line[at].data for at in range(max(line, default=-1) + 1)).rstrip()


def words(text: str) -> str:
    """Return `text` with every run of blanks and line ends as one space."""
    return " ".join(text.split())
