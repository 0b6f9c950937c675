"""A setting that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.errors import Code, Fault


def check(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for every setting whose name stands nowhere as a value. Loading puts its value in its place."""
    named = {text.words for text in pair.decided.places.texts if text.path[:1] != ("settings",)}
    for name in pair.table.settings:
        if name not in named:
            yield pair.decided.warning(Code.UNUSED_SETTING, "settings", name, name=name)
