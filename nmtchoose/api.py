"""What other programs may build on: `from nmtchoose import load, next_question, assess`; see `docs/python.md`.

The names in `__all__` stay, with the arguments that they have. Everything else in this package may change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from os import PathLike
from pathlib import Path

from msgspec.structs import replace

from nmtchoose.engine import assess as walker
from nmtchoose.engine.interview import offered, state
from nmtchoose.engine.therapies import offering
from nmtchoose.errors import AnswerError, ContentError, FileError, NmtchooseError
from nmtchoose.files.answers_file import check_answers
from nmtchoose.loading.cache import load_pair_quickly
from nmtchoose.loading.locate import locate_pair
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.questionnaire import Question
from nmtchoose.model.tables import Tables

__all__ = [
    "AnswerError",
    "Assessment",
    "ContentError",
    "Disposition",
    "FileError",
    "NmtchooseError",
    "Question",
    "Tables",
    "assess",
    "assess_many",
    "load",
    "next_question",
]

_Path = str | PathLike[str]


def load(questions: _Path | None = None, rules: _Path | None = None, *, therapies: Collection[str] = ()) -> Tables:
    """Return the pair of files `questions` and `rules`; what is not named is found as the commands find it.

    `therapies` are the ids of those that a practice offers; none means all. Raises FileError for a file that cannot be
    read, ContentError with every fault of faulty ones, and KeyError for a therapy that the rules do not have.
    """
    pair = locate_pair(Path(questions) if questions else None, Path(rules) if rules else None)
    tables = load_pair_quickly(pair.questions, pair.rules)
    return replace(tables, rules=offering(tables.rules, therapies)) if therapies else tables


def next_question(tables: Tables, answers: Mapping[str, object]) -> Question | None:
    """Return the question to ask after `answers`, with the options that it then has; None when none matters any more.

    Raises AnswerError with every answer that does not fit.
    """
    checked = check_answers(answers, tables.questionnaire)
    question = state(tables.questionnaire, tables.rules, checked).current
    return question and replace(question, options=offered(tables.questionnaire, question, checked))


def assess(tables: Tables, answers: Mapping[str, object]) -> Assessment:
    """Return what follows from `answers`, by question id: an option id, a list of them, a number or a text.

    An answer that is missing is unknown and never "no"; one to a question that does not apply is ignored. Raises
    AnswerError with every answer that does not fit.
    """
    return walker.assess(tables.questionnaire, tables.rules, check_answers(answers, tables.questionnaire))


def assess_many(tables: Tables, clients: Iterable[Mapping[str, object]]) -> Iterator[Assessment | AnswerError]:
    """Yield the assessment of each of `clients` in order, and in its place the AnswerError of one that does not fit."""
    for answers in clients:
        try:
            yield assess(tables, answers)
        except AnswerError as error:
            yield error
