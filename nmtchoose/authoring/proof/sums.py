"""Sums of fit points: which of two is larger, as gates.

A sum is added up in binary, column by column. Terms are merged and sorted first, so that the same points make the
same gates in whatever order the rules stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nmtchoose.authoring.proof.gates import FALSE, TRUE, Gates, Literal

Terms = Mapping[Literal, int]
"""Points by the literal that earns them."""


@dataclass(frozen=True, slots=True)
class _Total:
    """A binary number, lowest bit first, and what has to be added to it."""

    bits: tuple[Literal, ...]
    offset: int


class Counter:
    """How many of some literals are true, counted only as far as anyone asks."""

    def __init__(self, gates: Gates, literals: Sequence[Literal]) -> None:
        self._gates = gates
        self._literals = literals
        self._columns: list[list[Literal]] = [[TRUE] * (len(literals) + 1)]

    def more_than(self, number: int) -> Literal:
        """Return a literal that is true when more than `number` of the literals are."""
        while len(self._columns) <= number + 1:
            fewer, column = self._columns[-1], [FALSE]
            for place, literal in enumerate(self._literals):
                one_more = self._gates.all_of((literal, fewer[place]))
                column.append(self._gates.any_of((column[-1], one_more)))
            self._columns.append(column)
        return self._columns[number + 1][-1]


def difference(one: Terms, other: Terms) -> dict[Literal, int]:
    """Return the terms of `one` minus `other`; points that both get cancel out."""
    terms = dict(one)
    for literal, points in other.items():
        terms[literal] = terms.get(literal, 0) - points
    return terms


def sum_at_least(gates: Gates, terms: Terms, wanted: int) -> Literal:
    """Return a literal that is true when the points of `terms` add up to at least `wanted`."""
    total = _total(gates, terms)
    return _at_least(gates, total.bits, wanted - total.offset)


def _total(gates: Gates, terms: Terms) -> _Total:
    columns: list[list[Literal]] = []
    offset = 0
    for literal, points in _merged(terms):
        if points < 0:
            offset += points
        _enter(columns, -literal if points < 0 else literal, abs(points))
    return _Total(_added(gates, columns), offset)


def _merged(terms: Terms) -> list[tuple[Literal, int]]:
    """Return the terms with constants and opposites merged, sorted by points and variable."""
    merged: dict[Literal, int] = {}
    for literal, points in terms.items():
        if literal < 0 and literal != FALSE:
            merged[TRUE] = merged.get(TRUE, 0) + points
        if literal != FALSE:
            merged[abs(literal)] = merged.get(abs(literal), 0) + (points if literal > 0 else -points)
    return sorted((term for term in merged.items() if term[1]), key=lambda term: (abs(term[1]), term[0]))


def _enter(columns: list[list[Literal]], literal: Literal, points: int) -> None:
    for place in range(points.bit_length()):
        if len(columns) <= place:
            columns.append([])
        if points >> place & 1:
            columns[place].append(literal)


def _added(gates: Gates, columns: list[list[Literal]]) -> tuple[Literal, ...]:
    bits: list[Literal] = []
    place = 0
    while place < len(columns):
        waiting = columns[place]
        while len(waiting) > 1:
            first, second, third = waiting.pop(0), waiting.pop(0), waiting.pop(0) if waiting else FALSE
            waiting.append(gates.differ(gates.differ(first, second), third))
            carried = gates.any_of(
                (gates.all_of((first, second)), gates.all_of((third, gates.any_of((first, second)))))
            )
            if place + 1 == len(columns):
                columns.append([])
            columns[place + 1].append(carried)
        bits.append(waiting[0] if waiting else FALSE)
        place += 1
    return tuple(bits)


def _at_least(gates: Gates, bits: tuple[Literal, ...], wanted: int) -> Literal:
    if wanted <= 0:
        return TRUE
    if wanted >> len(bits):
        return FALSE
    so_far = TRUE
    for place, bit in enumerate(bits):
        so_far = gates.all_of((bit, so_far)) if wanted >> place & 1 else gates.any_of((bit, so_far))
    return so_far
