"""One interview, one draft: while a draft is open in one window, no other may take it up."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path

from msgspec import Struct

SUFFIX = ".lock"


class Claim(Struct, frozen=True):
    """A draft that is ours until `free`, or until this process ends, however it ends."""

    path: Path
    descriptor: int

    def free(self) -> None:
        """Let others take it up."""
        os.close(self.descriptor)
        with contextlib.suppress(OSError):
            self.path.unlink()


def claim(folder: Path, draft_id: str) -> Claim:
    """Claim the draft `draft_id`; raises BlockingIOError when another process has it, OSError when nobody can."""
    path = folder / f"{draft_id}{SUFFIX}"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor)
    except OSError:
        os.close(descriptor)
        raise
    return Claim(path, descriptor)


def is_open(folder: Path, draft_id: str) -> bool:
    """Return whether an interview that is still running has this draft."""
    if not (folder / f"{draft_id}{SUFFIX}").exists():
        return False
    try:
        claim(folder, draft_id).free()
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _lock(descriptor: int) -> None:
    """Lock a file; the system unlocks it when the process ends, a kill -9 included."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError(errno.EWOULDBLOCK, "open elsewhere") from error
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
