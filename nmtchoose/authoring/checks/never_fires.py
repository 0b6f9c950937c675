"""A rule that can never fire."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair, at_rule
from nmtchoose.authoring.checks.search import can_hold
from nmtchoose.errors import Code, Fault


def check(pair: Pair) -> Iterator[Fault]:
    """Yield an error for every rule whose condition no answers make true."""
    for rule in pair.table.rules:
        if can_hold(rule.when, pair.questionnaire) is False:
            yield pair.decided.error(Code.NEVER_FIRES, *at_rule(rule), "when", name=rule.id)
