"""The one door to what decides blocks of clients: no other module here knows how that is done.

`decider_of(tables)` is made once. It takes columns named as in `decider.layout.names()`, at most `MOST_ROWS` rows of
them, and of what it gives back this is asked, by name. `column(name)` is one small number for each row:

    status                       1 for complete, else 0
    disposition                  the place in `SEVEREST_FIRST`
    recommendation               the place in `decider.recommendations`, which only ever grows
    pressure_limit               1 to 5
    therapy/ID/status            the place in `STATUSES` and 1 more; 0 where no therapy may be named
    therapy/ID/pressure_limit    1 to 5; 0 where no therapy may be named
    site/ID, ID of `sites`       0 to leave it alone, 1 to 5, `NO_LIMIT`; `NO_LIMIT` too where no therapy may be named

`holders(name)` are pairs of an id and the bits of those who have it, the first row in the lowest bit of the first byte,
zeros after the last row; ids that nobody has may be left out:

    fired         rules, in the order of the table
    undecided     safety rules that stay open, in the order of the table
    missing       questions that still matter, in the order of the questionnaire
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from nmtchoose.bulk.kernel import BLOCK_ROWS, Kernel, compile_kernel
from nmtchoose.bulk.kernel.decided import STATUSES, Decided
from nmtchoose.bulk.kernel.effects import FORBIDDING, NO_LIMIT, SEVEREST_FIRST
from nmtchoose.bulk.layout import Layout
from nmtchoose.model.assessment import Recommendation
from nmtchoose.model.tables import Tables

__all__ = [
    "FORBIDDING",
    "MOST_ROWS",
    "NO_LIMIT",
    "SEVEREST_FIRST",
    "STATUSES",
    "Bits",
    "Codes",
    "Columns",
    "Decider",
    "Decision",
    "decider_of",
]

MOST_ROWS = BLOCK_ROWS

Codes = NDArray[np.unsignedinteger]
Bits = NDArray[np.uint8]
Columns = Mapping[str, Codes]


class Decision:
    """What a block of `rows` clients comes to; what nobody asks for is not worked out."""

    def __init__(self, decided: Decided, rows: int) -> None:
        self._decided = decided
        self.rows = rows

    @property
    def sites(self) -> Sequence[str]:
        """The sites that are limited for anybody."""
        return self._decided.sites.limited()

    def column(self, name: str) -> Codes:
        """Return a number for each row; raises ValueError for a name that there is not."""
        one, block = self._decided, self._decided.block
        match name.split("/"):
            case ["status"]:
                return block.spread(one.complete)
            case ["disposition"]:
                return one.disposition
            case ["recommendation"]:
                return one.recommendation
            case ["pressure_limit"]:
                return one.pressure_limit
            case ["therapy", therapy, "status"]:
                return one.status(therapy)
            case ["therapy", therapy, "pressure_limit"]:
                return np.where(block.spread(one.nameless), np.uint8(0), one.therapy_pressure(therapy))
            case ["site", site]:
                return np.where(block.spread(one.nameless), np.uint8(NO_LIMIT), one.sites.codes(site))
        raise ValueError(name)

    def holders(self, name: str) -> Iterable[tuple[str, Bits]]:
        """Return who has which id; raises ValueError for a name that there is not."""
        one = self._decided
        match name:
            case "fired":
                return zip(one.rule_ids, one.firing.fired, strict=True)
            case "undecided":
                return one.undecided.items()
            case "missing":
                return one.missing.items()
        raise ValueError(name)


class Decider:
    """Decides for one pair; see `decider_of`."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._kernel: Kernel = compile_kernel(tables.questionnaire, tables.rules)

    @property
    def layout(self) -> Layout:
        """The packed form that it takes."""
        return self._kernel.layout

    @property
    def recommendations(self) -> Sequence[Recommendation]:
        """The recommendations met so far."""
        return self._kernel.recommendations

    def decide(self, columns: Columns, rows: int) -> Decision:
        """Return what `rows` packed rows come to, the same as `nmtchoose.engine.assess` says for each of them."""
        return Decision(self._kernel.decided(columns, rows), rows)


def decider_of(tables: Tables) -> Decider:
    """Return what decides for a questionnaire and rule table as the loader returned them."""
    return Decider(tables)
