"""Child processes that can be killed at any moment, or that have fewer rights than the tests."""

from __future__ import annotations

import contextlib
import os
import signal
import time
import warnings
from collections.abc import Callable
from pathlib import Path

Work = Callable[[Callable[[str], None]], None]
"""What a child does; it reports what is finished, line by line."""


class Child:
    """A process that does `work`. Forked, so that two hundred of them take seconds."""

    def __init__(self, work: Work) -> None:
        reading, writing = os.pipe()
        self._pid = forked()
        if self._pid == 0:
            os.close(reading)
            code = 1
            try:
                work(lambda line: _report(writing, line))
                code = 0
            finally:
                os._exit(code)
        os.close(writing)
        self._stream = os.fdopen(reading)

    def kill_after(self, seconds: float, reports: int = 0) -> list[str]:
        """Kill the child as `kill -9` does, so long after `reports` lines, and return all that it had reported."""
        first = [self._stream.readline().rstrip("\n") for _ in range(reports)]
        time.sleep(seconds)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        return [*first, *self.lines()]

    def lines(self) -> list[str]:
        """Wait for the child to end and return what it reported, without a line cut off by its death."""
        with self._stream:
            text = self._stream.read()
        os.waitpid(self._pid, 0)
        return text.split("\n")[:-1]


def forked() -> int:
    """Fork. Python warns that another thread might hold a lock; those of the tests' runner only wait."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
        return os.fork()


def _report(writing: int, line: str) -> None:
    os.write(writing, f"{line}\n".encode())


def without_rights(folder: Path) -> None:
    """Give up root's right to write everywhere; `folder` and those above it stay readable."""
    if os.getuid() == 0:
        for parent in (folder, *folder.parents):
            if parent.stat().st_uid == 0 and parent != Path("/"):
                parent.chmod(parent.stat().st_mode | 0o055)
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
