"""Showing a long page a screen at a time, where the system has a pager for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

_KEEP_NOTHING = {"LESSHISTFILE": "-", "LESSSECURE": "1", "LESS": "-R"}
"""What was said stays in no history, and no other program is started from within."""


def page_through(lines: Sequence[str]) -> None:
    """Show `lines` in `less`, which leaves the screen as it was; print them where there is none."""
    text = "".join(f"{line}\n" for line in lines)
    pager = shutil.which("less")
    if pager is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    encoded = text.encode(sys.stdout.encoding or "utf-8", "replace")
    subprocess.run([pager], input=encoded, env={**os.environ, **_KEEP_NOTHING}, check=False)  # noqa: S603 - the one argument is where `less` stands
