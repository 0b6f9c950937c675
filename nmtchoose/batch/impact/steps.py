"""What changes between two results of the same block, change by change, with the rows that it happens to.

It says for columns what `nmtchoose.authoring.shifts` says for one client, and has a function for each of its functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nmtchoose.batch.impact.impact import Change, Direction
from nmtchoose.batch.kernel import Kernel
from nmtchoose.batch.kernel.bits import Bits
from nmtchoose.batch.kernel.decided import NOT_NAMED, STATUSES, Decided
from nmtchoose.batch.kernel.effects import SEVEREST_FIRST
from nmtchoose.model.assessment import RecommendationKind, Status
from nmtchoose.model.rules import MOST_PRESSURE, Rule, RuleTable

Rows = NDArray[np.intp]
"""The numbers of rows of a block, the first one first."""

Codes = NDArray[np.unsignedinteger]
Move = tuple[int, int, Rows]
"""The code before, the code now, and the rows that go from one to the other."""

_OPEN = (Status.SUGGESTED, Status.SUITABLE, Status.ADAPT)
_STATUS_WORDS = ("not named", *(one.value for one in STATUSES))
_IS_OPEN = (False, *(one in _OPEN for one in STATUSES))
_MOST_CODES = 1 << 16


class Moved(NamedTuple):
    """A change and its rows."""

    change: Change
    rows: Rows


class _Telling(NamedTuple):
    """Something that rules say: what it is called, the words of a rule, and whether it is about a session."""

    what: str
    text: Callable[[Rule], str]
    about_session: bool


_TELLINGS = (
    _Telling("told to the client", lambda rule: rule.tell_client, about_session=False),
    _Telling("cautions", lambda rule: rule.then.caution, about_session=True),
    _Telling("next steps", lambda rule: rule.then.next_step, about_session=False),
)


class Steps:
    """Finds what changes from the results of one kernel to those of another."""

    def __init__(self, old: Kernel, new: Kernel) -> None:
        self._old, self._new = old, new
        self._texts = [(_by_text(old.table, one), _by_text(new.table, one)) for one in _TELLINGS]
        self._booked: dict[tuple[RecommendationKind, tuple[str, ...]], int] = {}

    def between(self, old: Decided, new: Decided) -> Iterator[Moved]:
        """Yield every change that some row has; `old` and `new` are the results of the same rows."""
        yield from _dispositions(old, new)
        nameable = old.block.other_than(old.block.either(old.nameless, new.nameless))
        yield from _pressures(old, new, nameable, self._in_both())
        yield from _sites(old, new, nameable)
        yield from self._therapies(old, new)
        yield from self._recommendations(old, new)
        for telling, texts in zip(_TELLINGS, self._texts, strict=True):
            yield from _no_longer_said(telling, texts, _Saying(self._old.table, old), _Saying(self._new.table, new))
        yield from _missing(old, new)

    def _in_both(self) -> tuple[str, ...]:
        before = _therapy_ids(self._old.table)
        return tuple(one for one in _therapy_ids(self._new.table) if one in before)

    def _therapies(self, old: Decided, new: Decided) -> Iterator[Moved]:
        before, after = _therapy_ids(self._old.table), _therapy_ids(self._new.table)
        for therapy in dict.fromkeys((*before, *after)):
            was, now = (
                side.status(therapy) if therapy in known else np.full(old.block.rows, NOT_NAMED, np.uint8)
                for side, known in ((old, before), (new, after))
            )
            for first, second, rows in _moves(was, now):
                rise = _IS_OPEN[second] - _IS_OPEN[first]
                yield from _step(therapy, _STATUS_WORDS[first], _STATUS_WORDS[second], rise, rows)

    def _recommendations(self, old: Decided, new: Decided) -> Iterator[Moved]:
        was, now = self._bookings(self._old, old), self._bookings(self._new, new)
        said = [f"{kind} {', '.join(therapies)}".strip() for kind, therapies in self._booked]
        for first, second, rows in _moves(was, now):
            yield Moved(Change(Direction.DIFFERENT, f"recommendation: {said[first]} -> {said[second]}"), rows)

    def _bookings(self, kernel: Kernel, side: Decided) -> Codes:
        """Return what is booked as a code that both sides share."""
        codes = [
            self._booked.setdefault((one.kind, one.therapies), len(self._booked)) for one in kernel.recommendations
        ]
        return np.array(codes, np.uint16)[side.recommendation]


class _Saying:
    """Which rules speak to the client for whom; see `nmtchoose.engine.assess`."""

    def __init__(self, table: RuleTable, decided: Decided) -> None:
        self.table, self.decided = table, decided

    def said_by(self, place: int, telling: _Telling) -> Bits:
        """Return for whom the rule at `place` speaks: after a referral, only a rule that refers, and of no session."""
        fired, block = self.decided.firing.fired[place], self.decided.block
        disposition = self.table.rules[place].then.disposition
        if disposition is not None and disposition.forbids_therapy and not telling.about_session:
            return fired
        return block.without(fired, self.decided.nameless)


def _dispositions(old: Decided, new: Decided) -> Iterator[Moved]:
    for first, second, rows in _moves(old.disposition, new.disposition):
        yield from _step("disposition", SEVEREST_FIRST[first], SEVEREST_FIRST[second], second - first, rows)


def _pressures(old: Decided, new: Decided, nameable: Bits, therapies: tuple[str, ...]) -> Iterator[Moved]:
    yield from _limits("pressure limit", old.pressure_limit, new.pressure_limit, old, nameable)
    for therapy in therapies:
        what = f"pressure with {therapy}"
        yield from _limits(what, old.therapy_pressure(therapy), new.therapy_pressure(therapy), old, nameable)


def _sites(old: Decided, new: Decided, nameable: Bits) -> Iterator[Moved]:
    for site in dict.fromkeys((*old.sites.limited(), *new.sites.limited())):
        levels = range(1, MOST_PRESSURE + 1)
        if any((old.sites.below(site, one) != new.sites.below(site, one)).any() for one in levels):
            was, now = (np.minimum(one.sites.codes(site), np.uint8(MOST_PRESSURE)) for one in (old, new))
            yield from _limits(f"pressure on {site}", was, now, old, nameable)


def _limits(what: str, was: Codes, now: Codes, side: Decided, nameable: Bits) -> Iterator[Moved]:
    """Yield the changes of a pressure limit among the rows `nameable`."""
    for first, second, rows in _moves(was, now, side.block.spread(nameable).view(np.bool_)):
        yield from _step(what, first, second, second - first, rows)


def _step(what: str, old: object, new: object, rise: int, rows: Rows) -> Iterator[Moved]:
    if rise:
        direction = Direction.LESS_STRICT if rise > 0 else Direction.STRICTER
        yield Moved(Change(direction, f"{what}: {old} -> {new}"), rows)


def _no_longer_said(
    telling: _Telling, texts: tuple[Mapping[str, list[int]], Mapping[str, list[int]]], old: _Saying, new: _Saying
) -> Iterator[Moved]:
    before, after = texts
    block = old.decided.block
    for text, places in before.items():
        said = block.any_of(old.said_by(place, telling) for place in places)
        still = block.any_of(new.said_by(place, telling) for place in after.get(text, ()))
        gone = block.without(said, still)
        for place in places:
            if gone is block.nothing or not gone.any():
                break
            by_this = block.both(gone, old.said_by(place, telling))
            rule = old.table.rules[place].id
            yield from _who(f"{telling.what}: no longer what these say: {rule}", by_this, old.decided)
            gone = block.without(gone, by_this)


def _missing(old: Decided, new: Decided) -> Iterator[Moved]:
    for question, rows in new.missing.items():
        before = old.missing.get(question, old.block.nothing)
        yield from _who(f"now missing: {question}", new.block.without(rows, before), new)


def _who(words: str, bits: Bits, side: Decided) -> Iterator[Moved]:
    if bits.any():
        yield Moved(Change(Direction.DIFFERENT, words), np.flatnonzero(side.block.spread(bits)))


def _moves(was: Codes, now: Codes, among: NDArray[np.bool_] | None = None) -> Iterator[Move]:
    """Yield each pair of different codes with the rows that have it, `among` those rows only."""
    differ = was != now
    rows = np.flatnonzero(differ if among is None else differ & among)
    if not len(rows):
        return
    pairs = was[rows].astype(np.uint32) * np.uint32(_MOST_CODES) + now[rows]
    order = np.argsort(pairs, kind="stable")
    pairs, rows = pairs[order], rows[order]
    starts = np.flatnonzero(np.diff(pairs, prepend=pairs[0] + np.uint32(1)))
    for start, of_pair in zip(starts, np.split(rows, starts[1:]), strict=True):
        first, second = divmod(int(pairs[start]), _MOST_CODES)
        yield first, second, of_pair


def _by_text(table: RuleTable, telling: _Telling) -> Mapping[str, list[int]]:
    """Return the places of the rules that say each text."""
    found: dict[str, list[int]] = {}
    for place, rule in enumerate(table.rules):
        if telling.text(rule):
            found.setdefault(telling.text(rule), []).append(place)
    return found


def _therapy_ids(table: RuleTable) -> tuple[str, ...]:
    return tuple(one.id for one in table.therapies)
