"""What pages and exports are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from nmtchoose.model.answers import Answers
from nmtchoose.model.assessment import Assessment
from nmtchoose.model.rules import Region, Rule, RuleTable
from nmtchoose.model.tables import Tables


@dataclass(frozen=True, slots=True)
class Intake:
    """One finished or unfinished intake.

    `answers` are those that count (`nmtchoose.engine.interview.State.kept`) and `assessment` is their result. `name`
    tells several intakes apart: a file name or a client reference; empty when there is only one. `answered` is when
    the answers were given, with its time zone, and `by` who asked, where that is known. `record` is the id of a saved
    intake; its `name` is the client reference. `typed` is how lengths of time were typed.
    """

    answers: Answers
    assessment: Assessment
    name: str = ""
    answered: datetime | None = None
    by: str = ""
    record: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What stands above it where several are shown: its name, or else its id, and when it was answered."""
        when = f"{self.answered:%Y-%m-%d %H:%M}" if self.answered else ""
        return ", ".join(part for part in (self.name or self.record, when) if part)


@dataclass(frozen=True, slots=True)
class Practice:
    """What all intakes of an export share: the pair of files, whose telephone numbers to show, and who hands them over.

    `clinic` is the name of the practice, for the head of its pages; it may be empty. `signed` asks for lines for a name
    and a signature.
    """

    tables: Tables
    region: Region | None = None
    clinic: str = ""
    signed: bool = False


def fired_rules(assessment: Assessment, rules: RuleTable) -> Iterator[Rule]:
    """Yield the rules that fired, in the order of the rule table."""
    fired = {firing.rule for firing in assessment.trace}
    return (rule for rule in rules.rules if rule.id in fired)


def private_rules(assessment: Assessment, tables: Tables) -> frozenset[str]:
    """Return the ids of the rules that a private answer made fire."""
    private = {question.id for question in tables.questionnaire.questions if question.private}
    return frozenset(firing.rule for firing in assessment.trace if private & set(firing.because))
