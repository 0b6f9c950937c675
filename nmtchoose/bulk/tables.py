"""Tables with columns of answers: which column is what, what the cells of a row mean, and all rows packed.

A question has one column, or one for each option (1 for chosen, 0 for not), or both. An empty cell says nothing.
Each combination of cells is read once.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from nmtchoose.bulk.arrow_columns import as_answers, distinct, ids_in, together
from nmtchoose.bulk.packed import Judged, Packed, judged, one_file, readable, sifted
from nmtchoose.bulk.records import IDENTIFIED_BY, PLACE, Table, tables_of
from nmtchoose.errors import AnswerError, Code, Fault, UsageError, fault, of_the_first, suggestion
from nmtchoose.formats.csv_columns import RESULT
from nmtchoose.model.answers import Answers
from nmtchoose.model.questionnaire import Kind, Question, Questionnaire
from nmtchoose.words.printable import printable

LONGEST_CELL = 10_000
"""Signs, or entries of a list: every option of a question chosen at once, or the longest text, take a tenth of it."""

ABSENT = object()
"""What cells that say nothing mean: the question was not answered."""

_BETWEEN = re.compile(r"[\s;,]+")
_WHOLE = re.compile(r"([+-]?[0-9]+)\.0+")
_YES = frozenset({"1", "1.0", "true", "yes", "y", "x", "✓", "✔", "☑", "☒"})
_NO = frozenset({"0", "0.0", "false", "no", "n"})
_NOTHING = frozenset({"", "n/a", "#n/a", "na"})
"""What a cell says that nobody filled in: it is no answer, and never a no."""

LEFT_ALONE = frozenset({*(name for name, _ in RESULT), *IDENTIFIED_BY, "line", "plan", "site_limits"})
"""What our own exports say beside the answers."""

_OF_A_THERAPY = re.compile(r"therapy/[^/]*/[^/]*", re.DOTALL)

_BAD = -1  # stands for a combination that is no answer
Places = NDArray[np.int64]
Columns = Mapping[int, Any]
"""Arrow arrays by their place in the table."""


@dataclass(frozen=True, slots=True)
class QuestionCells:
    """The columns of one question: `whole` is the place of its own column, `options` those of its options, by id."""

    question: Question
    whole: int | None = None
    options: Mapping[str, int] = field(default_factory=dict)

    @property
    def places(self) -> tuple[int, ...]:
        """The places of all its columns in the table."""
        return (*(() if self.whole is None else (self.whole,)), *self.options.values())

    def answer(self, cells: Mapping[int, object]) -> object:
        """Return the answer, unchecked, in `cells` by place, or `ABSENT`; raises AnswerError for an unreadable cell."""
        ticked = {name: _ticked(self.question, name, cells[place]) for name, place in self.options.items()}
        chosen = [name for name, tick in ticked.items() if tick]
        asked = any(tick is not None for tick in ticked.values())
        whole = ABSENT if self.whole is None else _whole(self.question, cells[self.whole])
        if whole is not ABSENT and not chosen:
            return whole
        if whole is not ABSENT:
            return [*(whole if isinstance(whole, list | tuple) else [whole]), *chosen]
        if not chosen and not asked:
            return ABSENT
        if len(chosen) == 1 and self.question.kind is not Kind.MANY:
            return chosen[0]
        return chosen if chosen or self.question.kind in (Kind.ONE, Kind.MANY) else ""

    def readable(self, cells: Mapping[int, object]) -> object:
        """Return what the cells give without those that cannot be read."""
        left = dict(cells)
        for place in self.places:
            try:
                self.answer({**dict.fromkeys(self.places), place: cells[place]})
            except AnswerError:
                left[place] = None
        return self.answer(left)


def _whole(question: Question, cell: object) -> object:
    cell = text_of(cell)
    if cell is None:
        return ABSENT
    if isinstance(cell, float):
        return ABSENT if math.isnan(cell) else int(cell) if cell.is_integer() else cell
    if not isinstance(cell, str) or question.kind is Kind.TEXT:
        return cell
    said = cell.strip()
    if said.lower() in _NOTHING and not question.option(said):
        return ABSENT
    if question.kind is Kind.NUMBER and (whole := _WHOLE.fullmatch(said)):
        return whole[1]
    return [one for one in _BETWEEN.split(said) if one] if question.kind is Kind.MANY else said


def _ticked(question: Question, name: str, cell: object) -> bool | None:
    """Return whether an option is chosen, or None where the cell is empty."""
    cell = text_of(cell)
    said = "" if cell is None or (isinstance(cell, float) and math.isnan(cell)) else str(cell).strip().lower()
    if said in _NOTHING:
        return None
    if said not in _YES and said not in _NO:
        raise AnswerError([fault(Code.CELL_NOT_A_TICK, name=f"{question.id}/{name}")])
    return said in _YES


def text_of(cell: object) -> object:
    """Return a cell of bytes as text; raises AnswerError when it is none, or too long to be an answer."""
    if isinstance(cell, bytes | str | list) and len(cell) > LONGEST_CELL:
        raise AnswerError([fault(Code.ANSWER_TOO_LONG, limit=f"{LONGEST_CELL:,}")])
    if not isinstance(cell, bytes):
        return cell
    try:
        return cell.decode()
    except UnicodeDecodeError:
        raise AnswerError([fault(Code.CELL_NOT_TEXT)]) from None


@dataclass(frozen=True, slots=True)
class TableColumns:
    """The places of what matters in a table: the cells of each question, and the ids in the order in which they count.

    `unnamed` are columns without a name, which have to be empty (spreadsheets put some at the end), `count` is of all.
    """

    questions: tuple[QuestionCells, ...]
    records: tuple[int, ...]
    unnamed: tuple[int, ...]
    count: int

    @property
    def places(self) -> tuple[int, ...]:
        """The places of all of these."""
        return (*(place for one in self.questions for place in one.places), *self.records, *self.unnamed)


def table_columns(
    names: Sequence[str], questionnaire: Questionnaire, ignored: Collection[str], file: str = ""
) -> TableColumns:
    """Return what the columns `names` of `file` are.

    Raises UsageError where none is an answer, for a name that stands there twice, and for one that is neither an answer
    nor part of an export nor `ignored`: a misspelt question would count as not answered in every row.
    """
    places = {name: place for place, name in enumerate(names)}
    twice = [name for name, count in Counter(names).items() if count > 1 and name.strip()]
    faults = of_the_first(twice, lambda name: fault(Code.COLUMN_TWICE, file, name=printable(name[:60])))
    questions = [
        QuestionCells(
            one,
            places.get(one.id),
            {name: places[column] for name in _option_names(one) if (column := f"{one.id}/{name}") in places},
        )
        for one in questionnaire.questions
    ]
    known = {place for one in questions for place in one.places}
    left_alone = LEFT_ALONE.union(ignored)
    strange = [
        name
        for name, place in places.items()
        if name.strip() and place not in known and name not in left_alone and not _OF_A_THERAPY.fullmatch(name)
    ]
    faults += of_the_first(strange, lambda name: _unknown(name, questionnaire, file))
    if names and not known:
        faults.append(fault(Code.COLUMN_NONE, file))
    if faults:
        raise UsageError(faults)
    unnamed = tuple(place for place, name in enumerate(names) if not name.strip())
    found = tuple(one for one in questions if one.places)
    records = tuple(places[name] for name in IDENTIFIED_BY if name in places and places[name] not in known)
    return TableColumns(found, records, unnamed, len(names))


def _option_names(question: Question) -> tuple[str, ...]:
    return (*question.specials, *(option.id for option in question.options))


def _unknown(name: str, questionnaire: Questionnaire, file: str) -> Fault:
    """An option is looked for among those of its question, and everything else among the questions."""
    shown = printable(name[:60])
    question = questionnaire.by_id.get(name.partition("/")[0])
    known = [f"{question.id}/{one}" for one in _option_names(question)] if question else list(questionnaire.by_id)
    return fault(Code.COLUMN_UNKNOWN, file, 1, name=shown, suggestion=suggestion(shown, known))


class NaturalPacker:
    """Packs tables of answers for one questionnaire."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._questionnaire = questionnaire
        self._tables = tables_of(questionnaire)

    def packed(self, columns: Columns, meaning: TableColumns, file: str, lines: Places) -> Packed:
        """Return a table as one block: `lines` says where each row stands."""
        rows = len(lines)
        columns = {place: as_answers(columns[place]) for place in meaning.places}
        read = {one.question.id: self._read(one, columns) for one in meaning.questions}
        good = np.logical_and.reduce([np.ones(rows, bool), *(places != _BAD for places in read.values())])
        for place in meaning.unnamed:
            good &= columns[place].is_null().to_numpy(zero_copy_only=False)
        nobody = np.zeros(rows, np.int64)
        found = dict(
            column
            for question, table in self._tables.items()
            for column in table.columns(np.maximum(read.get(question, nobody), 0))
        )
        records = pc.coalesce(pa.nulls(rows, pa.string()), *(ids_in(columns[place]) for place in meaning.records))
        block = Packed(found, one_file(file, rows), pa.array(lines, pa.int64()), records)
        return sifted(block, good, file, lambda row: self._judged(meaning, columns, row, file))

    def told(self, meaning: TableColumns, delimiter: str, text: str) -> Answers:
        """Return what can be read in the text of a row whose cells do not fit the columns."""
        found = dict(enumerate(text.replace('"', "").strip("\r\n").split(delimiter)))
        raw = {one.question.id: one.readable({at: found.get(at) for at in one.places}) for one in meaning.questions}
        return readable(raw, self._questionnaire)

    def _read(self, cells: QuestionCells, columns: Columns) -> Places:
        found = together([distinct(columns[place]) for place in cells.places])
        table = self._tables[cells.question.id]
        places = [_place(cells, table, _row(columns, cells, row)) for row in found.rows.tolist()]
        return np.array(places, np.int64)[found.of_row]

    def _judged(self, meaning: TableColumns, columns: Columns, row: int, file: str) -> Judged:
        raw: dict[str, object] = {}
        named = all(columns[place][row].as_py() is None for place in meaning.unnamed)
        unread = [] if named else [fault(Code.CELL_UNNAMED, file)]
        for cells in meaning.questions:
            try:
                raw[cells.question.id] = cells.answer(_row(columns, cells, row))
            except AnswerError as error:
                raw[cells.question.id] = cells.readable(_row(columns, cells, row))
                unread += [Fault(one.code, f"{cells.question.id}: {one.problem}", one.mend) for one in error.faults]
        given = {question: answer for question, answer in raw.items() if answer is not ABSENT}
        faults, answers = judged(given, self._questionnaire, file)
        return (*unread, *faults), answers


def _row(columns: Columns, cells: QuestionCells, row: int) -> dict[int, object]:
    return {place: columns[place][row].as_py() for place in cells.places}


def _place(cells: QuestionCells, table: Table, row: Mapping[int, object]) -> int:
    try:
        answer = cells.answer(row)
        if answer is ABSENT:
            return 0
        return table[tuple(answer) if isinstance(answer, list) else answer] & PLACE
    except (AnswerError, TypeError):
        return _BAD
