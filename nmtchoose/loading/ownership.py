"""Whether a file is the user's own: what other people can change, or swap for something else, is not trusted."""

from __future__ import annotations

import os
import stat
from functools import cache
from pathlib import Path

from nmtchoose.errors import Code, FileError, fault


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
