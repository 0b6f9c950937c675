"""Blocks of an archive, one after the other: what changes in each, counted, with the answers of the first records."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from nmtchoose.batch.impact.fitting import Fitting
from nmtchoose.batch.impact.impact import MOST_FAULTY, Change, Direction, Example, Impact, LeftOut
from nmtchoose.batch.impact.steps import Steps
from nmtchoose.batch.kernel import compile_kernel
from nmtchoose.batch.kernel.bits import Block
from nmtchoose.batch.kernel.decided import Decided
from nmtchoose.batch.kernel.given import Columns
from nmtchoose.batch.layout import Layout
from nmtchoose.batch.reading.packed import Packed, Rejected
from nmtchoose.model.answers import Answer
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable

Pair = tuple[Questionnaire, RuleTable]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Both pairs, and how many records are kept as examples of each change."""

    old: Pair
    new: Pair
    examples: int

    @property
    def same_questions(self) -> bool:
        """True where both ask the same, so that an interview is replayed once for both."""
        return self.old[0].questions == self.new[0].questions


class Comparison:
    """Counts what changes, block by block; blocks have to come in the order of the archive.

    An answer or option that one of the two questionnaires does not know is left out there.
    """

    def __init__(self, pairs: Pairs) -> None:
        self._pairs = pairs
        self._old, self._new = compile_kernel(*pairs.old), compile_kernel(*pairs.new)
        self._steps = Steps(self._old, self._new)
        self._fitting: dict[Layout, tuple[Fitting, Fitting]] = {}
        self._kept: Counter[Change] = Counter()

    def impact(self, packed: Packed, written: Layout) -> Impact:
        """Return what changes among the rows of a block that is packed under the layout `written`."""
        counts: dict[Change, int] = {}
        examples: dict[Change, tuple[Example, ...]] = {}
        first = np.full(packed.rows, len(Direction), np.uint8)
        if packed.rows:
            for change, rows in self._steps.between(*self._decided(packed.columns, packed.rows, written)):
                counts[change] = len(rows)
                first[rows] = np.minimum(first[rows], np.uint8(change.direction))
                wanted = rows[: self._pairs.examples - self._kept[change]]
                if len(wanted):
                    examples[change] = tuple(_example(packed, int(row), written) for row in wanted)
                    self._kept[change] += len(wanted)
        results = {one: int(np.count_nonzero(first == one)) for one in Direction}
        faulty = tuple(_left_out(one) for one in packed.rejects[:MOST_FAULTY])
        return Impact(packed.rows, results, counts, examples, len(packed.rejects), faulty)

    def _decided(self, columns: Columns, rows: int, written: Layout) -> tuple[Decided, Decided]:
        if written not in self._fitting:
            self._fitting[written] = (
                Fitting(written, self._old.questionnaire),
                Fitting(written, self._new.questionnaire),
            )
        to_old, to_new = self._fitting[written]
        block = Block(rows)
        now = self._new.replay(to_new.columns(columns, rows), block)
        was = now if self._pairs.same_questions else self._old.replay(to_old.columns(columns, rows), block)
        return self._old.decided_by(was), self._new.decided_by(now)


def _example(packed: Packed, row: int, written: Layout) -> Example:
    values = {name: int(packed.columns[name][row]) for name in written.names()}
    answers: dict[str, Answer] = written.answers(values)
    return Example(packed.files[row].as_py(), packed.lines[row].as_py(), packed.records[row].as_py(), answers)


def _left_out(one: Rejected) -> LeftOut:
    return LeftOut(one.file, one.line, tuple(f"{fault.problem}. {fault.mend}" for fault in one.faults))
