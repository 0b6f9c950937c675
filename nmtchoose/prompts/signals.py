"""Ending well: a stop from outside is treated like Ctrl-C, so that the terminal is put back in order."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

_ENDINGS = ("SIGTERM", "SIGHUP")
"""Windows has no SIGHUP."""


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
