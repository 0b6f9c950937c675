"""Saying which project folders may decide what is asked and what follows, and taking that back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from nmtchoose.errors import Code, UsageError, fault, while_writing
from nmtchoose.files.atomic import write_atomically
from nmtchoose.loading import locate
from nmtchoose.practice.current import FILE_NAME, read_project


def trust(folder: Path) -> tuple[Path, ...]:
    """Trust what stands in the project's `folder` at present, and return its files.

    Raises UsageError for none, FileError for what others can change, ContentError for settings that it may not have.
    """
    files = locate.present_files(folder)
    if not files:
        hint = f"There is none of {', '.join(locate.CONTENTS)} in {folder}."
        raise UsageError([fault(Code.USAGE_NOTHING, hint=hint)])
    locate.require_own(folder, *files)
    read_project(folder / FILE_NAME)
    _write({**_others(folder), locate.fingerprint(folder): str(folder.resolve())})
    return files


@contextmanager
def trusting(folder: Path) -> Iterator[None]:
    """Trust `folder` with what is written there meanwhile, where it is the folder of a project and trusted before."""
    ours = (
        folder.name == locate.PROJECT_FOLDER
        and locate.present_files(folder)
        and locate.fingerprint(folder) in locate.read_trusted(locate.trusted_list())
    )
    try:
        yield
    finally:
        if ours:
            trust(folder)


def distrust(folder: Path) -> bool:
    """Trust `folder` no longer, whatever stands in it now, and return whether it was trusted; raises FileError."""
    known = locate.read_trusted(locate.trusted_list())
    present = locate.fingerprint(folder) if folder.exists() else ""
    left = {digest: where for digest, where in _others(folder).items() if digest != present}
    if left == known:
        return False
    _write(left)
    return True


def trusted_folders() -> tuple[str, ...]:
    """Return the folders that are trusted, where they were when that was said; raises FileError."""
    return tuple(sorted(locate.read_trusted(locate.trusted_list()).values()))


def _others(folder: Path) -> Mapping[str, str]:
    known = locate.read_trusted(locate.trusted_list())
    return {digest: where for digest, where in known.items() if where != str(folder.resolve())}


def _write(folders: Mapping[str, str]) -> None:
    path = locate.trusted_list()
    with while_writing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, msgspec.json.encode(locate.Trusted(folders)).decode() + "\n")
