"""Deciding who asks: the terminal prompter, the plain one, or nobody because nobody is there; and ending well."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FrameType
from typing import TextIO

from nmtchoose.desk.prompter import Prompter
from nmtchoose.errors import CannotPromptError, Code, fault

_OFF = ("", "0", "false")
_ENDINGS = ("SIGTERM", "SIGHUP")
"""Windows has no SIGHUP."""


def choose_prompter(*, plain: bool = False, color: bool = True, answers_on_stdin: bool = False) -> Prompter:
    """Return the prompter for this terminal; raise CannotPromptError where there is none.

    `answers_on_stdin` says that standard input holds an answers file: keys are then read from the terminal itself.
    """
    require_terminal(sys.stdin, sys.stderr, answers_on_stdin=answers_on_stdin)
    if wants_plain(plain=plain, environment=os.environ):
        from nmtchoose.prompts.plain import PlainPrompter

        return PlainPrompter(keyboard=_terminal() if answers_on_stdin else None)
    from nmtchoose.prompts.terminal import TerminalPrompter

    return TerminalPrompter(color=color)


@contextmanager
def asking(
    *, plain: bool = False, color: bool = True, answers_on_stdin: bool = False
) -> Iterator[Callable[[], Prompter]]:
    """Give what returns the prompter, chosen when it is first needed; the screen is given back at the end."""

    @cache
    def prompter() -> Prompter:
        forgiving_streams()
        return choose_prompter(plain=plain, color=color, answers_on_stdin=answers_on_stdin)

    try:
        yield prompter
    finally:
        if prompter.cache_info().currsize:
            prompter().release()


@contextmanager
def released(prompter: Prompter) -> Iterator[None]:
    """Give the screen back at the end, however that comes."""
    try:
        yield
    finally:
        prompter.release()


def wants_plain(*, plain: bool, environment: Mapping[str, str]) -> bool:
    """Return whether plain lines are wanted: `--plain`, `ACCESSIBLE` set, or a terminal that cannot move its cursor.

    `ACCESSIBLE` counts when it holds anything but nothing, `0` or `false`, as in other programs.
    """
    accessible = environment.get("ACCESSIBLE", "").strip().lower() not in _OFF
    return plain or accessible or environment.get("TERM") == "dumb"


def require_terminal(keyboard: TextIO | None, display: TextIO | None, *, answers_on_stdin: bool = False) -> None:
    """Raise CannotPromptError unless a person can see the questions and press keys.

    Piped input is refused rather than read: its lines would answer questions that nobody saw.
    """
    if not answers_on_stdin and not _is_terminal(keyboard):
        raise CannotPromptError([fault(Code.PROMPT_NO_KEYBOARD)])
    if not _is_terminal(display):
        raise CannotPromptError([fault(Code.PROMPT_NO_DISPLAY)])


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def _terminal() -> TextIO:
    """Return the terminal itself as a stream to read lines from."""
    path = "CONIN$" if sys.platform == "win32" else "/dev/tty"
    try:
        return Path(path).open(encoding=sys.stderr.encoding or "utf-8", errors="replace")
    except OSError:
        raise CannotPromptError([fault(Code.PROMPT_NO_KEYBOARD)]) from None


@dataclass
class Ending:
    """Which signal asked us to stop; None after an ordinary Ctrl-C or none at all."""

    signal: signal.Signals | None = None

    @property
    def exit_code(self) -> int:
        """128 and the number of the signal, as shells expect: 143 after SIGTERM, 129 after SIGHUP, else 130."""
        return 128 + (self.signal or signal.SIGINT)


@contextmanager
def ending_signals() -> Iterator[Ending]:
    """Turn SIGTERM and SIGHUP into Ctrl-C while the block runs, and remember which one it was.

    A prompt that is open then ends with KeyboardInterrupt and restores the terminal, which would stay without echo
    otherwise. Has to be called in the main thread.
    """
    ending = Ending()

    def stop(number: int, frame: FrameType | None) -> None:
        ending.signal = signal.Signals(number)
        signal.raise_signal(signal.SIGINT)

    numbers = [getattr(signal, name) for name in _ENDINGS if hasattr(signal, name)]
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def forgiving_streams() -> None:
    """Let standard output and error replace letters that they cannot encode: advice must never die on a dash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
