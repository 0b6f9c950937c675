"""A rule table over columns: packed answers in, results out, the same as `nmtchoose.engine.assess` for each row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from nmtchoose.bulk.kernel.bits import Block
from nmtchoose.bulk.kernel.booking import booker_of
from nmtchoose.bulk.kernel.decided import Decided, Pair
from nmtchoose.bulk.kernel.given import Columns
from nmtchoose.bulk.kernel.replay import Meanings, Replay
from nmtchoose.bulk.layout import Layout, layout_of
from nmtchoose.engine.compiled.masks import rule_masks
from nmtchoose.model.assessment import Recommendation
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable

BLOCK_ROWS = 131_072
"""Rows that are worked on together, a multiple of 8: fewer cost more time for each, more cost more memory."""


@dataclass(frozen=True)
class Outcome:
    """The results of some rows, worked out block by block while they are asked for."""

    kernel: Kernel
    columns: Columns
    rows: int

    def blocks(self) -> Iterator[Decided]:
        """Yield the results of the first `BLOCK_ROWS` rows, then those of the next; at least one block, maybe empty."""
        for start in range(0, max(self.rows, 1), BLOCK_ROWS):
            end = min(start + BLOCK_ROWS, self.rows)
            yield self.kernel.decided({name: values[start:end] for name, values in self.columns.items()}, end - start)


class Kernel:
    """One questionnaire and rule table, made ready for columns; see `compile_kernel`."""

    def __init__(self, questionnaire: Questionnaire, table: RuleTable) -> None:
        self.questionnaire = questionnaire
        self.table = table
        self._meanings = Meanings(questionnaire, {})
        self._pair = Pair(questionnaire, table, rule_masks(table), booker_of(table))

    @cached_property
    def layout(self) -> Layout:
        """The packed form that it takes."""
        return layout_of(self.questionnaire)

    @property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """The recommendations that were met so far, by their code; it only ever grows."""
        return tuple(self._pair.booker.recommendations)

    def outcome(self, columns: Columns, rows: int) -> Outcome:
        """Return the results of `rows` packed rows; `columns` holds an array for every name of `layout`."""
        return Outcome(self, columns, rows)

    def decided(self, columns: Columns, rows: int) -> Decided:
        """Return the results of one block."""
        return self.decided_by(self.replay(columns, Block(rows)))

    def replay(self, columns: Columns, block: Block) -> Replay:
        """Return the interviews of one block, for `decided_by`."""
        return Replay(self._meanings, self.layout, columns, block)

    def decided_by(self, replay: Replay) -> Decided:
        """Return the results of one block; two kernels over the same questions may share `replay`."""
        return Decided(self._pair, replay)


def compile_kernel(questionnaire: Questionnaire, table: RuleTable) -> Kernel:
    """Return `table` over `questionnaire`, both as the loader returned them, for columns of answers."""
    return Kernel(questionnaire, table)
