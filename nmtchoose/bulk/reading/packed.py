"""What every reader of many clients gives: a block of packed answers, where each row came from, and what was left out.

The readers, each usable by itself: `RecordPacker` takes records of JSON, `NaturalPacker` an Arrow table with a column
for each question or option, and `Carrier` one that is packed already, under this questionnaire or another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nmtchoose.errors import AnswerError, Fault
from nmtchoose.files.answers_file import check_answers
from nmtchoose.model.questionnaire import Questionnaire

Column = np.ndarray[tuple[int], np.dtype[np.unsignedinteger]]
"""One packed column."""

Good = NDArray[np.bool_]
"""Which rows hold nothing but answers."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that is left out: the file and the line or row (from 1) where it stands, its id, and all its faults."""

    file: str
    line: int
    record: str | None
    faults: tuple[Fault, ...]

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong and what to do, a sentence or two for each fault."""
        return tuple(f"{one.problem}. {one.mend}" for one in self.faults)


@dataclass(frozen=True, slots=True)
class Packed:
    """Rows that passed every check. `columns` are those of `Layout.names()`; `files`, `lines` and `records` say whose.

    `files` is a dictionary array and `records` an array of strings, with a null where a record has no id. `rejects`
    are the other records of the same block, in order.
    """

    columns: Mapping[str, Column]
    files: pa.DictionaryArray
    lines: pa.Int64Array
    records: pa.StringArray
    rejects: Sequence[Rejected] = ()

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.lines)


def sifted(block: Packed, good: Good, file: str, faults: Callable[[int], tuple[Fault, ...]]) -> Packed:
    """Return the `good` rows of a block from `file`, and the others as rejects with the `faults` of their number."""
    if good.all():
        return block
    kept = pa.array(good)
    rejects = [
        Rejected(file, block.lines[row].as_py(), block.records[row].as_py(), faults(row))
        for row in np.flatnonzero(~good).tolist()
    ]
    columns = {name: column[good] for name, column in block.columns.items()}
    return Packed(columns, block.files.filter(kept), block.lines.filter(kept), block.records.filter(kept), rejects)


def faults_of(answers: Mapping[str, object], questionnaire: Questionnaire, file: str) -> tuple[Fault, ...]:
    """Return what is wrong with the answers of a row, in the words of the single command."""
    try:
        check_answers(answers, questionnaire, file)
    except AnswerError as error:
        return error.faults
    return ()


def one_file(name: str, rows: int) -> pa.DictionaryArray:
    """Return the column `files` of `rows` rows from the file `name`."""
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int32)), pa.array([name], pa.string()))
