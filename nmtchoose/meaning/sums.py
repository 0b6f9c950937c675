"""Sums of fit points: which of two is larger, as wires.

A sum is added up in binary, column by column. Terms are merged and sorted first, so that the same points make the
same gates in whatever order the rules stand.
"""

from collections.abc import Mapping

from nmtchoose.meaning.circuit import FALSE, TRUE, Circuit, Wire

Terms = Mapping[Wire, int]
"""Points by the wire that earns them."""


def difference(one: Terms, other: Terms) -> dict[Wire, int]:
    """Return the terms of `one` minus `other`; points that both get cancel out."""
    terms = dict(one)
    for wire, points in other.items():
        terms[wire] = terms.get(wire, 0) - points
    return terms


def sum_at_least(circuit: Circuit, terms: Terms, wanted: int) -> Wire:
    """Return a wire that is true when the points of `terms` add up to at least `wanted`."""
    columns: list[list[Wire]] = []
    for wire, points in _merged(terms):
        wanted -= min(points, 0)  # to lose points is to get them where the wire is false, and so many less before
        _enter(columns, -wire if points < 0 else wire, abs(points))
    return _at_least(circuit, _added(circuit, columns), wanted)


def _merged(terms: Terms) -> list[tuple[Wire, int]]:
    """Return the terms with constants and opposites merged, sorted by points and variable."""
    merged: dict[Wire, int] = {}
    for wire, points in terms.items():
        if wire < 0 and wire != FALSE:
            merged[TRUE] = merged.get(TRUE, 0) + points
        if wire != FALSE:
            merged[abs(wire)] = merged.get(abs(wire), 0) + (points if wire > 0 else -points)
    return sorted((term for term in merged.items() if term[1]), key=lambda term: (abs(term[1]), term[0]))


def _enter(columns: list[list[Wire]], wire: Wire, points: int) -> None:
    for place in range(points.bit_length()):
        if len(columns) <= place:
            columns.append([])
        if points >> place & 1:
            columns[place].append(wire)


def _added(circuit: Circuit, columns: list[list[Wire]]) -> tuple[Wire, ...]:
    bits: list[Wire] = []
    place = 0
    while place < len(columns):
        waiting = columns[place]
        while len(waiting) > 1:
            first, second, third = waiting.pop(0), waiting.pop(0), waiting.pop(0) if waiting else FALSE
            waiting.append(circuit.differ(circuit.differ(first, second), third))
            carried = circuit.any_of(
                (circuit.all_of((first, second)), circuit.all_of((third, circuit.any_of((first, second)))))
            )
            if place + 1 == len(columns):
                columns.append([])
            columns[place + 1].append(carried)
        bits.append(waiting[0] if waiting else FALSE)
        place += 1
    return tuple(bits)


def _at_least(circuit: Circuit, bits: tuple[Wire, ...], wanted: int) -> Wire:
    if wanted <= 0:
        return TRUE
    if wanted >> len(bits):
        return FALSE
    so_far = TRUE
    for place, bit in enumerate(bits):
        so_far = circuit.all_of((bit, so_far)) if wanted >> place & 1 else circuit.any_of((bit, so_far))
    return so_far
