"""Keys that have to go unheeded, since no question was there yet, or unseen, since the answer is private."""

import contextlib
import sys
from collections.abc import Iterator
from typing import TextIO


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
def unseen_typing(keyboard: TextIO) -> Iterator[None]:
    """Keep what is typed from being seen while one line is read; does nothing for pipes.

    The terminal is as before afterwards.
    """
    if sys.platform == "win32" or not keyboard.isatty():
        yield
        return
    import termios

    before = termios.tcgetattr(keyboard.fileno())
    quiet = [*before]
    quiet[3] &= ~termios.ECHO
    termios.tcsetattr(keyboard.fileno(), termios.TCSADRAIN, quiet)
    try:
        yield
    finally:
        with contextlib.suppress(termios.error):  # the terminal may be gone
            termios.tcsetattr(keyboard.fileno(), termios.TCSADRAIN, before)
