"""The checked pair from the last start, so that a desk does not wait for the same two files to be read again.

Named by the SHA-256 of all that it was made from, it may be deleted at any time. It decides what clients are told: it
is only read where folder and file are the user's alone, and msgspec makes nothing but `Tables` of its bytes.
"""

import contextlib
import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from msgspec import msgpack

from nmtchoose import __version__
from nmtchoose.errors import FileError
from nmtchoose.loading.locate import content_of, reviews_beside
from nmtchoose.model.tables import Tables

FOLDER_VARIABLE = "NMTCHOOSE_CACHE"
FORMAT = 2
MOST_KEPT = 4
"""How many pairs are kept; the ones that were written first go first."""

_SUFFIX = ".pair"
_LARGEST = 2_000_000
_DIGEST = hashlib.sha256().digest_size


def load_pair_quickly(questions: Path, rules: Path) -> Tables:
    """Return the reviewed pair as `load_pair` reads it, or as kept, if it is, in `cache_folder()`."""
    reviews = _reviews(rules)
    kept = _kept_file(questions, rules, reviews)
    tables = _read(kept) if kept else None
    if tables is None:
        from nmtchoose.loading.load import load_pair, with_reviews

        tables = with_reviews(Tables(*load_pair(questions, rules)), reviews)
        if kept and _name(tables.questionnaire.stamp.sha256, tables.rules.stamp.sha256, reviews) == kept.name:
            _write(kept, msgpack.encode(tables))
    return tables


def _reviews(rules: Path) -> bytes:
    """Return the reviews of a pair; where they cannot be read, it counts as not reviewed, and goes on being used."""
    try:
        return content_of(reviews_beside(rules))
    except FileError:
        return b""


def cache_folder() -> Path:
    """Return the folder of kept pairs: `NMTCHOOSE_CACHE`, else one in the user's cache folder."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("nmtchoose", appauthor=False) / "pairs"


def _kept_file(questions: Path, rules: Path, reviews: bytes) -> Path | None:
    """Return where this pair is kept if it is; None for what cannot be read twice, such as a pipe."""
    try:
        return cache_folder() / _name(_sha256(questions), _sha256(rules), reviews)
    except (OSError, ValueError):
        return None


def _sha256(path: Path) -> str:
    if not path.is_file() or path.stat().st_size > _LARGEST:
        raise ValueError
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _name(questions_sha256: str, rules_sha256: str, reviews: bytes) -> str:
    reviewed = hashlib.sha256(reviews).hexdigest()
    made_from = (FORMAT, __version__, sys.version, questions_sha256, rules_sha256, reviewed, *_code())
    return hashlib.sha256(repr(made_from).encode()).hexdigest() + _SUFFIX


def _code() -> Iterator[tuple[str, int, int]]:
    """Yield what tells the code that reads the files from the same code before an edit that left the version alone."""
    here = Path(__file__).parent
    for folder in (here, here.parent / "model", here.parent / "signatures"):
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.endswith(".py"):
                    about = entry.stat()
                    yield entry.name, about.st_size, about.st_mtime_ns


def _read(path: Path) -> Tables | None:
    try:
        content = _bytes_of_own(path)
        digest, payload = content[:_DIGEST], content[_DIGEST:]
        return msgpack.decode(payload, type=Tables) if digest == _seal(path, payload) else None
    except Exception:  # whatever is wrong with it, the files themselves are there
        return None


def _seal(path: Path, payload: bytes) -> bytes:
    """Return what stands before `payload`: it finds a file that was cut short, damaged or renamed."""
    return hashlib.sha256(path.name.encode() + payload).digest()


def _bytes_of_own(path: Path) -> bytes:
    """Return what stands in `path`; raises OSError unless it and its folder are the user's alone."""
    _require_own(path.parent.lstat())
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as stream:
        _require_own(os.fstat(stream.fileno()))
        return stream.read()


def _require_own(about: os.stat_result) -> None:
    """Windows has no such modes; the user's cache folder lies in their profile there, which others cannot write."""
    if hasattr(os, "getuid") and (about.st_uid != os.getuid() or about.st_mode & (stat.S_IWGRP | stat.S_IWOTH)):
        raise PermissionError
    if not (stat.S_ISREG(about.st_mode) or stat.S_ISDIR(about.st_mode)):
        raise PermissionError


def _write(path: Path, payload: bytes) -> None:
    """Keep `payload`; a reader finds all of it or nothing. A disk that is full or read-only changes nothing."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _require_own(path.parent.lstat())
        handle, temporary = tempfile.mkstemp(suffix=_SUFFIX, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(_seal(path, payload) + payload)
            Path(temporary).replace(path)
        finally:
            Path(temporary).unlink(missing_ok=True)
        # Also what a process that was killed left half written is among the oldest, in time.
        by_age = sorted(path.parent.glob(f"*{_SUFFIX}"), key=lambda one: one.stat().st_mtime, reverse=True)
        for old in by_age[MOST_KEPT:]:
            old.unlink(missing_ok=True)
