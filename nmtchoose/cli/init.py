"""`nmtchoose init`: a folder with the built-in pair to start from."""

from pathlib import Path
from typing import Annotated

import typer

from nmtchoose.authoring.start_folder import start_folder
from nmtchoose.cli.lines import say


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or one without these files.")],
) -> None:
    """Fill `folder` and say what was written; raises FileError rather than overwrite anything."""
    say([*map(str, start_folder(folder)), f"Next: nmtchoose check {folder}"])
