"""`nmtchoose init`: a folder with the built-in pair to start from."""

from pathlib import Path
from typing import Annotated

import typer

from nmtchoose.authoring.start_folder import record_base, start_folder
from nmtchoose.authoring.written_guarantees import add_guarantees
from nmtchoose.cli.lines import say
from nmtchoose.cli.pair_of import missing_files_are_faulty_content
from nmtchoose.loading.locate import QUESTIONS_FILE, RULES_FILE


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or one without these files.")],
    agreed: Annotated[
        bool,
        typer.Option("--agreed", help="Record the pair that stands there as agreed to: check compares with it."),
    ] = False,
    guarantees: Annotated[
        bool,
        typer.Option("--guarantees", help="Write into rules.yaml there what its safety rules promise today."),
    ] = False,
) -> None:
    """Fill `folder` and say what was written; raises FileError rather than overwrite anything.

    With `guarantees` and `agreed`, only add to the pair that is there already, or record it; raises ContentError when
    it does not load.
    """
    if guarantees:
        with missing_files_are_faulty_content():
            added = add_guarantees(folder / QUESTIONS_FILE, folder / RULES_FILE)
        say([*(one.id for one in added), f"{len(added)} guarantees in {folder / RULES_FILE}. Review them as a list."])
    if agreed:
        with missing_files_are_faulty_content():
            written = record_base(folder)
        say([*map(str, written), "From here on, nmtchoose check compares with this pair."])
    elif not guarantees:
        say([*map(str, start_folder(folder)), f"Next: nmtchoose check {folder}"])
