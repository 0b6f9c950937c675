"""A whole archive under two pairs of files, in several processes: what changes between the results, and for whom.

The changes of a block are those of `nmtchoose.proof.strictness`, in columns.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from nmtchoose.bulk.deciding import FORBIDDING, SEVEREST_FIRST, Codes, Decider, Decision, Octets, Rows, rows_with
from nmtchoose.bulk.impact import MOST_FAULTY, Change, Direction, Example, Impact, added_up
from nmtchoose.bulk.layout import RECORD, Layout, layout_of
from nmtchoose.bulk.packed import Carrier, Packed, block_of
from nmtchoose.bulk.parquet_files import layout_of_file, tables_in
from nmtchoose.bulk.pieces import Portion, check_columns, portions
from nmtchoose.bulk.reader import Reader
from nmtchoose.bulk.sources import Form, Source
from nmtchoose.model.assessment import RecommendationKind, Status
from nmtchoose.model.questionnaire import Question, Questionnaire
from nmtchoose.model.rules import MOST_PRESSURE, Rule
from nmtchoose.model.tables import Tables
from nmtchoose.processes import in_order

_STATUS_WORDS = ("not named", *(one.value for one in Status))
_IS_OPEN = (False, *(one.is_open for one in Status))
_MOST_CODES = 1 << 16

Moved = tuple[Change, Rows]
"""A change and its rows."""

_TEXTS: Mapping[str, Callable[[Rule], str]] = {
    "told to the client": lambda rule: rule.tell_client,
    "cautions": lambda rule: rule.then.caution,
    "next steps": lambda rule: rule.then.next_step,
}
_ABOUT_SESSION = ("cautions",)


@dataclass(frozen=True, slots=True)
class Comparing:
    """Both pairs, how many records are kept as examples of each change, and columns that are left alone."""

    old: Tables
    new: Tables
    examples: int = 3
    ignored: Collection[str] = ()


def impacts(sources: Sequence[Source], wanted: Comparing, processes: int = 0) -> Iterator[tuple[int, Impact]]:
    """Yield how long what was just counted is (see `length_of`), and what changes in `sources` so far; at least once.

    Up to `processes` processes work (0: all cores). Raises UsageError or FileError.
    """
    check_columns(sources, knowing_both(wanted.old.questionnaire, wanted.new.questionnaire), wanted.ignored)
    so_far = Impact()
    for length, part in in_order(partial(_counting, wanted), portions(sources), processes):
        so_far = added_up((so_far, part), wanted.examples)
        yield length, so_far


def _counting(wanted: Comparing) -> Callable[[Portion], tuple[int, Impact]]:
    """Return what says how long a portion is, and what changes in it; it raises FileError if that cannot be read."""
    comparison = Comparison(wanted)
    both = knowing_both(wanted.old.questionnaire, wanted.new.questionnaire)
    layout, reader = layout_of(both), Reader(both, wanted.ignored)

    def count(portion: Portion) -> tuple[int, Impact]:
        """Take what is packed as it is, and everything else as `nmtchoose bulk` reads it."""
        parts: list[Impact] = []
        for piece in portion.pieces:
            written = layout_of_file(piece.source) if piece.source.form is Form.PARQUET else None
            if written is None:
                alone = reader.blocks(Portion(portion.number, (piece,)))
                parts += (comparison.impact(packed, layout) for packed in alone)
                continue
            line = piece.first
            for table in tables_in(piece.source, piece.groups, [RECORD, *written.dtypes]):
                packed, _ = block_of(table, written, piece.source.name, np.arange(line, line + table.num_rows))
                parts.append(comparison.impact(packed, written))
                line += packed.rows
        return portion.length, added_up(parts, wanted.examples)

    return count


class Comparison:
    """Counts what changes, block by block in order; answers that a questionnaire does not know are left out there."""

    def __init__(self, wanted: Comparing) -> None:
        self._examples = wanted.examples
        self._sides = Decider(wanted.old), Decider(wanted.new)
        self._booked: dict[tuple[RecommendationKind, tuple[str, ...]], int] = {}
        self._carriers: dict[Layout, list[Carrier]] = {}
        self._kept: Counter[Change] = Counter()

    def impact(self, packed: Packed, written: Layout) -> Impact:
        """Return what changes among the rows of a block that is packed under the layout `written`."""
        counts: dict[Change, int] = {}
        examples: dict[Change, tuple[Example, ...]] = {}
        first = np.full(packed.rows, len(Direction), np.uint8)
        if written not in self._carriers:
            self._carriers[written] = [Carrier(one.tables.questionnaire, written) for one in self._sides]
        if packed.rows:
            old, new = (
                side.decide(carrier.columns(packed.columns, packed.rows)[0], packed.rows)
                for side, carrier in zip(self._sides, self._carriers[written], strict=True)
            )
            for change, rows in self._changes(old, new):
                counts[change] = len(rows)
                first[rows] = np.minimum(first[rows], np.uint8(change.direction))
                wanted = rows[: self._examples - self._kept[change]]
                if len(wanted):
                    examples[change] = tuple(_example(packed, int(row), written) for row in wanted)
                    self._kept[change] += len(wanted)
        results = {one: int(np.count_nonzero(first == one)) for one in Direction}
        return Impact(packed.rows, results, counts, examples, len(packed.rejects), tuple(packed.rejects[:MOST_FAULTY]))

    def _changes(self, old: Decision, new: Decision) -> Iterator[Moved]:
        """Yield every change that some row has; `old` and `new` are the results of the same rows."""
        was, now = old.column("disposition"), new.column("disposition")
        nameable = (was >= FORBIDDING) & (now >= FORBIDDING)
        for first, second, rows in _moves(was, now):
            yield from _step("disposition", SEVEREST_FIRST[first], SEVEREST_FIRST[second], second - first, rows)
        yield from _limits("pressure limit", "pressure_limit", old, new, nameable)
        for site in dict.fromkeys((*old.sites, *new.sites)):
            yield from _limits(f"pressure on {site}", f"site/{site}", old, new, nameable)
        before, after = ([one.id for one in side.tables.rules.therapies] for side in self._sides)
        for therapy in dict.fromkeys((*before, *after)):
            if therapy in before and therapy in after:
                name = f"therapy/{therapy}/pressure_limit"
                yield from _limits(f"pressure with {therapy}", name, old, new, nameable)
            was, now = (
                side.column(f"therapy/{therapy}/status") if therapy in known else np.zeros(side.rows, np.uint8)
                for side, known in ((old, before), (new, after))
            )
            for first, second, rows in _moves(was, now):
                rise = _IS_OPEN[second] - _IS_OPEN[first]
                yield from _step(therapy, _STATUS_WORDS[first], _STATUS_WORDS[second], rise, rows)
        was, now = map(self._bookings, self._sides, (old, new))
        said = [f"{kind} {', '.join(therapies)}".strip() for kind, therapies in self._booked]
        for first, second, rows in _moves(was, now):
            yield Change(Direction.DIFFERENT, f"recommendation: {said[first]} -> {said[second]}"), rows
        still = _heard(self._sides[1], new)
        for (what, text), by_rule in _heard(self._sides[0], old).items():
            yield from _no_longer_said(by_rule, still.get((what, text), {}), what, old.rows)
        already = dict(old.holders("missing"))
        for question, bits in new.holders("missing"):
            yield from _who(f"now missing: {question}", bits & ~already.get(question, np.uint8(0)), new.rows)

    def _bookings(self, decider: Decider, side: Decision) -> Codes:
        chosen = side.column("recommendation")
        known = ((one.kind, one.therapies) for one in decider.recommendations)
        return np.array([self._booked.setdefault(one, len(self._booked)) for one in known], np.uint16)[chosen]


def _example(packed: Packed, row: int, written: Layout) -> Example:
    values = {name: int(packed.columns[name][row]) for name in written.dtypes}
    file, line, record = (column[row].as_py() for column in (packed.files, packed.lines, packed.records))
    return Example(file, line, record, written.answers(values))


def knowing_both(old: Questionnaire, new: Questionnaire) -> Questionnaire:
    """Return a questionnaire that takes every answer of `old` or `new`, of the new kind; for reading alone."""
    ids = dict.fromkeys(one.id for one in (*new.questions, *old.questions))
    return replace(new, questions=tuple(_wide(old.by_id.get(one), new.by_id.get(one)) for one in ids))


def _wide(old: Question | None, new: Question | None) -> Question:
    if old is None or new is None or old.kind is not new.kind:
        known = new or old
        assert known is not None
        return known
    return replace(
        new,
        options=(*new.options, *(one for one in old.options if not new.option(one.id))),
        specials=tuple(dict.fromkeys((*new.specials, *old.specials))),
        minimum=None if new.minimum is None or old.minimum is None else min(new.minimum, old.minimum),
        maximum=None if new.maximum is None or old.maximum is None else max(new.maximum, old.maximum),
    )


def _heard(decider: Decider, side: Decision) -> Mapping[tuple[str, str], Mapping[str, Octets]]:
    """Return who hears each text of rules from which of them; see `nmtchoose.engine.assess`.

    After a referral, only a rule that refers speaks, and of no session.
    """
    fired = dict(side.holders("fired"))
    named = np.packbits(side.column("disposition") >= FORBIDDING, bitorder="little")
    heard: dict[tuple[str, str], dict[str, Octets]] = {}
    for rule in decider.tables.rules.rules:
        refers = rule.then.disposition is not None and rule.then.disposition.forbids_therapy
        for what, text in _TEXTS.items():
            if rule.id in fired and text(rule):
                anyway = refers and what not in _ABOUT_SESSION
                heard.setdefault((what, text(rule)), {})[rule.id] = fired[rule.id] if anyway else fired[rule.id] & named
    return heard


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


def _no_longer_said(old: Mapping[str, Octets], new: Mapping[str, Octets], what: str, rows: int) -> Iterator[Moved]:
    gone = np.bitwise_or.reduce([*old.values()])
    if new:
        gone &= ~np.bitwise_or.reduce([*new.values()])
    for rule, bits in old.items():
        yield from _who(f"{what}: no longer what these say: {rule}", gone & bits, rows)
        gone &= ~bits


def _who(words: str, bits: Octets, rows: int) -> Iterator[Moved]:
    if bits.any():
        yield Change(Direction.DIFFERENT, words), rows_with(bits, rows)


def _moves(was: Codes, now: Codes, among: NDArray[np.bool_] | None = None) -> Iterator[tuple[int, int, Rows]]:
    """Yield the code before, the code now and the rows for each pair of different codes, `among` those rows only."""
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
