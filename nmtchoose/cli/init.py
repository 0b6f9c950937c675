"""`nmtchoose init`: a folder with the built-in pair to start from."""

from pathlib import Path
from typing import Annotated

import typer

from nmtchoose.authoring.start_folder import record_base, start_folder
from nmtchoose.cli.lines import say
from nmtchoose.cli.pair_of import missing_files_are_faulty_content


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or one without these files.")],
    agreed: Annotated[
        bool,
        typer.Option("--agreed", help="Record the pair that stands there as agreed to: check compares with it."),
    ] = False,
) -> None:
    """Fill `folder` and say what was written; raises FileError rather than overwrite anything.

    With `agreed`, only record the pair that is there already; raises ContentError when it does not load.
    """
    if agreed:
        with missing_files_are_faulty_content():
            written = record_base(folder)
        say([*map(str, written), "From here on, nmtchoose check compares with this pair."])
    else:
        say([*map(str, start_folder(folder)), f"Next: nmtchoose check {folder}"])
