"""A file in the older form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nmtchoose.authoring.checks.pair import Pair
from nmtchoose.errors import Code, Fault
from nmtchoose.loading.nodes import Mapping, Scalar
from nmtchoose.loading.older_form import OLDER


def older_form(pair: Pair) -> Iterator[Fault]:
    """Yield a warning for each file whose format is the older one."""
    for side in (pair.asked, pair.decided):
        written = side.root["format"] if isinstance(side.root, Mapping) else None
        if isinstance(written, Scalar) and written.text.endswith(OLDER):
            yield side.warning(Code.OLDER_FORM, "format", folder=Path(side.file).parent)
