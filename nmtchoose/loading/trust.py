"""Which folders of a project count. Anybody may be sent one, so it counts only when the user has said so.

What the user trusts is what stands in the files: whoever changes one is asked again, whoever moves the folder is not.
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Mapping
from pathlib import Path

import msgspec

from nmtchoose.errors import Code, FileError, fault, unreadable
from nmtchoose.loading.ownership import require_own

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
    try:
        modes = {path: path.lstat().st_mode for path in (folder, *(folder / name for name in CONTENTS)) if _there(path)}
    except OSError as error:
        raise FileError([unreadable(folder, error)]) from None
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
        try:
            with path.open("rb") as stream:
                content = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise FileError([unreadable(path, error)]) from None
        whole.update(f"{path.name} {content}\n".encode())
    return whole.hexdigest()


def read_trusted(trusted: Path) -> Mapping[str, str]:
    """Return the fingerprints in the file `trusted`, each with the folder that it was seen in.

    A file that is not there, or says something else, trusts nothing. Raises FileError for one that others can change.
    """
    if not trusted.exists():
        return {}
    require_own(trusted)
    try:
        return msgspec.json.decode(trusted.read_bytes(), type=Trusted).folders
    except OSError as error:
        raise FileError([unreadable(trusted, error)]) from None
    except msgspec.MsgspecError:
        return {}
