"""`reviews.yaml`: what clinicians signed. Only `nmtchoose review` writes it, a line for each verdict."""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from nmtchoose.errors import Code
from nmtchoose.loading.fault_log import FaultLog, Place
from nmtchoose.loading.locate import REVIEWS_FILE
from nmtchoose.model.tables import Tables
from nmtchoose.signatures.reviews import Review, by_hand, reviewed_by, standings

HEAD = """\
# Written by `nmtchoose review`: what clinicians say about the questions and rules. Lines are only ever added; what is
# changed by hand does not count, and `nmtchoose check` names it.
format: nmtchoose/reviews/1
reviews:
"""
_HEAD_LINES = frozenset(HEAD.splitlines())
_START = "- "


def read_reviews(content: bytes, log: FaultLog) -> tuple[Review, ...]:
    """Return the reviews in `content`. `log` gets a fault for each line that is none, or that was changed by hand."""
    found: list[Review] = []
    for number, line in enumerate(content.decode("utf-8", "replace").split("\n"), start=1):
        told = line.rstrip("\r")
        if not told or told in _HEAD_LINES:
            continue
        try:
            found.append(replace(msgspec.json.decode(told.removeprefix(_START), type=Review), line=number))
        except (msgspec.MsgspecError, RecursionError):
            log.add(Code.REVIEW_LINE, Place(number, 1))
    for one in by_hand(found):
        log.add(Code.REVIEW_BY_HAND, Place(one.line, 1), name=one.item)
    return tuple(found)


def review_lines(reviews: Sequence[Review], before: str) -> str:
    """Return the lines that add `reviews`, each sealed, after one with the seal `before`."""
    lines = []
    for one in reviews:
        before = one.sealed(before)
        told = {name: value for name, value in msgspec.to_builtins(replace(one, seal=before, line=0)).items() if value}
        lines.append(f"{_START}{msgspec.json.encode(told).decode()}\n")
    return "".join(lines)


def with_reviews(tables: Tables, content: bytes) -> Tables:
    """Return `tables` with who reviewed all of it, by `content`, that of the file of reviews."""
    reviews = read_reviews(content, FaultLog(REVIEWS_FILE))
    if not reviews:
        return tables
    return replace(tables, rules=replace(tables.rules, reviewed=reviewed_by(standings(tables, reviews))))
