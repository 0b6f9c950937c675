"""Results as Arrow columns, named as in the CSV export: few of them, or all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nmtchoose.batch.kernel import Kernel, Outcome
from nmtchoose.batch.kernel.bits import Bits, Block
from nmtchoose.batch.kernel.decided import NOT_NAMED, STATUSES, Decided
from nmtchoose.batch.kernel.effects import NO_LIMIT, SEVEREST_FIRST
from nmtchoose.model.assessment import Recommendation

Array = Any
"""A pyarrow array: the library has no types of its own."""

Codes = NDArray[np.unsignedinteger]
Words = Callable[[Sequence[Recommendation]], Sequence[str | None]]

_STATES = ("incomplete", "complete")


class _Column(NamedTuple):
    """A column: what it takes from a block, and the words that its codes stand for; None where it is a number."""

    name: str
    codes: Callable[[Decided], Codes]
    words: Words | None


class _Lists(NamedTuple):
    """A column with several ids in each cell: what it takes from a block, as (id, who has it) pairs."""

    name: str
    ids: Callable[[Decided], Iterable[tuple[str, Bits]]]


def _said(what: Callable[[Recommendation], str | None]) -> Words:
    return lambda recommendations: [what(one) for one in recommendations]


def _fixed(words: Iterable[str | None]) -> Words:
    known = tuple(words)
    return lambda _: known


_BRIEF = (
    _Column("status", lambda one: one.block.spread(one.complete), _fixed(_STATES)),
    _Column("disposition", lambda one: one.disposition, _fixed(one.value for one in SEVEREST_FIRST)),
    _Column("recommendation", lambda one: one.recommendation, _said(lambda one: one.kind.value)),
    _Column("therapies", lambda one: one.recommendation, _said(lambda one: " ".join(one.therapies))),
    _Column("strength", lambda one: one.recommendation, _said(lambda one: one.strength.value)),
    _Column("pressure_limit", lambda one: one.pressure_limit, None),
)
_PLAN = _Column("plan", lambda one: one.recommendation, _said(lambda one: one.plan))


def outcome_columns(outcome: Outcome, *, full: bool) -> dict[str, Array]:
    """Return the results of all rows of `outcome` by the name of the column.

    Brief: `status` (complete or incomplete), `disposition`, `recommendation`, `therapies` (ids, in order), `strength`
    and `pressure_limit` (1 to 5). Full adds the `plan` of a sequence, `therapy/.../status` and `.../pressure_limit`
    (null where no therapy may be named), and lists of ids: `avoid_sites`, `site_limits` (`neck=2` for at most 2 there),
    `missing` questions, safety rules left `undecided`, and the rules that `fired`.
    """
    columns = (*_BRIEF, _PLAN, *_of_therapies(outcome.kernel)) if full else _BRIEF
    lists = _LISTS if full else ()
    taken: dict[str, list[Codes]] = {one.name: [] for one in columns}
    listings = {one.name: _Listing() for one in lists}
    for block in outcome.blocks():
        for column in columns:
            taken[column.name].append(column.codes(block))
        for several in lists:
            listings[several.name].add(several.ids(block), block.block)
    recommendations = outcome.kernel.recommendations
    found = {one.name: _worded(np.concatenate(taken[one.name]), one.words, recommendations) for one in columns}
    return found | {name: listing.column() for name, listing in listings.items()}


def _of_therapies(kernel: Kernel) -> Iterator[_Column]:
    statuses = _fixed((None, *(one.value for one in STATUSES)))
    for therapy in kernel.table.therapies:
        name = therapy.id
        yield _Column(f"therapy/{name}/status", partial(_status, name), statuses)
        yield _Column(f"therapy/{name}/pressure_limit", partial(_allowed, name), None)


def _status(therapy_id: str, block: Decided) -> Codes:
    return block.status(therapy_id)


def _allowed(therapy_id: str, block: Decided) -> Codes:
    """Return the pressure limit of a therapy; 0, which becomes null, where it may not be named."""
    return np.where(block.status(therapy_id) == NOT_NAMED, np.uint8(0), block.therapy_pressure(therapy_id))


def _worded(codes: Codes, words: Words | None, recommendations: Sequence[Recommendation]) -> Array:
    """Return codes as the words they stand for, each of which is stored once; None becomes null.

    Only words that are there are stored, in their own order: what else was met before makes no difference.
    """
    if words is None:
        return pa.array(codes, mask=codes == 0)
    said = words(recommendations)
    there = np.flatnonzero(np.bincount(codes, minlength=len(said)))
    stored = sorted({word for code in there.tolist() if (word := said[code]) is not None})
    places: dict[str | None, int] = {word: place for place, word in enumerate(stored)}
    meant = np.array([places.get(word, -1) for word in said], dtype=np.int16)[codes]
    return pa.DictionaryArray.from_arrays(pa.array(meant, mask=meant < 0), pa.array(stored, pa.string()))


def _left_alone(block: Decided) -> Iterator[tuple[str, Bits]]:
    for site in block.sites.limited():
        yield site, _named(block, block.sites.below(site, 1))


def _limited(block: Decided) -> Iterator[tuple[str, Bits]]:
    for site in block.sites.limited():
        codes = block.sites.codes(site)
        for limit in range(1, NO_LIMIT):
            yield f"{site}={limit}", _named(block, block.block.where(codes == limit))


def _named(block: Decided, rows: Bits) -> Bits:
    """Return who of `rows` may be told a therapy: for the others no site is spoken of."""
    return block.block.without(rows, block.nameless)


class _Listing:
    """The cells of one column of lists, gathered block by block."""

    def __init__(self) -> None:
        self._names: dict[str, int] = {}
        self._lengths: list[NDArray[np.int64]] = []
        self._numbers: list[NDArray[np.int16]] = []

    def add(self, ids: Iterable[tuple[str, Bits]], block: Block) -> None:
        """Add for each row of a block the ids that it has, in their order."""
        rows_of = {
            self._names.setdefault(name, len(self._names)): np.flatnonzero(block.spread(bits).view(np.bool_))
            for name, bits in ids
            if bits is not block.nothing
        }
        lengths = np.zeros(block.rows, dtype=np.int64)
        for rows in rows_of.values():
            lengths[rows] += 1
        ends = np.cumsum(lengths)
        free = ends - lengths
        numbers = np.empty(int(ends[-1]) if block.rows else 0, dtype=np.int16)
        for number, rows in rows_of.items():
            numbers[free[rows]] = number
            free[rows] += 1
        self._lengths.append(lengths)
        self._numbers.append(numbers)

    def column(self) -> Array:
        """Return all cells; every id that is there is stored once, in the order of the ids."""
        ends = np.cumsum(np.concatenate([[0], *self._lengths]), dtype=np.int32)
        stored = sorted(self._names)
        places = {name: place for place, name in enumerate(stored)}
        moved = np.array([places[name] for name in self._names], dtype=np.int16)
        numbers = moved[np.concatenate(self._numbers)] if stored else np.zeros(0, dtype=np.int16)
        ids = pa.DictionaryArray.from_arrays(pa.array(numbers), pa.array(stored, pa.string()))
        return pa.ListArray.from_arrays(pa.array(ends), ids)


_LISTS = (
    _Lists("avoid_sites", _left_alone),
    _Lists("site_limits", _limited),
    _Lists("missing", lambda one: one.missing.items()),
    _Lists("undecided", lambda one: one.undecided.items()),
    _Lists("fired", lambda one: zip(one.rule_ids, one.firing.fired, strict=True)),
)
