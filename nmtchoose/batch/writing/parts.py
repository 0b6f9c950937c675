"""The parts of a result while it is not finished: written one by one, each of them whole or not there at all.

A part is three files that carry its number: the result, what was left out, and last a note of what was counted. A
part counts once its note is there.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from nmtchoose.batch.work.tally import Tally, tally_from
from nmtchoose.records.atomic import OWNER_ONLY

_RESULT, _REJECTS, _NOTE = "part", "rejects", "note"


@dataclass(frozen=True, slots=True)
class PartsFolder:
    """A folder of parts. `ending` is that of the results. Where `lasting`, a part survives a power cut too."""

    folder: Path
    ending: str
    lasting: bool = True

    def result(self, number: int) -> Path:
        """Return the path of a result."""
        return self.folder / f"{_RESULT}-{number:06d}.{self.ending}"

    def rejects(self, number: int) -> Path:
        """Return the path of what was left out; there is no such file where that is nothing."""
        return self.folder / f"{_REJECTS}-{number:06d}.jsonl"

    def note(self, number: int) -> Path:
        """Return the path of the note."""
        return self.folder / f"{_NOTE}-{number:06d}.json"

    def finish(self, number: int, tally: Tally) -> None:
        """Write the note: from now on the part counts."""
        note = {"counts": tally.as_json(), "bytes": self._sizes(number)}
        with self.written(self.note(number)) as stream:
            stream.write(json.dumps(note).encode())

    def finished(self) -> dict[int, Tally]:
        """Return what was counted in every part that is finished and still as it was."""
        found: dict[int, Tally] = {}
        for path in sorted(self.folder.glob(f"{_NOTE}-*.json")):
            number, note = int(path.stem.removeprefix(f"{_NOTE}-")), json.loads(path.read_bytes())
            if note["bytes"] == self._sizes(number):
                found[number] = tally_from(note["counts"])
        return found

    def _sizes(self, number: int) -> list[int]:
        """Return the sizes of the result and of what was left out; -1 for a file that is not there."""
        return [one.stat().st_size if one.exists() else -1 for one in (self.result(number), self.rejects(number))]

    def remove(self, number: int) -> None:
        """Remove a part."""
        for path in (self.note(number), self.rejects(number), self.result(number)):
            path.unlink(missing_ok=True)

    @contextmanager
    def written(self, path: Path) -> Iterator[BinaryIO]:
        """Give a stream for the file at `path`, which is there in the end, whole, or not at all."""
        # On a cluster two may be at the same part: one that was given up too early, and the one in its place.
        with whole_file(path, path.with_name(f".{path.name}.{token_hex(4)}.tmp"), lasting=self.lasting) as stream:
            yield stream


@contextmanager
def whole_file(path: Path, temporary: Path | None = None, *, lasting: bool = True) -> Iterator[BinaryIO]:
    """Give a stream that becomes the file at `path` when all went well, readable only by its owner; raises OSError.

    Until then it has the name `temporary`.
    """
    temporary = temporary or path.with_name(f".{path.name}.tmp")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY), "wb") as stream:
            yield stream
            stream.flush()
            if lasting:
                os.fsync(stream.fileno())
        temporary.replace(path)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
