"""The pair of files, read: what is asked, and what follows from it."""

from __future__ import annotations

from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.quick import dataclass
from nmtchoose.model.rules import RuleTable


@dataclass(frozen=True, slots=True)
class Tables:
    """A questionnaire and the rule table over it; the one type for a pair that was read."""

    questionnaire: Questionnaire
    rules: RuleTable
