"""A source that nothing refers to."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.errors import Code, Fault


def check(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every source that no rule, therapy or sequence names."""
    table = pair.table
    named = [user.sources for user in table.rules]
    named += [user.sources for user in table.therapies] + [user.sources for user in table.decision.sequences]
    used = {source for sources in named for source in sources} | pair.named_in_rules_that_are_off()
    for name in table.sources:
        if name not in used:
            yield pair.decided.warning(Code.UNUSED_SOURCE, "sources", name, name=name)
