"""Reading a file that was named, where a pipe would be waited for and a device might never end."""

from __future__ import annotations

import errno
import stat
from pathlib import Path


def read_ordinary(path: Path, most: int = -1) -> bytes:
    """Return the first `most` bytes of the file at `path`, or all; raises OSError, also for a pipe or a device."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):  # opening a folder says what it is
        raise OSError(errno.EINVAL, "it is a pipe or a device; save what comes out of it as a file")
    with path.open("rb") as stream:
        return stream.read(most)
