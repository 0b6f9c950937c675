"""Results as Arrow columns, named as in the CSV export: few of them, or all."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nmtchoose.bulk.deciding import NO_LIMIT, SEVEREST_FIRST, STATUSES, Codes, Columns, Decider, Decision, Octets
from nmtchoose.model.assessment import Recommendation
from nmtchoose.words.terms import review_words

Words = Sequence[str | None]
Rows = NDArray[np.intp]
"""Numbers of rows of a block, the first one first."""

_OF_RECOMMENDATIONS: dict[str, Callable[[Recommendation], str | None]] = {
    "recommendation": lambda one: one.kind.value,
    "therapies": lambda one: " ".join(one.therapies),
    "strength": lambda one: one.strength.value,
    "plan": lambda one: one.plan,
}
_STATUS_OF_THERAPY = (None, *(one.value for one in STATUSES))


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
    at_most = (
        (f"{site}={limit}", np.flatnonzero(codes == limit)) for site, codes in limits for limit in range(1, NO_LIMIT)
    )
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


def _worded(codes: Codes, words: Words) -> Any:
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
