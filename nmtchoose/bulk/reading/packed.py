"""What every reader of many clients gives: a block of packed answers, where each row came from, and what was left out.

Readers: `RecordPacker` of records of JSON, `NaturalPacker` of an Arrow table with a column for each question or option,
`Carrier` of one that is packed already, under this questionnaire or another.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nmtchoose.engine.answering import check_answer
from nmtchoose.errors import AnswerError, Fault
from nmtchoose.files.answers_file import check_answers
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Questionnaire

Column = np.ndarray[tuple[int], np.dtype[np.unsignedinteger]]
"""One packed column."""

Good = NDArray[np.bool_]
"""Which rows hold nothing but answers."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record left out: the file and line or row (from 1) where it stands, its id, and all its faults.

    `answers` are those that could be read: they may tell of an emergency.
    """

    file: str
    line: int
    record: str | None
    faults: tuple[Fault, ...]
    answers: Answers = field(default_factory=dict)

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong and what to do, a sentence or two for each fault."""
        return tuple(f"{one.problem}. {one.mend}" for one in self.faults)


@dataclass(frozen=True, slots=True)
class Packed:
    """Rows that passed every check, in the columns of `Layout.names()`; `files`, `lines` and `records` say whose.

    `files` is a dictionary array; `records` are strings, null where there is no id. `rejects` are the others, in order.
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


class Judged(NamedTuple):
    """What is wrong with the answers of a row, and those that could be read."""

    faults: tuple[Fault, ...]
    answers: Answers


def sifted(block: Packed, good: Good, file: str, judged_row: Callable[[int], Judged]) -> Packed:
    """Return the `good` rows of a block from `file`, and the others as rejects, judged by their number."""
    if good.all():
        return block
    kept = pa.array(good)
    rejects = [
        Rejected(file, block.lines[row].as_py(), block.records[row].as_py(), *judged_row(row))
        for row in np.flatnonzero(~good).tolist()
    ]
    columns = {name: column[good] for name, column in block.columns.items()}
    return Packed(columns, block.files.filter(kept), block.lines.filter(kept), block.records.filter(kept), rejects)


def judged(answers: Mapping[str, object], questionnaire: Questionnaire, file: str) -> Judged:
    """Return what is wrong with the answers of a row, in the words of the single command."""
    try:
        return Judged((), check_answers(answers, questionnaire, file))
    except AnswerError as error:
        return Judged(error.faults, readable(answers, questionnaire))


def readable(answers: Mapping[str, object], questionnaire: Questionnaire) -> Answers:
    """Return those of `answers` that can be read, and of choices the options that there are."""
    found = {}
    for name, said in answers.items():
        question, raw = questionnaire.by_id.get(name), said
        if question is None:
            continue
        if isinstance(raw, list | tuple):
            raw = [one for one in raw if isinstance(one, str) and question.option(one)] or raw
        try:
            found[name] = check_answer(question, question.options, raw)
        except AnswerError:
            continue
    return found


def one_file(name: str, rows: int) -> pa.DictionaryArray:
    """Return the column `files` of `rows` rows from the file `name`."""
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int32)), pa.array([name], pa.string()))
