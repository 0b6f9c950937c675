"""How a pair stands with those who review it, in words: for `check`, and for the end of a review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nmtchoose.errors import Fault
from nmtchoose.loading.fault_log import FaultLog
from nmtchoose.loading.locate import reviews_beside
from nmtchoose.loading.ordinary_file import content_of
from nmtchoose.loading.reviews import read_reviews
from nmtchoose.model.tables import Tables
from nmtchoose.review.carried import carried_over
from nmtchoose.review.session import today
from nmtchoose.signatures.reviews import Review
from nmtchoose.signatures.standing import Standing, State, reviewed_by, standings
from nmtchoose.words.terms import review_words

_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The items of a pair as they stand, the file of reviews and what is wrong in it.

    `kept` are signatures that a proof carries over and that do not stand in the file yet; they count in `standings`.
    """

    path: Path
    standings: tuple[Standing, ...]
    kept: tuple[Review, ...]
    faults: tuple[Fault, ...]

    @property
    def open(self) -> tuple[Standing, ...]:
        """The items that are not signed as they stand."""
        return tuple(one for one in self.standings if one.state is not State.SIGNED)


def reviewed(tables: Tables, rules: Path) -> Reviewed:
    """Return how `tables` stand, whose rules stand in the file `rules`; raises FileError."""
    path = reviews_beside(rules)
    log = FaultLog(str(path))
    reviews = read_reviews(content_of(path), log)
    kept = carried_over(tables, standings(tables, reviews), today())
    return Reviewed(path, standings(tables, reviews, kept), kept, log.faults)


def state_lines(found: Reviewed) -> Iterator[str]:
    """Yield who signed it, how many items stand how, and the names of those that changed or that somebody rejects."""
    counts = Counter(one.state for one in found.standings)
    yield review_words(reviewed_by(found.standings))
    if len(found.open) == len(found.standings) == counts[State.UNSIGNED]:
        yield f"None of {len(found.standings)} items is signed. A clinician signs them with: nmtchoose review"
        return
    yield f"Of {len(found.standings)} items: {', '.join(f'{counts[one]} {one}' for one in State if counts[one])}."
    for state in (State.OBJECTED, State.CHANGED):
        yield from _named(state, [one for one in found.standings if one.state is state])
    if found.kept:
        yield f"{len(found.kept)} written in another way and proved to mean the same; `nmtchoose review` keeps that."


def _named(state: State, standing: Sequence[Standing]) -> Iterator[str]:
    for one in standing[:_MOST_NAMED]:
        comment = f": {one.last.comment}" if one.last and state is State.OBJECTED else ""
        yield f"  {one.item.id}: {one.told}{comment}"
    if len(standing) > _MOST_NAMED:
        yield f"  and {len(standing) - _MOST_NAMED} more {state}."
