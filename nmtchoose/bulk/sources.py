"""Where many answers come from: files, folders, patterns and standard input, and what kind of file each is."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath

from nmtchoose.errors import Code, FileError, UsageError, fault, unreadable
from nmtchoose.files.answers_file import STANDARD_INPUT
from nmtchoose.loading.locate import check_ordinary


class Form(StrEnum):
    """What a file holds."""

    LINES = "jsonl"
    DOCUMENT = "json"
    CSV = "csv"
    PARQUET = "parquet"


_ENDINGS = {
    ".jsonl": Form.LINES,
    ".ndjson": Form.LINES,
    ".json": Form.DOCUMENT,
    ".csv": Form.CSV,
    ".tsv": Form.CSV,
    ".parquet": Form.PARQUET,
}
_COMPRESSED = {".gz": "gzip", ".zst": "zstd", ".bz2": "bz2"}
MANY = (Form.LINES, Form.CSV, Form.PARQUET)
"""What is never a single client."""

REJECTS = ".rejects.jsonl"
"""How the name of a file ends that says what was left out."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file. `compression` is a name that Arrow knows, or empty. `path` is `-` for standard input."""

    path: str
    form: Form
    compression: str = ""

    @property
    def is_standard_input(self) -> bool:
        """True where nothing can be read twice."""
        return self.path == STANDARD_INPUT

    @property
    def name(self) -> str:
        """What results and messages call it, whatever bytes the file system has in it."""
        return "-" if self.is_standard_input else os.fsencode(self.path).decode("utf-8", "replace")


def form_of(name: str) -> tuple[Form | None, str]:
    """Return what the ending of a file name means, and its compression."""
    path = PurePath(name.lower())
    if path.suffix in _COMPRESSED:
        return _ENDINGS.get(PurePath(path.stem).suffix), _COMPRESSED[path.suffix]
    return _ENDINGS.get(path.suffix), ""


def means_many(name: str) -> bool:
    """Return whether an input is a folder, a pattern, or a file of a kind that holds many clients."""
    return form_of(name)[0] in MANY or (name != STANDARD_INPUT and (Path(name).is_dir() or _is_pattern(name)))


def find_sources(inputs: Sequence[str], form: Form | None = None) -> tuple[Source, ...]:
    """Return every file that `inputs` mean, in their order; those of a folder or pattern are sorted by name.

    `form` is for files whose name does not say, and for standard input (else JSON Lines). Raises UsageError or
    FileError that names every input that is nothing.
    """
    found: dict[Source, None] = {}
    faults = []
    for one in inputs:
        sources = list(_sources(one, form))
        found |= dict.fromkeys(sources)
        if not sources:
            several = _is_pattern(one) or Path(one).is_dir()
            faults.append(fault(Code.INPUT_NOTHING if several else Code.FILE_MISSING, one))
    files = (one for one in inputs if form is None and one != STANDARD_INPUT and Path(one).is_file())
    unknown = [fault(Code.INPUT_UNKNOWN, one) for one in files if form_of(one)[0] is None]
    for source in found:
        try:
            if not source.is_standard_input:
                check_ordinary(Path(source.path))
        except OSError as error:  # a pipe or a device: it would be waited for, or never end
            faults.append(unreadable(source.name, error))
    if faults:
        raise FileError(faults)
    if unknown:
        raise UsageError(unknown)
    return tuple(found)


def _sources(name: str, form: Form | None) -> Iterator[Source]:
    if name == STANDARD_INPUT:
        yield Source(name, form or Form.LINES)
        return
    path = Path(name)
    if path.is_dir():
        for place, folders, files in os.walk(path):
            folders[:] = sorted(one for one in folders if not one.startswith("."))
            for file in sorted(one for one in files if not one.startswith(".") and not one.endswith(REJECTS)):
                known, compression = form_of(file)
                if known is not None:
                    yield Source(str(Path(place, file)), known, compression)
    elif path.exists():
        known, compression = form_of(name)
        yield Source(name, known or form or Form.LINES, compression)
    elif _is_pattern(name):
        for one in sorted(Path(path.anchor).glob(str(path.relative_to(path.anchor)))):
            yield from _sources(str(one), form)


def _is_pattern(name: str) -> bool:
    return any(sign in name for sign in "*?[") and not Path(name).exists()
