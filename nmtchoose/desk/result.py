"""What the answers of a client lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from nmtchoose.engine.interview import state
from nmtchoose.model.answers import Answers, Correction
from nmtchoose.model.tables import Tables
from nmtchoose.practice.current import with_offered

if TYPE_CHECKING:
    from nmtchoose.model.assessment import Assessment


class Result(Struct, frozen=True):
    """The answers that count and their assessment by `tables`.

    `help` says what was done about help in an emergency; `corrected` are answers that were taken back. `typed` is
    how lengths of time were typed, and `kept_from` the day of the visit from which an answer was kept.
    """

    tables: Tables
    answers: Answers
    assessment: Assessment
    help: Mapping[str, str] | None = None
    corrected: tuple[Correction, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    kept_from: Mapping[str, str] = field(default_factory=dict)


def result_of(tables: Tables, answers: Answers) -> Result:
    """Return the result of `answers`, each of which was checked; those to questions that do not apply do not count."""
    from nmtchoose.engine.assess import assess  # no question waits for it

    kept = state(tables.questionnaire, tables.rules, answers).kept
    return Result(tables, kept, assess(tables.questionnaire, tables.rules, answers))


def result_again(tables: Tables, answers: Mapping[str, object], offered: Sequence[str]) -> Result:
    """Return the result by `tables` of answers that were stored, when the therapies `offered` were; none means all.

    Raises AnswerError when the questions of `tables` do not take these answers.
    """
    from nmtchoose.files.answers_file import check_answers

    known = {therapy.id for therapy in tables.rules.therapies}
    here = with_offered(tables, [one for one in offered if one in known])
    return result_of(here, check_answers(answers, tables.questionnaire))
