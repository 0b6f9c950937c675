"""The pair of files, read: what is asked, and what follows from it."""

from msgspec import Struct

from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable


class Tables(Struct, frozen=True):
    """A questionnaire and the rule table over it; the one type for a pair that was read."""

    questionnaire: Questionnaire
    rules: RuleTable
