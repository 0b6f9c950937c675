"""Packed columns as the inputs of the circuit: who gave which answer, as bits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from nmtchoose.bulk.layout import FIRST, GIVEN, Layout, LayoutColumn
from nmtchoose.meaning.answer_wires import AnswerWires
from nmtchoose.meaning.block import NOBODY, Bits, bits_of
from nmtchoose.meaning.circuit import Wire
from nmtchoose.model.questionnaire import Kind

Codes = NDArray[np.unsignedinteger]
Columns = Mapping[str, Codes]
"""The packed columns by name, all of the same length; see `nmtchoose.bulk.layout`."""


def inputs(given: Mapping[str, AnswerWires], layout: Layout, columns: Columns) -> Iterator[tuple[Wire, Bits]]:
    """Yield the inputs `given`, by question, with who makes each true."""
    for column in layout.columns:
        values = [columns[name] for name in column.names]
        wires = given[column.id]
        if all(not one.any() for one in values):
            yield from ((wire, NOBODY) for wire in wires.all)
        elif column.kind is Kind.MANY:
            yield from _ticked(wires, column, values)
        else:
            yield from _answered(wires, column, values[0])


def _ticked(wires: AnswerWires, column: LayoutColumn, values: list[Codes]) -> Iterator[tuple[Wire, Bits]]:
    planes = [_bytes_of(one) for one in values]
    for name, wire in (*wires.options.items(), *wires.specials.items()):
        place = column.places[name]
        byte, bit = divmod(place.mask.bit_length() - 1, 8)
        yield wire, bits_of(planes[place.column][byte] & np.uint8(1 << bit))


def _answered(wires: AnswerWires, column: LayoutColumn, values: Codes) -> Iterator[tuple[Wire, Bits]]:
    for name, wire in (*wires.options.items(), *wires.specials.items()):
        yield wire, bits_of(values == column.codes[name])
    for number, wire in wires.reached.items():
        yield wire, bits_of(values >= FIRST + number - column.minimum)
    if not wires.options:
        yield wires.real, bits_of(values == GIVEN if column.kind is Kind.TEXT else values >= FIRST)


def _bytes_of(values: Codes) -> list[NDArray[np.uint8]]:
    """Return masks cut into bytes: looking at a bit of a byte is many times faster than at one of a wide number."""
    if values.itemsize == 1:
        return [values.view(np.uint8)]
    little = np.ascontiguousarray(values).astype(values.dtype.newbyteorder("<"), copy=False)
    whole = little.view(np.uint8).reshape(len(values), values.itemsize)
    return [np.ascontiguousarray(whole[:, byte]) for byte in range(values.itemsize)]
