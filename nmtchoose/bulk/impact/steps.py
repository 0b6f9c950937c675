"""What changes between two results of a block, with the rows it happens to: `nmtchoose.proof.strictness` in columns."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nmtchoose.bulk.deciding import FORBIDDING, SEVEREST_FIRST, STATUSES, Codes, Decider, Decision, Octets
from nmtchoose.bulk.impact.impact import Change, Direction
from nmtchoose.bulk.results import Rows, rows_with
from nmtchoose.model.assessment import RecommendationKind, Status
from nmtchoose.model.rules import MOST_PRESSURE, Rule, RuleTable

Move = tuple[int, int, Rows]
"""The code before, the code now, and the rows that go from one to the other."""

_OPEN = (Status.SUGGESTED, Status.SUITABLE, Status.ADAPT)
_STATUS_WORDS = ("not named", *(one.value for one in STATUSES))
_IS_OPEN = (False, *(one in _OPEN for one in STATUSES))
_MOST_CODES = 1 << 16


Moved = tuple[Change, Rows]
"""A change and its rows."""


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
    """Finds what changes from the results of one pair to those of another."""

    def __init__(self, old: Decider, new: Decider) -> None:
        self._old, self._new = old, new
        before, after = _therapy_ids(old), _therapy_ids(new)
        self._in_both = [one for one in after if one in before]
        self._therapies = {one: (one in before, one in after) for one in dict.fromkeys((*before, *after))}
        self._booked: dict[tuple[RecommendationKind, tuple[str, ...]], int] = {}

    def between(self, old: Decision, new: Decision) -> Iterator[Moved]:
        """Yield every change that some row has; `old` and `new` are the results of the same rows."""
        was, now = old.column("disposition"), new.column("disposition")
        nameable = (was >= FORBIDDING) & (now >= FORBIDDING)
        for first, second, rows in _moves(was, now):
            yield from _step("disposition", SEVEREST_FIRST[first], SEVEREST_FIRST[second], second - first, rows)
        yield from _limits("pressure limit", "pressure_limit", old, new, nameable)
        for therapy in self._in_both:
            yield from _limits(f"pressure with {therapy}", f"therapy/{therapy}/pressure_limit", old, new, nameable)
        for site in dict.fromkeys((*old.sites, *new.sites)):
            yield from _limits(f"pressure on {site}", f"site/{site}", old, new, nameable)
        for therapy, known in self._therapies.items():
            was, now = (
                side.column(f"therapy/{therapy}/status") if there else np.zeros(side.rows, np.uint8)
                for side, there in zip((old, new), known, strict=True)
            )
            for first, second, rows in _moves(was, now):
                rise = _IS_OPEN[second] - _IS_OPEN[first]
                yield from _step(therapy, _STATUS_WORDS[first], _STATUS_WORDS[second], rise, rows)
        was, now = self._bookings(self._old, old), self._bookings(self._new, new)
        said = [f"{kind} {', '.join(therapies)}".strip() for kind, therapies in self._booked]
        for first, second, rows in _moves(was, now):
            yield Change(Direction.DIFFERENT, f"recommendation: {said[first]} -> {said[second]}"), rows
        before, after = _Speakers(self._old.tables.rules, old), _Speakers(self._new.tables.rules, new)
        for telling in _TELLINGS:
            yield from _no_longer_said(telling, before, after)
        already = dict(old.holders("missing"))
        for question, bits in new.holders("missing"):
            yield from _who(f"now missing: {question}", bits & ~already.get(question, np.uint8(0)), new.rows)

    def _bookings(self, decider: Decider, side: Decision) -> Codes:
        chosen = side.column("recommendation")
        codes = [
            self._booked.setdefault((one.kind, one.therapies), len(self._booked)) for one in decider.recommendations
        ]
        return np.array(codes, np.uint16)[chosen]


class _Speakers:
    """Which rules say something to whom; see `nmtchoose.engine.assess`."""

    def __init__(self, table: RuleTable, decision: Decision) -> None:
        self.rows = decision.rows
        self._table = table
        self._fired = dict(decision.holders("fired"))
        self._named = np.packbits(decision.column("disposition") >= FORBIDDING, bitorder="little")

    def texts(self, telling: _Telling) -> Mapping[str, list[Rule]]:
        """Return the rules that say each text."""
        found: dict[str, list[Rule]] = {}
        for rule in self._table.rules:
            if telling.text(rule):
                found.setdefault(telling.text(rule), []).append(rule)
        return found

    def heard(self, rule: Rule, telling: _Telling) -> Octets:
        """Return for whom `rule` speaks: after a referral, only a rule that refers, and of no session."""
        fired = self._fired.get(rule.id)
        if fired is None:
            return np.zeros_like(self._named)
        disposition = rule.then.disposition
        if disposition is not None and disposition.forbids_therapy and not telling.about_session:
            return fired
        return fired & self._named


def _limits(what: str, name: str, old: Decision, new: Decision, nameable: NDArray[np.bool_]) -> Iterator[Moved]:
    """Yield the changes of a pressure limit among the rows `nameable`; without a limit it is the most there is."""
    was, now = (np.minimum(one.column(name), np.uint8(MOST_PRESSURE)) for one in (old, new))
    for first, second, rows in _moves(was, now, nameable):
        yield from _step(what, first, second, second - first, rows)


def _step(what: str, old: object, new: object, rise: int, rows: Rows) -> Iterator[Moved]:
    """Yield one step. This is where "less strict" is said: milder, more pressure, or open where it was not."""
    if rise:
        direction = Direction.LESS_STRICT if rise > 0 else Direction.STRICTER
        yield Change(direction, f"{what}: {old} -> {new}"), rows


def _no_longer_said(telling: _Telling, old: _Speakers, new: _Speakers) -> Iterator[Moved]:
    after = new.texts(telling)
    for text, rules in old.texts(telling).items():
        said = {rule.id: old.heard(rule, telling) for rule in rules}
        still = [new.heard(rule, telling) for rule in after.get(text, ())]
        gone = np.bitwise_or.reduce([*said.values()])
        if still:
            gone &= ~np.bitwise_or.reduce(still)
        for rule, bits in said.items():
            yield from _who(f"{telling.what}: no longer what these say: {rule}", gone & bits, old.rows)
            gone &= ~bits


def _who(words: str, bits: Octets, rows: int) -> Iterator[Moved]:
    if bits.any():
        yield Change(Direction.DIFFERENT, words), rows_with(bits, rows)


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


def _therapy_ids(decider: Decider) -> tuple[str, ...]:
    return tuple(one.id for one in decider.tables.rules.therapies)
