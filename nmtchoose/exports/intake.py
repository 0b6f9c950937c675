"""What an export is made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import Region, RuleTable


@dataclass(frozen=True, slots=True)
class Intake:
    """One finished or unfinished intake.

    `answers` are those that count (`nmtchoose.engine.interview.State.kept`) and `assessment` is their result. `name`
    tells several intakes apart: a file name or a client reference; empty when there is only one. `answered` is when
    the answers were given, with its time zone, where that is known.
    """

    answers: Answers
    assessment: Assessment
    name: str = ""
    answered: datetime | None = None


@dataclass(frozen=True, slots=True)
class Practice:
    """What all intakes of an export share: the pair of files, and whose telephone numbers to show."""

    questionnaire: Questionnaire
    rules: RuleTable
    region: Region | None = None
