"""Decides blocks of clients, and tells the results as Arrow columns; no other module here knows how that is done.

`Decider(tables)`, made once, takes columns named as in `decider.layout.dtypes`, at most `MOST_ROWS` rows of them. What
they come to is asked by name: see `Decision.column` and `Decision.holders`. `result_columns` names them as the CSV
export does: few of them, or all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nmtchoose.bulk.arrow_columns import combined
from nmtchoose.bulk.layout import FIRST, GIVEN, Layout, layout_of
from nmtchoose.meaning.answer_wires import AnswerWires
from nmtchoose.meaning.block import NOBODY, Bits, Block, Plan, bits_of
from nmtchoose.meaning.circuit import FALSE, Wire
from nmtchoose.meaning.result import Meaning, meaning_of
from nmtchoose.meaning.verdict import recommendation_of
from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import Recommendation, Status
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Kind
from nmtchoose.model.rules import MOST_PRESSURE
from nmtchoose.model.tables import Tables
from nmtchoose.words.terms import review_words

MOST_ROWS = 131_072
"""Rows that are worked on together, a multiple of 64: fewer cost more time for each, more cost more memory."""

SEVEREST_FIRST = tuple(Disposition)
FORBIDDING = sum(one.forbids_therapy for one in Disposition)
"""How many dispositions forbid naming any therapy; they are the first."""

NO_LIMIT = MOST_PRESSURE + 1
_UNLIMITED = (FALSE,) * NO_LIMIT

Octets = NDArray[np.uint8]
Codes = NDArray[np.unsignedinteger]
Columns = Mapping[str, Codes]
"""The packed columns by name, all of the same length; see `nmtchoose.bulk.layout`."""

T = TypeVar("T")

Rows = NDArray[np.intp]
"""Numbers of rows of a block, the first one first."""

_OF_RECOMMENDATIONS: dict[str, Callable[[Recommendation], str | None]] = {
    "recommendation": lambda one: one.kind.value,
    "therapies": lambda one: " ".join(one.therapies),
    "strength": lambda one: one.strength.value,
    "plan": lambda one: one.plan,
}
_STATUS_OF_THERAPY = (None, *(one.value for one in Status))


class Decision:
    """What a block of `rows` clients comes to; what nobody asks for is not read."""

    def __init__(self, decider: Decider, block: Block) -> None:
        self._decider = decider
        self._block = block
        self._result = decider.meaning.result
        self.rows = block.clients
        self._nameless = block.spread(self._result.outcome.forbids_therapy).view(np.bool_)

    @property
    def sites(self) -> Sequence[str]:
        """The sites that are limited for anybody."""
        limited = self._result.outcome.limited
        return [site for site, wire in limited.items() if self._block.bits(wire) is not NOBODY]

    def column(self, name: str) -> Codes:
        """Return a number for each row; raises ValueError for a name that there is not.

        `status`: 1 for complete; `disposition`: the place in `SEVEREST_FIRST`; `recommendation`: that in
        `decider.recommendations`, which only ever grows; `pressure_limit`: 1 to 5; `therapy/ID/status`: the place in
        `Status` and 1 more; `therapy/ID/pressure_limit`: 1 to 5, both 0 where no therapy may be named; `site/ID`: 0
        to leave it alone, 1 to 5, or `NO_LIMIT`, also where no therapy may be named.
        """
        block, result = self._block, self._result
        match name.split("/"):
            case ["status"]:
                return block.spread(result.interview.complete)
            case ["disposition"]:
                return block.code([result.outcome.dispositions[one] for one in SEVEREST_FIRST]) - np.uint8(1)
            case ["recommendation"]:
                groups = self._decider.choices
                places = [block.code(wires) for wires in groups]
                found = combined(places, [len(wires) + 1 for wires in groups])
                combinations = zip(*(one[found.rows].tolist() for one in places), strict=True)
                return np.array([self._decider.code(one) for one in combinations], dtype=np.uint16)[found.of_row]
            case ["pressure_limit"]:
                return block.limit(result.outcome.pressure)
            case ["therapy", therapy, "status"]:
                return block.code([result.statuses[therapy][one] for one in Status])
            case ["therapy", therapy, "pressure_limit"]:
                return self._where_named(block.limit(result.outcome.standing[therapy].limits), otherwise=0)
            case ["site", site]:
                return self._where_named(block.limit(result.outcome.sites.get(site, _UNLIMITED)), otherwise=NO_LIMIT)
        raise ValueError(name)

    def holders(self, name: str) -> Iterator[tuple[str, Octets]]:
        """Yield ids, in order, with the bits of those who have them.

        `fired`: rules; `undecided`: safety rules that stay open; `missing`: questions that still matter. The first row
        is the lowest bit of the first byte, and ids that nobody has are left out.
        """
        outcome, block = self._result.outcome, self._block
        wires = {"fired": outcome.fired, "undecided": outcome.undecided, "missing": self._result.interview.missing}
        named = block.octets(-outcome.forbids_therapy)
        for one, wire in wires[name].items():
            if block.bits(wire) is not NOBODY:
                octets = block.octets(wire)
                yield one, octets & named if name == "undecided" else octets

    def _where_named(self, codes: Codes, otherwise: int) -> Codes:
        codes[self._nameless] = otherwise
        return codes


class Decider:
    """Decides for one pair of files. `choices` are groups of wires of which at most one is true."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.layout: Layout = layout_of(tables.questionnaire)
        self.meaning: Meaning = meaning_of(tables)
        *choices, elsewhere = self.meaning.result.booking.groups
        alone = ((wire,) for wire in elsewhere.values())
        self.choices: tuple[tuple[Wire, ...], ...] = (*(tuple(group.values()) for group in choices), *alone)
        self._plan = Plan(self.meaning.circuit, self.meaning.result.outputs)
        self._recommendations: dict[Recommendation, int] = {}
        self._codes: dict[tuple[int, ...], int] = {}

    @property
    def recommendations(self) -> Sequence[Recommendation]:
        """The recommendations met so far."""
        return tuple(self._recommendations)

    def decide(self, columns: Columns, rows: int) -> Decision:
        """Return what `rows` packed rows come to, the same as `nmtchoose.engine.assess` says for each of them."""
        given = dict(inputs(self.meaning.given, self.layout, columns))
        return Decision(self, self._plan.block(rows, {wire: given[wire] for wire in self._plan.inputs}))

    def emergencies(self, clients: Sequence[Answers]) -> list[Disposition | None]:
        """Return for each of `clients` the disposition where it is an emergency, however little they answered."""
        found: list[Disposition | None] = [None] * len(clients)
        told = [place for place, answers in enumerate(clients) if answers]
        for start in range(0, len(told), MOST_ROWS):
            some = told[start : start + MOST_ROWS]
            rows = [self.layout.packed(clients[place]) for place in some]
            columns = {name: np.array([row[name] for row in rows], kind) for name, kind in self.layout.dtypes.items()}
            codes = self.decide(columns, len(some)).column("disposition").tolist()
            severities = (SEVEREST_FIRST[code] for code in codes)
            for place, one in zip(some, severities, strict=True):
                found[place] = one if one.is_emergency else None
        return found

    def code(self, combination: tuple[int, ...]) -> int:
        """Return the code of the recommendation that has in each of `choices` the wire at that place, from 1 on."""
        if combination not in self._codes:
            wires = {group[place - 1] for group, place in zip(self.choices, combination, strict=True) if place}
            said = recommendation_of(self.meaning.result, _Chosen(wires))
            self._codes[combination] = self._recommendations.setdefault(said, len(self._recommendations))
        return self._codes[combination]


class _Chosen(NamedTuple):
    wires: set[Wire]

    def true(self, wires: Mapping[T, Wire]) -> tuple[T, ...]:
        """Return the keys of those of `wires` that are true, in order."""
        return tuple(key for key, wire in wires.items() if wire in self.wires)


def inputs(given: Mapping[str, AnswerWires], layout: Layout, columns: Columns) -> Iterator[tuple[Wire, Bits]]:
    """Yield the inputs `given`, by question, with who makes each true."""
    for column in layout.columns:
        values = [columns[name] for name in column.names]
        wires = given[column.id]
        named = (*wires.options.items(), *wires.specials.items())
        if all(not one.any() for one in values):
            yield from ((wire, NOBODY) for wire in wires.all)
        elif column.kind is Kind.MANY:
            planes = [_bytes_of(one) for one in values]
            for name, wire in named:
                place = column.places[name]
                byte, bit = divmod(place.mask.bit_length() - 1, 8)
                yield wire, bits_of(planes[place.column][byte] & np.uint8(1 << bit))
        else:
            (codes,) = values
            yield from ((wire, bits_of(codes == column.codes[name])) for name, wire in named)
            for number, wire in wires.reached.items():
                yield wire, bits_of(codes >= FIRST + number - column.minimum)
            if not wires.options:
                yield wires.real, bits_of(codes == GIVEN if column.kind is Kind.TEXT else codes >= FIRST)


def _bytes_of(values: Codes) -> list[NDArray[np.uint8]]:
    """Return masks cut into bytes: looking at a bit of a byte is many times faster than at one of a wide number."""
    if values.itemsize == 1:
        return [values.view(np.uint8)]
    little = np.ascontiguousarray(values).astype(values.dtype.newbyteorder("<"), copy=False)
    whole = little.view(np.uint8).reshape(len(values), values.itemsize)
    return [np.ascontiguousarray(whole[:, byte]) for byte in range(values.itemsize)]


def result_columns(decider: Decider, columns: Columns, rows: int, *, full: bool) -> dict[str, Any]:
    """Return the results of `rows` packed rows as Arrow arrays by the name of the column.

    Brief: `status`, `disposition`, `recommendation`, `therapies` (ids, in order), `strength` and `pressure_limit`. Full
    adds the `plan` of a sequence, `therapy/.../status` and `.../pressure_limit` (null where none may be named), lists
    of ids `avoid_sites`, `site_limits` (`neck=2` for at most 2), `missing`, `undecided` and `fired`, and the `review`.
    """
    decision = decider.decide(columns, rows)
    found = {
        "status": _worded(decision.column("status"), ("incomplete", "complete")),
        "disposition": _worded(decision.column("disposition"), [one.value for one in SEVEREST_FIRST]),
        **_recommended(decision, decider, ("recommendation", "therapies", "strength")),
        "pressure_limit": _numbers(decision.column("pressure_limit")),
    }
    if not full:
        return found
    found |= _recommended(decision, decider, ("plan",))
    for therapy in decider.tables.rules.therapies:
        name = f"therapy/{therapy.id}"
        found[f"{name}/status"] = _worded(decision.column(f"{name}/status"), _STATUS_OF_THERAPY)
        found[f"{name}/pressure_limit"] = _numbers(decision.column(f"{name}/pressure_limit"))
    limits = [(site, decision.column(f"site/{site}")) for site in decision.sites]
    avoided = ((site, np.flatnonzero(codes == 0)) for site, codes in limits)
    levels = range(1, NO_LIMIT)
    at_most = ((f"{site}={level}", np.flatnonzero(codes == level)) for site, codes in limits for level in levels)
    found["avoid_sites"] = _lists(decision.rows, avoided)
    found["site_limits"] = _lists(decision.rows, at_most)
    for name in ("missing", "undecided", "fired"):
        holders = ((one, rows_with(bits, decision.rows)) for one, bits in decision.holders(name) if bits.any())
        found[name] = _lists(decision.rows, holders)
    reviewed = [review_words(decider.tables.rules.reviewed)]
    return found | {"review": _worded(np.zeros(decision.rows, np.intp), reviewed)}


def rows_with(bits: Octets, rows: int) -> Rows:
    """Return the numbers of the rows that have a bit."""
    return np.flatnonzero(np.unpackbits(bits, count=rows, bitorder="little").view(np.bool_))


def _numbers(codes: Codes) -> Any:
    return pa.array(codes, mask=codes == 0)


def _recommended(decision: Decision, decider: Decider, names: Iterable[str]) -> dict[str, Any]:
    codes = decision.column("recommendation")
    said = ((name, _OF_RECOMMENDATIONS[name]) for name in names)
    return {name: _worded(codes, [say(one) for one in decider.recommendations]) for name, say in said}


def _worded(codes: Codes, words: Sequence[str | None]) -> Any:
    """Return codes as words, None as null. What else was met before makes no difference to what is stored."""
    there = np.flatnonzero(np.bincount(codes, minlength=len(words)))
    stored = sorted({word for code in there.tolist() if (word := words[code]) is not None})
    places: dict[str | None, int] = {word: place for place, word in enumerate(stored)}
    meant = np.array([places.get(word, -1) for word in words], dtype=np.int16)[codes]
    return pa.DictionaryArray.from_arrays(pa.array(meant, mask=meant < 0), pa.array(stored, pa.string()))


def _lists(rows: int, holders: Iterable[tuple[str, Rows]]) -> Any:
    """Return for each row the ids that it has, in the order of `holders`; each id that is there is stored once."""
    rows_of = {name: which for name, which in holders if len(which)}
    stored = sorted(rows_of)
    places = {name: place for place, name in enumerate(stored)}
    lengths = np.zeros(rows, dtype=np.int32)
    for which in rows_of.values():
        lengths[which] += 1
    ends = np.concatenate([np.zeros(1, np.int32), np.cumsum(lengths, dtype=np.int32)])
    numbers, free = np.empty(int(ends[-1]), dtype=np.int16), ends[:-1].copy()
    for name, which in rows_of.items():
        numbers[free[which]] = places[name]
        free[which] += 1
    ids = pa.DictionaryArray.from_arrays(pa.array(numbers), pa.array(stored, pa.string()))
    return pa.ListArray.from_arrays(pa.array(ends), ids)
