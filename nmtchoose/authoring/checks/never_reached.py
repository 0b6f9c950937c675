"""A disposition that no rule leads to. The three mildest also come about by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.errors import Code, Fault
from nmtchoose.model.disposition import Disposition


def check(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every disposition from `defer` upwards that no rule names."""
    named = {rule.then.disposition for rule in pair.table.rules} | pair.named_in_rules_that_are_off()
    for disposition in Disposition:
        if disposition not in named and disposition.severity >= Disposition.DEFER.severity:
            yield pair.decided.warning(Code.NEVER_REACHED, "dispositions", disposition, name=disposition)
