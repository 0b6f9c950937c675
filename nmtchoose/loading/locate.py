"""Finding the two files that are used.

The places, in this order: the files named on the command line; the folder in `NMTCHOOSE_HOME`; the folder
`nmtchoose.d` in the working directory (a project, once the user trusts it); the user's own configuration folder; the
pair that comes with the program. The first folder that holds one of the two files gives both, so that questions and
rules always belong together; a file named on the command line replaces that one alone.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nmtchoose.errors import Code, FileError, fault, unreadable
from nmtchoose.loading.trust import LIST_NAME, PROJECT_FOLDER, REVIEWS_FILE, require_own, require_trusted

QUESTIONS_FILE = "questions.yaml"
RULES_FILE = "rules.yaml"
HOME_VARIABLE = "NMTCHOOSE_HOME"


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
    when a folder holds only one of the two files, when `NMTCHOOSE_HOME` names a folder that does not hold them, when
    the project's folder is not trusted, and when other people can change it or the user's. That a named file exists is
    found out when it is loaded.
    """
    if questions and rules:
        return Pair(questions, rules)
    needed = tuple(name for name, named in ((QUESTIONS_FILE, questions), (RULES_FILE, rules)) if named is None)
    try:
        found = _first_folder(os.environ if environment is None else environment, folder or Path(), needed)
    except OSError as error:
        raise FileError([unreadable(error.filename or "", error)]) from None
    return Pair(questions or found / QUESTIONS_FILE, rules or found / RULES_FILE)


def reviews_beside(rules: Path) -> Path:
    """Return where the reviews of a pair stand, whether or not there are any: beside its rules.

    Those of the pair that comes with the program stand in the user's own folder, where no update takes them away.
    """
    beside = rules.parent / REVIEWS_FILE
    if rules == built_in_folder() / RULES_FILE and not beside.exists():
        return user_folder() / REVIEWS_FILE
    return beside


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


def trusted_list() -> Path:
    """Return the file that names the folders of projects that the user trusts, whether or not it exists."""
    return user_folder() / LIST_NAME


def _first_folder(environment: Mapping[str, str], working: Path, needed: tuple[str, ...]) -> Path:
    home = environment.get(HOME_VARIABLE)
    if home:
        return _whole(_existing(Path(home)), needed)
    project = working / PROJECT_FOLDER
    if _holds_one(project):
        require_trusted(project, trusted_list())
        return _whole(project, needed)
    user = user_folder()
    if _holds_one(user):
        require_own(*(path for path in (user / QUESTIONS_FILE, user / RULES_FILE) if path.exists()))
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
