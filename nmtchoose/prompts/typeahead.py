"""Keys pressed before a question was shown: they cannot have been an answer to it."""

from __future__ import annotations

import contextlib
import sys


def forget_waiting_input(descriptor: int) -> None:
    """Throw away what waits at a terminal; does nothing for pipes."""
    if sys.platform == "win32":
        import msvcrt

        while msvcrt.kbhit():
            msvcrt.getwch()
    else:
        import termios

        with contextlib.suppress(termios.error, ValueError, OSError):
            termios.tcflush(descriptor, termios.TCIFLUSH)
