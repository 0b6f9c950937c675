"""A fact that no rule rests on."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.authoring.checks.reads import conditions_of, facts_used
from nmtchoose.errors import Code, Fault


def check(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every fact that neither a rule nor a guarantee rests on, directly or by way of others."""
    promised = (guarantee.when for guarantee in pair.table.guarantees)
    used = facts_used([*conditions_of(pair), *promised], pair.table) | pair.named_in_rules_that_are_off()
    for name in pair.table.facts:
        if name not in used:
            yield pair.decided.warning(Code.UNUSED_FACT, "facts", name, name=name)
