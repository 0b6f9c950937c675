"""Keys outside of a question: what must go unheeded or unseen, and one key under what stands on the screen."""

import asyncio
import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from typing import TextIO

from nmtchoose.words.printable import encodable

_NAMES = {"c-m": "", "c-j": ""}
"""Enter, in either way that terminals send it, is the key without a letter."""

_STOPS = ("c-c", "c-d")


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


def one_key(hints: Sequence[str], keys: Sequence[str], *, plain: bool) -> str:
    """Show `hints` on standard error and return which of `keys` was pressed, or typed in a line where `plain` is set.

    The empty key is Enter; keys that came before the hints do not count. Raises EOFError when the keyboard is gone or
    stops, and KeyboardInterrupt.
    """
    told = "".join(f"{encodable(line, sys.stderr.encoding)}\n" for line in _lines(hints, _columns()))
    if not plain:
        return asyncio.run(_pressed(told, keys))
    forget_waiting_input(sys.stdin.fileno())
    _write(told)
    while True:
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        if line.strip().lower() in keys:
            return line.strip().lower()


async def _pressed(told: str, keys: Sequence[str]) -> str:
    from prompt_toolkit.input import create_input

    keyboard = create_input(always_prefer_tty=True)
    pressed: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def take() -> None:
        names = [_NAMES.get(one.key, one.key.lower()) for one in keyboard.read_keys()]
        found = next((one for one in names if one in (*keys, *_STOPS)), "gone" if keyboard.closed else None)
        if found is not None and not pressed.done():
            pressed.set_result(found)

    with keyboard.raw_mode(), keyboard.attach(take):
        forget_waiting_input(keyboard.fileno())
        _write(told)
        key = await pressed
        _write(f"\x1b[{told.count(chr(10))}A\r\x1b[J")  # so that what stands above stays where it is
    if key not in keys:
        raise EOFError
    return key


def _write(told: str) -> None:
    sys.stderr.write(told)
    sys.stderr.flush()


def _lines(hints: Sequence[str], columns: int) -> list[str]:
    """Return the hints on as few lines as they fit on, none of them parted."""
    lines = [""]
    for hint in hints:
        longer = f"{lines[-1]}  {hint}".strip()
        if len(longer) <= columns:
            lines[-1] = longer
        else:
            lines.append(hint)
    return ["", *lines]


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns - 1
    except OSError:
        return 79
