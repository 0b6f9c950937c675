"""Adding verdicts to `reviews.yaml`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nmtchoose.errors import while_writing
from nmtchoose.files.atomic import write_atomically
from nmtchoose.loading.fault_log import FaultLog
from nmtchoose.loading.ordinary_file import content_of
from nmtchoose.loading.reviews import HEAD, read_reviews, review_lines
from nmtchoose.signatures.reviews import Review

_FOR_EVERYBODY = 0o644


def sign(path: Path, reviews: Sequence[Review]) -> None:
    """Add `reviews` to the file at `path`, which may be new; raises FileError. What stands there stays."""
    before = content_of(path).decode("utf-8", "surrogateescape")
    present = read_reviews(before.encode("utf-8", "surrogateescape"), FaultLog(str(path)))
    text = before if before.endswith("\n") or not before else f"{before}\n"
    with while_writing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    added = review_lines(reviews, present[-1].seal if present else "")
    write_atomically(path, f"{text or HEAD}{added}", mode=_FOR_EVERYBODY)
