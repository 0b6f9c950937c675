"""Writing files so that a reader finds the old file or the new one, never half of either, and never over records."""

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from nmtchoose.errors import Code, FileError, UsageError, fault, unwritable, while_writing

OWNER_ONLY = 0o600
_PREFIX, _SUFFIX = ".nmtchoose-", ".tmp"
TEMPORARY = f"{_PREFIX}*{_SUFFIX}"
"""How the names of unfinished files look; only a process that was killed leaves one behind."""


MARK = 0x6E6D7463
"""`nmtc`: stands in the head of every SQLite file that is a store of records."""

_NAME = "records.db"
_SQLITE = b"SQLite format 3\x00"
_MARK_AT = slice(68, 72)
_BESIDE = ("-wal", "-shm")


def write_atomically(path: Path, text: str, mode: int = OWNER_ONLY) -> None:
    """Replace the file at `path` with `text` in UTF-8; see `whole_file`."""
    with whole_file(path, mode) as stream:
        stream.write(text.encode())


def write_with_folder(path: Path, text: str) -> None:
    """Do the same for a file whose folder may not be there yet; raises FileError."""
    with while_writing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, text)


@contextmanager
def whole_file(path: Path, mode: int = OWNER_ONLY) -> Iterator[BinaryIO]:
    """Give a stream that becomes the file at `path` when all went well, its owner's only unless `mode` says otherwise.

    It is written beside the target, flushed to disk and then renamed over it, or over the file that a link points to. A
    device or pipe is written into. Raises FileError when that fails and for a store of records, whatever its name; what
    stood there before is untouched.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                yield stream
        else:
            if holds_records(_resolved(path)):
                raise FileError([fault(Code.FILE_IS_STORE, str(path))])
            with _replacing(_resolved(path), mode) as stream:
                yield stream
    except OSError as error:
        raise FileError([unwritable(path, error)]) from None


def refuse_existing(path: Path) -> None:
    """Raise FileError where there is something at `path` already."""
    if path.exists():
        raise FileError([fault(Code.FILE_EXISTS, str(path))])


def refuse_overwriting(outputs: Iterable[Path | None], inputs: Iterable[Path | str | None]) -> None:
    """Raise UsageError for an output that is also an input or another output, by whatever path, link or name."""
    taken = {_identity(Path(one)) for one in inputs if one is not None}
    faults = []
    for path in (one for one in outputs if one is not None):
        identity = _identity(path)
        if identity is not None and identity in taken:
            faults.append(fault(Code.OUTPUT_IS_INPUT, str(path)))
        taken.add(identity)
    if faults:
        raise UsageError(faults)


def _identity(path: Path) -> object:
    """Return what two names of one file have in common; None for a device or pipe, which keeps nothing."""
    try:
        found = path.stat()
    except OSError:
        return os.path.realpath(path)
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except RuntimeError:  # links that go round in a circle
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from None


@contextmanager
def _replacing(path: Path, mode: int) -> Iterator[BinaryIO]:
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # the rename itself survives a power cut, where the system knows how
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def usual_place() -> Path:
    """Return where the store stands unless something else is configured: in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("nmtchoose", appauthor=False) / _NAME


def is_store(path: Path) -> bool:
    """Return whether the file at `path` is a store of records; raises OSError where it cannot be read."""
    with path.open("rb") as stream:
        head = stream.read(100)
    return len(head) == 100 and head.startswith(_SQLITE) and int.from_bytes(head[_MARK_AT], "big") == MARK


def holds_records(path: Path) -> bool:
    """Return whether `path` is a store, or a file that SQLite keeps beside one; raises as `is_store` does."""
    names = {path.name, *(path.name.removesuffix(end) for end in _BESIDE)} - {""}
    return any(file.is_file() and is_store(file) for file in map(path.with_name, names))
