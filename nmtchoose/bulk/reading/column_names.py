"""Which column of a table is what: an answer, an option, the id of the record, or something that is left alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from nmtchoose.bulk.reading.cells import QuestionCells
from nmtchoose.bulk.reading.records import IDENTIFIED_BY
from nmtchoose.errors import Code, Fault, UsageError, fault, of_the_first, suggestion
from nmtchoose.formats.csv_columns import RESULT
from nmtchoose.model.questionnaire import Question, Questionnaire
from nmtchoose.words.printable import printable

LEFT_ALONE = frozenset({*(column.name for column in RESULT), *IDENTIFIED_BY, "line", "plan", "site_limits"})
"""What our own exports say beside the answers."""

_OF_A_THERAPY = re.compile(r"therapy/[^/]*/[^/]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TableColumns:
    """The places of what matters in a table: the cells of each question, and the ids in the order in which they count.

    `count` is how many columns there are.
    """

    questions: tuple[QuestionCells, ...]
    records: tuple[int, ...]
    count: int

    @property
    def places(self) -> tuple[int, ...]:
        """The places of all of these."""
        return (*(place for one in self.questions for place in one.places), *self.records)


def table_columns(
    names: Sequence[str], questionnaire: Questionnaire, ignored: Collection[str], file: str = ""
) -> TableColumns:
    """Return what the columns `names` of `file` are.

    Raises UsageError for a name that stands there twice, and for one that is neither an answer nor part of an export
    nor among `ignored`: a misspelt question would otherwise count as not answered in every row.
    """
    places = {name: place for place, name in enumerate(names)}
    twice = [name for name, count in Counter(names).items() if count > 1]
    faults = of_the_first(twice, lambda name: fault(Code.COLUMN_TWICE, file, name=printable(name[:60])))
    questions = tuple(_cells(question, places) for question in questionnaire.questions)
    known = {place for one in questions for place in one.places}
    left_alone = LEFT_ALONE.union(ignored)
    strange = [
        name
        for name, place in places.items()
        if place not in known and name not in left_alone and not _OF_A_THERAPY.fullmatch(name)
    ]
    faults += of_the_first(strange, lambda name: _unknown(name, questionnaire, file))
    if faults:
        raise UsageError(faults)
    found = tuple(one for one in questions if one.places)
    records = tuple(places[name] for name in IDENTIFIED_BY if name in places and places[name] not in known)
    return TableColumns(found, records, len(names))


def _cells(question: Question, places: Mapping[str, int]) -> QuestionCells:
    columns = {name: f"{question.id}/{name}" for name in _option_names(question)}
    options = {name: places[column] for name, column in columns.items() if column in places}
    return QuestionCells(question, places.get(question.id), options)


def _option_names(question: Question) -> tuple[str, ...]:
    return (*question.specials, *(option.id for option in question.options))


def _unknown(name: str, questionnaire: Questionnaire, file: str) -> Fault:
    """An option is looked for among those of its question, and everything else among the questions."""
    shown = printable(name[:60])
    question = questionnaire.by_id.get(name.partition("/")[0])
    known = [f"{question.id}/{one}" for one in _option_names(question)] if question else list(questionnaire.by_id)
    return fault(Code.COLUMN_UNKNOWN, file, 1, name=shown, suggestion=suggestion(shown, known))
