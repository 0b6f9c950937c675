"""Where the passphrase comes from: a file, a command, the keyboard; never a flag or variable: others can read them."""

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from nmtchoose.errors import Code, StoreError, fault
from nmtchoose.loading.locate import read_ordinary
from nmtchoose.practice.settings import Settings

_LONGEST_SECONDS = 60


def passphrase_of(settings: Settings) -> Callable[[], str]:
    """Return a function that gets the passphrase once, when it is needed; it raises StoreError."""

    @cache
    def get() -> str:
        if settings.key_file:
            source, text = "key_file", _in_file(Path(settings.key_file).expanduser())
        elif settings.key_command:
            source, text = "key_command", _from_command(settings.key_command)
        else:
            return ask_passphrase("Passphrase of the records: ")
        line = text.partition("\n")[0].rstrip("\r")
        if not line:
            raise _unreadable(source, "it gives nothing")
        return line

    return get


def ask_passphrase(text: str) -> str:
    """Ask at the terminal without showing what is typed; raises StoreError where there is none."""
    if not sys.stdin or not sys.stdin.isatty():
        raise StoreError([fault(Code.KEY_MISSING)])
    from getpass import getpass

    return getpass(text, stream=sys.stderr)


def _in_file(path: Path) -> str:
    try:
        if hasattr(os, "getuid") and path.stat().st_mode & 0o077:
            raise _unreadable("key_file", "other people can read it")
        return read_ordinary(path).decode()
    except OSError as error:
        raise _unreadable("key_file", error.strerror or "unknown reason") from None
    except UnicodeDecodeError:
        raise _unreadable("key_file", "it is not text") from None


def _from_command(command: str) -> str:
    """Run the command that the user configured; no shell comes between."""
    try:
        done = subprocess.run(  # noqa: S603 - the user's own setting, run as its words say
            shlex.split(command), capture_output=True, check=True, timeout=_LONGEST_SECONDS, text=True
        )
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise _unreadable("key_command", type(error).__name__) from None
    return done.stdout


def _unreadable(source: str, detail: str) -> StoreError:
    return StoreError([fault(Code.KEY_UNREADABLE, source=source, detail=detail)])
