"""`nmtchoose init`: a folder with the built-in pair to start from."""

from __future__ import annotations

from pathlib import Path

from nmtchoose.cli.lines import say


def run(folder: Path) -> None:
    """Fill `folder` and say what was written; raises FileError rather than overwrite anything."""
    from nmtchoose.authoring.start_folder import start_folder

    written = start_folder(folder)
    say([*map(str, written), f"Next: nmtchoose check {folder}"])
