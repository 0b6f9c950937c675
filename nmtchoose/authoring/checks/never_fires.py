"""A rule that can never fire."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair, at_rule
from nmtchoose.authoring.checks.settings_open import can_never_hold
from nmtchoose.errors import Code, Fault


def check(pair: Pair) -> Iterator[Fault]:
    """Yield an error for every rule whose condition no answers make true, unless a setting switches it off."""
    for rule in pair.table.rules:
        at = (*at_rule(rule), "when")
        if can_never_hold(rule.when, at, pair):
            yield pair.decided.error(Code.NEVER_FIRES, *at, name=rule.id)
