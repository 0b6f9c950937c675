"""Telling whether a file is in the older form: without reading it as YAML, for it is done at every start."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from nmtchoose.errors import Code, Fault, fault

NEWER, OLDER = "/2", "/1"
_OLDER_LINE = re.compile(r"^format: *['\"]?nmtchoose/(?:questions|rules)/1\b", re.MULTILINE)
_FIRST_CHARACTERS = 20_000


def is_older(text: str) -> bool:
    """Return whether `text`, or the beginning of a file, says that it is in the older form."""
    return _OLDER_LINE.search(text) is not None


def older_forms(*files: Path) -> Iterator[Fault]:
    """Yield a warning for each of `files` that is in the older form; none for a file that cannot be read."""
    for path in filter(Path.is_file, files):  # a pipe can be read once, by who reads all of it
        try:
            with path.open(encoding="utf-8", errors="replace") as stream:
                old = is_older(stream.read(_FIRST_CHARACTERS))
        except OSError:
            continue
        if old:
            yield fault(Code.OLDER_FORM, str(path), folder=path.parent, warning=True)
