"""`nmtchoose init`, `convert` and `trust`: folders with the two files."""

from pathlib import Path
from typing import Annotated

import typer

from nmtchoose.authoring.check_pair import check_pair
from nmtchoose.authoring.convert import convert as converted
from nmtchoose.authoring.start_folder import record_base, start_folder
from nmtchoose.authoring.written_guarantees import add_guarantees
from nmtchoose.cli.delivery import say
from nmtchoose.cli.flags import PairPaths
from nmtchoose.cli.pair_of import missing_files_are_faulty_content, pair_of
from nmtchoose.loading.locate import PROJECT_FOLDER, QUESTIONS_FILE, RULES_FILE
from nmtchoose.practice.current import distrust, trust, trusted_folders
from nmtchoose.words.sentences import counted


def convert(paths: PairPaths = None) -> None:
    """Convert the pair that `paths` mean, and say what was written; raises ContentError rather than lose anything."""
    with missing_files_are_faulty_content():
        questions, rules = pair_of(paths or [])
    written = converted(questions, rules)
    say([*map(str, written), "Next: nmtchoose check"] if written else ["Both files are in the newer form already."])


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or one without these files.")],
    agreed: Annotated[
        bool, typer.Option("--agreed", help="Record the pair that stands there as agreed to: check compares with it.")
    ] = False,
    guarantees: Annotated[
        bool, typer.Option("--guarantees", help="Write into rules.yaml there what its safety rules promise today.")
    ] = False,
) -> None:
    """Fill `folder` and say what was written; raises FileError rather than overwrite anything.

    With `guarantees` and `agreed`, only add to the pair there, or record it; raises ContentError when it does not load.
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
        told = [f"{path}: trusted as it is now." for path in trust(project)]
        files = [project / QUESTIONS_FILE, project / RULES_FILE]
        if all(file.is_file() for file in files):  # the proofs take longer and are left to `check`
            report = check_pair(*files)
            found = f"{counted(len(report.errors), 'error')}, {counted(len(report.warnings), 'warning')}"
            told.append(f"{found}. All of them, and the proofs: nmtchoose check {project}")
        say(told)
