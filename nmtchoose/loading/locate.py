"""Finding the two files that are used.

The places, in this order: the files named on the command line; the folder in `NMTCHOOSE_HOME`; the folder
`nmtchoose.d` in the working directory (a project); the user's own configuration folder; the pair that comes with the
program. The first folder that holds one of the two files gives both, so that questions and rules always belong
together; a file named on the command line replaces that one alone.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nmtchoose.errors import Code, FileError, fault, unreadable

QUESTIONS_FILE = "questions.yaml"
RULES_FILE = "rules.yaml"
HOME_VARIABLE = "NMTCHOOSE_HOME"
PROJECT_FOLDER = "nmtchoose.d"


@dataclass(frozen=True, slots=True)
class Pair:
    """Where the two files are."""

    questions: Path
    rules: Path


def locate_pair(
    questions: Path | None = None,
    rules: Path | None = None,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Pair:
    """Return the pair to use; `questions` and `rules` are the files named on the command line, if any.

    `environment` and `folder` stand for the environment and the working directory of the process. Raises FileError
    when a folder holds only one of the two files, when `NMTCHOOSE_HOME` names a folder that does not hold them, and
    when other people can change the project folder. That a named file exists is found out when it is loaded.
    """
    if questions and rules:
        return Pair(questions, rules)
    needed = tuple(name for name, named in ((QUESTIONS_FILE, questions), (RULES_FILE, rules)) if named is None)
    try:
        found = _first_folder(os.environ if environment is None else environment, folder or Path(), needed)
    except OSError as error:
        raise FileError([unreadable(error.filename or "", error)]) from None
    return Pair(questions or found / QUESTIONS_FILE, rules or found / RULES_FILE)


def built_in_folder() -> Path:
    """Return the folder of the pair that comes with the program.

    That is inside the installed package, or in a checkout the folder above it, where the two files stand.
    """
    installed = Path(__file__).parent / "builtin"
    return installed if (installed / QUESTIONS_FILE).is_file() else Path(__file__).parents[2]


def user_folder() -> Path:
    """Return the user's own folder for the two files, whether or not it exists."""
    import platformdirs

    return platformdirs.user_config_path("nmtchoose", appauthor=False)


def _first_folder(environment: Mapping[str, str], working: Path, needed: tuple[str, ...]) -> Path:
    home = environment.get(HOME_VARIABLE)
    if home:
        return _whole(_existing(Path(home)), needed)
    project = working / PROJECT_FOLDER
    if _holds_one(project):
        require_own(*_with_files(project))
        return _whole(project, needed)
    user = user_folder()
    if _holds_one(user):
        return _whole(user, needed)
    return built_in_folder()


def _existing(folder: Path) -> Path:
    if not folder.is_dir():
        raise FileError([fault(Code.FOLDER_MISSING, str(folder), setting=HOME_VARIABLE)])
    return folder


def _holds_one(folder: Path) -> bool:
    return any((folder / name).exists() for name in (QUESTIONS_FILE, RULES_FILE))


def _whole(folder: Path, needed: tuple[str, ...]) -> Path:
    missing = [name for name in needed if not (folder / name).exists()]
    if missing:
        raise FileError([fault(Code.PAIR_INCOMPLETE, str(folder), name=name) for name in missing])
    return folder


def require_own(*paths: Path) -> None:
    """Raise FileError for what others can change: a project folder is used without being named, wherever one is."""
    foreign = [path for path in paths if _others_can_change(path)]
    if foreign:
        raise FileError([fault(Code.FOLDER_NOT_YOURS, str(path)) for path in foreign])


def _with_files(folder: Path) -> Iterator[Path]:
    yield folder
    yield from (path for path in (folder / QUESTIONS_FILE, folder / RULES_FILE) if path.exists())


def _others_can_change(path: Path) -> bool:
    if not hasattr(os, "getuid"):
        return False
    about = path.stat()
    return bool(about.st_mode & stat.S_IWOTH) or about.st_uid not in (os.getuid(), 0)
