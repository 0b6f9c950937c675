"""Keys pressed before a question was shown: they cannot have been an answer to it, and need not be seen."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator


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


@contextlib.contextmanager
def unseen_typing(descriptor: int) -> Iterator[None]:
    """Keep keys pressed between two prompts from being written over the screen; does nothing for pipes.

    Only for prompts that draw what is typed themselves. The terminal is as before afterwards.
    """
    if sys.platform == "win32":
        yield
        return
    import termios

    try:
        before = termios.tcgetattr(descriptor)
    except (termios.error, ValueError, OSError):
        yield
        return
    quiet = [*before]
    quiet[3] &= ~termios.ECHO
    termios.tcsetattr(descriptor, termios.TCSADRAIN, quiet)
    try:
        yield
    finally:
        with contextlib.suppress(termios.error):  # the terminal may be gone
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
