"""An effect that changes nothing where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair, at_rule
from nmtchoose.errors import Code, Fault
from nmtchoose.model.disposition import Disposition
from nmtchoose.model.rules import MOST_PRESSURE, Rule


def check(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every effect that needs something that its rule does not have."""
    for rule in pair.table.rules:
        for name, because in _idle(rule):
            yield pair.decided.warning(Code.IDLE_EFFECT, *at_rule(rule), "then", name, name=name, because=because)


def _idle(rule: Rule) -> Iterator[tuple[str, str]]:
    then = rule.then
    if then.still_sensible and then.disposition is not Disposition.MEDICAL_SOON:
        yield "still_sensible", "it belongs to 'disposition: medical_soon'"
    if then.until and then.disposition is not Disposition.DEFER:
        yield "until", "it belongs to 'disposition: defer'"
    for therapy, limit in then.therapy_limits.items():
        if limit >= then.pressure_limit < MOST_PRESSURE:
            yield "therapy_limits", f"the whole body already has the limit {then.pressure_limit}, {therapy} too"
    for therapy, points in then.fit.items():
        if points == 0:
            yield "fit", f"{therapy} gets 0 points"
