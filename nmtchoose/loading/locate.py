"""Finding the two files that are used, and whether they may decide.

The files named on the command line; else the folder in `NMTCHOOSE_HOME`; `nmtchoose.d` in the working directory, once
the user trusts what stands in it; the user's own configuration folder; the pair that comes with the program. The first
folder that holds one of the two gives both. What other people can change is not trusted, and no file is waited for.
"""

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from nmtchoose.errors import Code, Fault, FileError, fault, unreadable, while_reading

QUESTIONS_FILE = "questions.yaml"
RULES_FILE = "rules.yaml"
HOME_VARIABLE = "NMTCHOOSE_HOME"
LIST_NAME = "trusted.json"
PROJECT_FOLDER = "nmtchoose.d"
REVIEWS_FILE = "reviews.yaml"
CONTENTS = ("config.yaml", "questions.yaml", "rules.yaml", REVIEWS_FILE)


@dataclass(frozen=True, slots=True)
class Pair:
    """Where the two files are."""

    questions: Path
    rules: Path


def locate_pair(questions: Path | None = None, rules: Path | None = None) -> Pair:
    """Return the pair to use; `questions` and `rules` are the files named on the command line, if any.

    Raises FileError for a folder that holds only one of the two, that is missing or not trusted, or that others can
    change; not for a named file that is missing.
    """
    if questions and rules:
        return Pair(questions, rules)
    needed = tuple(name for name, named in ((QUESTIONS_FILE, questions), (RULES_FILE, rules)) if named is None)
    try:
        found = _first_folder(needed)
    except OSError as error:
        raise FileError([unreadable(error.filename or "", error)]) from None
    return Pair(questions or found / QUESTIONS_FILE, rules or found / RULES_FILE)


def reviews_beside(rules: Path) -> Path:
    """Return where the reviews of a pair stand, if there are any: beside its rules.

    Those of the pair that comes with the program stand in the user's own folder, where no update takes them away.
    """
    beside = rules.parent / REVIEWS_FILE
    if rules == built_in_folder() / RULES_FILE and not beside.exists():
        return user_folder() / REVIEWS_FILE
    return beside


def built_in_folder() -> Path:
    """Return the folder of the pair that comes with the program: in the installed package, or that of the checkout."""
    installed = Path(__file__).parent / "builtin"
    return installed if (installed / QUESTIONS_FILE).is_file() else Path(__file__).parents[2]


def user_folder() -> Path:
    """Return the user's own folder for the two files, whether or not it exists."""
    import platformdirs

    return platformdirs.user_config_path("nmtchoose", appauthor=False)


def trusted_list() -> Path:
    """Return the file that names the folders of projects that the user trusts, whether or not it exists."""
    return user_folder() / LIST_NAME


def _first_folder(needed: tuple[str, ...]) -> Path:
    named = os.environ.get(HOME_VARIABLE)
    if named:
        home = Path(named)
        if not home.is_dir():
            raise FileError([fault(Code.FOLDER_MISSING, str(home), setting=HOME_VARIABLE)])
        return _whole(home, needed)
    project = Path(PROJECT_FOLDER)
    if _holds_one(project):
        require_trusted(project, trusted_list())
        return _whole(project, needed)
    user = user_folder()
    if _holds_one(user):
        require_own(*(path for path in (user / QUESTIONS_FILE, user / RULES_FILE) if path.exists()))
        return _whole(user, needed)
    return built_in_folder()


def _holds_one(folder: Path) -> bool:
    return any((folder / name).exists() for name in (QUESTIONS_FILE, RULES_FILE))


def _whole(folder: Path, needed: tuple[str, ...]) -> Path:
    missing = [name for name in needed if not (folder / name).exists()]
    if missing:
        raise FileError([fault(Code.PAIR_INCOMPLETE, str(folder), name=name) for name in missing])
    return folder


class Trusted(msgspec.Struct, frozen=True, tag_field="format", tag="nmtchoose/trusted/1"):
    """What a user trusts: fingerprints, each with the folder that it was seen in."""

    folders: Mapping[str, str]


def require_trusted(folder: Path, trusted: Path) -> None:
    """Raise FileError unless the file `trusted` names what stands in the project's `folder` at present.

    Also for a link, for what is no file, and for what others can change; not where none of the files that count is
    there.
    """
    present = present_files(folder)
    if not present:
        return
    require_own(folder, *present)
    known = read_trusted(trusted)
    if fingerprint(folder) not in known:
        changed = str(folder.resolve()) in known.values()
        code = Code.PROJECT_CHANGED if changed else Code.PROJECT_NOT_TRUSTED
        raise FileError([fault(code, str(folder), name=folder.absolute())])


def present_files(folder: Path) -> tuple[Path, ...]:
    """Return the files in the project's `folder` that count; raises FileError for one that is a link or no file."""
    there = (one for one in (folder, *(folder / name for name in CONTENTS)) if one.is_symlink() or one.exists())
    with while_reading(folder):
        modes = {path: path.lstat().st_mode for path in there}
    odd = [path for path, mode in modes.items() if not (stat.S_ISDIR if path == folder else stat.S_ISREG)(mode)]
    if odd:
        raise FileError([fault(Code.PROJECT_LINK, str(path)) for path in odd])
    return tuple(path for path in modes if path != folder)


def fingerprint(folder: Path) -> str:
    """Return the SHA-256 over the names and contents of the files that count; raises FileError."""
    whole = hashlib.sha256()
    for path in present_files(folder):
        with while_reading(path), path.open("rb") as stream:
            content = hashlib.file_digest(stream, "sha256").hexdigest()
        whole.update(f"{path.name} {content}\n".encode())
    return whole.hexdigest()


def read_trusted(trusted: Path) -> Mapping[str, str]:
    """Return the trusted fingerprints, each with its folder; raises FileError for a file that others can change."""
    if not trusted.exists():
        return {}
    require_own(trusted)
    with while_reading(trusted):
        content = trusted.read_bytes()
    try:
        return msgspec.json.decode(content, type=Trusted).folders
    except msgspec.MsgspecError:
        return {}


def require_own(*paths: Path) -> None:
    """Raise FileError for each of `paths` that others can change, and for each folder above that lets them.

    A path that goes through links is looked at on both ways. Windows has no such rights: there nothing is refused.
    """
    if not hasattr(os, "getuid"):
        return
    ways = {one for path in paths for way in (path.absolute(), path.resolve()) for one in (way, *way.parents)}
    foreign = sorted(str(one) for one in ways if one.exists() and others_can_change(one.stat()))
    if foreign:
        raise FileError([fault(Code.FOLDER_NOT_YOURS, one) for one in foreign])


def others_can_change(about: os.stat_result) -> bool:
    """Return whether somebody other than this user and root can write what `about` describes.

    Everybody may add files to a folder such as `/tmp`; its sticky bit keeps them from swapping those of others.
    """
    if about.st_uid not in (os.getuid(), 0):
        return True
    if stat.S_ISDIR(about.st_mode) and about.st_mode & stat.S_ISVTX:
        return False
    by_group = about.st_mode & stat.S_IWGRP and not _is_of_one(about.st_gid)
    return bool(about.st_mode & stat.S_IWOTH or by_group)


@cache
def _is_of_one(group_id: int) -> bool:
    """Return whether a group is the user's own, as most Linux systems give everybody one; nobody else is in it."""
    import grp
    import pwd

    try:
        user, group = pwd.getpwuid(os.getuid()), grp.getgrgid(group_id)
    except KeyError:
        return False
    return group.gr_name == user.pw_name and set(group.gr_mem) <= {user.pw_name}


NEWER, OLDER = "/2", "/1"
_OLDER_LINE = re.compile(r"^format: *['\"]?nmtchoose/(?:questions|rules)/1\b", re.MULTILINE)
_FIRST_CHARACTERS = 20_000


def is_older(text: str) -> bool:
    """Return whether `text`, or the beginning of a file, says that it is in the older form."""
    return _OLDER_LINE.search(text) is not None


def older_forms(*files: Path) -> Iterator[Fault]:
    """Yield a warning for each of `files` that is in the older form; none for a file that cannot be read."""
    for path in filter(Path.is_file, files):  # a pipe can be read once, by who reads all of it
        try:
            with path.open(encoding="utf-8", errors="replace") as stream:
                old = is_older(stream.read(_FIRST_CHARACTERS))
        except OSError:
            continue
        if old:
            yield fault(Code.OLDER_FORM, str(path), folder=path.parent, warning=True)


_OPEN_ALREADY = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
"""What the shell has opened, as in `screen <(command)`: it ends when the command does."""


def read_ordinary(path: Path, most: int = -1) -> bytes:
    """Return the first `most` bytes of a file, or all; raises OSError, also for what `check_ordinary` refuses."""
    check_ordinary(path)
    with path.open("rb") as stream:
        return stream.read(most)


def check_ordinary(path: Path) -> None:
    """Raise OSError for a device, for a pipe that somebody else would have to write into, and where nothing is."""
    mode = path.stat().st_mode
    comes = stat.S_ISFIFO(mode) and str(path).startswith(_OPEN_ALREADY)
    if not (comes or stat.S_ISREG(mode) or stat.S_ISDIR(mode)):  # opening a folder says what it is
        raise OSError(errno.EINVAL, "it is a pipe or a device; save what comes out of it as a file")


def content_of(path: Path) -> bytes:
    """Return what stands in the file at `path`, nothing where there is none; raises FileError."""
    with while_reading(path):
        return read_ordinary(path) if path.exists() else b""
