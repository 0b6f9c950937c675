"""Which files may decide: the user's own, and those of a project that the user has said yes to.

Anybody may be sent a project's folder; and what other people can change, or swap for something else, is not trusted.

What the user trusts is what stands in the files: whoever changes one is asked again, whoever moves the folder is not.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from nmtchoose.errors import Code, FileError, fault, while_reading

LIST_NAME = "trusted.json"
PROJECT_FOLDER = "nmtchoose.d"
REVIEWS_FILE = "reviews.yaml"
CONTENTS = ("config.yaml", "questions.yaml", "rules.yaml", REVIEWS_FILE)


class Trusted(msgspec.Struct, frozen=True, tag_field="format", tag="nmtchoose/trusted/1"):
    """What a user trusts: fingerprints, each with the folder that it was seen in."""

    folders: Mapping[str, str]


def require_trusted(folder: Path, trusted: Path) -> None:
    """Raise FileError unless the file `trusted` names what stands in the project's `folder` at present.

    Refused as well is what is a link, or no file, or could be changed by others. A folder without any of the files
    that count is let through.
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
    with while_reading(folder):
        modes = {path: path.lstat().st_mode for path in (folder, *(folder / name for name in CONTENTS)) if _there(path)}
    odd = [path for path, mode in modes.items() if not (stat.S_ISDIR if path == folder else stat.S_ISREG)(mode)]
    if odd:
        raise FileError([fault(Code.PROJECT_LINK, str(path)) for path in odd])
    return tuple(path for path in modes if path != folder)


def _there(path: Path) -> bool:
    return path.is_symlink() or path.exists()


def fingerprint(folder: Path) -> str:
    """Return the SHA-256 over the names and contents of the files that count; raises FileError."""
    whole = hashlib.sha256()
    for path in present_files(folder):
        with while_reading(path), path.open("rb") as stream:
            content = hashlib.file_digest(stream, "sha256").hexdigest()
        whole.update(f"{path.name} {content}\n".encode())
    return whole.hexdigest()


def read_trusted(trusted: Path) -> Mapping[str, str]:
    """Return the fingerprints in the file `trusted`, each with the folder that it was seen in.

    A file that is not there, or says something else, trusts nothing. Raises FileError for one that others can change.
    """
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

    Everybody may add files to a folder such as `/tmp`, and its sticky bit keeps them from swapping those of others.
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
