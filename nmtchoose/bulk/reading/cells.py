"""What the cells of one row mean as an answer: one column for a question, or one for each option, or both.

An empty cell says nothing. The columns of options are those of the CSV export: 1 for chosen, 0 for not chosen.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from nmtchoose.errors import AnswerError, Code, fault
from nmtchoose.model.questionnaire import Kind, Question

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
        """Return what `cells`, by their place in the table, give as the answer as a file would hold it, or `ABSENT`.

        Raises AnswerError for a cell that cannot be read at all; everything else is for `check_answer` to judge.
        """
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
    """Return the answer in the column of the question itself."""
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
