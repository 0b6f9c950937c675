"""Keys pressed before a question was shown: they cannot have been an answer to it."""

from __future__ import annotations

import contextlib


def forget_waiting_input(descriptor: int) -> None:
    """Throw away what waits at a terminal; does nothing for pipes and on systems without termios."""
    with contextlib.suppress(ImportError):
        import termios

        with contextlib.suppress(termios.error, ValueError, OSError):
            termios.tcflush(descriptor, termios.TCIFLUSH)
