"""Reading a file that was named, where a pipe would be waited for and a device might never end."""

import errno
import stat
from pathlib import Path

from nmtchoose.errors import while_reading

_OPEN_ALREADY = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
"""What the shell has opened, as in `screen <(command)`: it ends when the command does."""


def read_ordinary(path: Path, most: int = -1) -> bytes:
    """Return the first `most` bytes of a file, or all; raises OSError, also for what `check_ordinary` refuses."""
    check_ordinary(path)
    with path.open("rb") as stream:
        return stream.read(most)


def check_ordinary(path: Path) -> None:
    """Raise OSError for a device, for a pipe that somebody else would have to write into, and where nothing is."""
    mode = path.stat().st_mode
    comes = stat.S_ISFIFO(mode) and str(path).startswith(_OPEN_ALREADY)
    if not (comes or stat.S_ISREG(mode) or stat.S_ISDIR(mode)):  # opening a folder says what it is
        raise OSError(errno.EINVAL, "it is a pipe or a device; save what comes out of it as a file")


def content_of(path: Path) -> bytes:
    """Return what stands in the file at `path`, nothing where there is none; raises FileError."""
    with while_reading(path):
        return read_ordinary(path) if path.exists() else b""
