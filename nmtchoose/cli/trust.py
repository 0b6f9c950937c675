"""`nmtchoose trust`: whose folders may decide what is asked and what follows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from nmtchoose.authoring.check_pair import check_pair
from nmtchoose.cli.lines import say
from nmtchoose.loading.locate import QUESTIONS_FILE, RULES_FILE
from nmtchoose.loading.trust import PROJECT_FOLDER
from nmtchoose.practice.trusting import distrust, trust, trusted_folders
from nmtchoose.words.sentences import counted


def trust_folder(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help=f"A folder with {PROJECT_FOLDER} in it, or that folder itself.")
    ] = Path(),
    listed: Annotated[bool, typer.Option("--list", help="Print the folders that you trust.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Trust it no longer.")] = False,
) -> None:
    """Trust what stands in a project's folder now, list what is trusted, or take it back.

    Raises UsageError where there is nothing to trust, and FileError for what other people can change.
    """
    project = folder if folder.absolute().name == PROJECT_FOLDER else folder / PROJECT_FOLDER
    if listed:
        say(trusted_folders() or ["You trust no folder."])
    elif remove:
        say([f"{project}: {'no longer trusted' if distrust(project) else 'was not trusted'}."])
    else:
        say([*(f"{path}: trusted as it is now." for path in trust(project)), *_findings(project)])


def _findings(project: Path) -> Iterator[str]:
    """Say how much `check` finds in the pair, where there is one; the proofs take longer and are left to it."""
    files = [project / QUESTIONS_FILE, project / RULES_FILE]
    if all(file.is_file() for file in files):
        report = check_pair(*files)
        found = f"{counted(len(report.errors), 'error')}, {counted(len(report.warnings), 'warning')}"
        yield f"{found}. All of them, and the proofs: nmtchoose check {project}"
