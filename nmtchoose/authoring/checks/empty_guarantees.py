"""A guarantee that can never apply."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.authoring.checks.settings_open import can_never_hold
from nmtchoose.errors import Code, Fault


def check(pair: Pair) -> Iterator[Fault]:
    """Yield an error for every guarantee whose condition no answers make true, unless a setting switches it off."""
    for guarantee in pair.table.guarantees:
        at = ("guarantees", guarantee.id, "when")
        if can_never_hold(guarantee.when, at, pair):
            yield pair.decided.error(Code.GUARANTEE_NEVER, *at, name=guarantee.id)
