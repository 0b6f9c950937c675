"""A guarantee that can never apply."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.authoring.checks.search import can_hold
from nmtchoose.errors import Code, Fault


def check(pair: Pair) -> Iterator[Fault]:
    """Yield an error for every guarantee whose condition no answers make true."""
    for guarantee in pair.table.guarantees:
        if can_hold(guarantee.when, pair.questionnaire) is False:
            path = ("guarantees", guarantee.id, "when")
            yield pair.decided.error(Code.GUARANTEE_NEVER, *path, name=guarantee.id)
