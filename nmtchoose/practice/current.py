"""Which value counts: a flag, an environment variable, the project's file, the user's, or the built-in one.

And which project folders the user trusts to set any, and to decide what is asked.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from nmtchoose.errors import Code, ContentError, Fault, NmtchooseError, UsageError, fault, while_writing
from nmtchoose.files.atomic import write_atomically
from nmtchoose.loading.locate import (
    CONTENTS,
    PROJECT_FOLDER,
    Trusted,
    fingerprint,
    present_files,
    read_trusted,
    require_own,
    require_trusted,
    trusted_list,
    user_folder,
)
from nmtchoose.practice.settings import SETTINGS, Settings, Value, Written, read_file, read_words

FILE_NAME = "config.yaml"


class Origin(StrEnum):
    """Where a value comes from."""

    ENVIRONMENT = "environment"
    PROJECT = "project"
    USER = "user"
    BUILT_IN = "built-in"


class Found(Struct, frozen=True):
    """The value that counts, and the place that says so: `file:line`, or the variable."""

    value: Value
    origin: Origin
    place: str = ""


def user_file() -> Path:
    """Return the user's own configuration file, whether or not it exists."""
    return user_folder() / FILE_NAME


def project_file(folder: Path | None = None) -> Path:
    """Return the configuration file of the project in the working directory, whether or not it exists."""
    return (folder or Path()) / PROJECT_FOLDER / FILE_NAME


def find_values(environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Mapping[str, Found]:
    """Return the value of every setting, by name; `environment` and `folder` stand for those of the process.

    Raises ContentError with the faults of all places, when other people can change a file, when the user does not trust
    the project's, and when that sets what is personal.
    """
    variables = os.environ if environment is None else environment
    faults: list[Fault] = []
    files: list[tuple[Origin, Path, Mapping[str, Written]]] = []
    for origin, path in ((Origin.PROJECT, project_file(folder)), (Origin.USER, user_file())):
        try:
            if not path.exists():
                continue
            if origin is Origin.USER:
                require_own(path)
                files.append((origin, path, read_file(path)))
            else:
                require_trusted(path.parent, trusted_list())
                files.append((origin, path, read_project(path)))
        except NmtchooseError as error:
            faults += error.faults
    found: dict[str, Found] = {}
    for setting in SETTINGS:
        found[setting.name] = Found(setting.default, Origin.BUILT_IN)
        for origin, path, values in reversed(files):
            if setting.name in values:
                written = values[setting.name]
                found[setting.name] = Found(written.value, origin, f"{path}:{written.line}")
        if variables.get(setting.variable, "").strip():
            try:
                value = read_words(setting, [variables[setting.variable]], setting.variable)
                found[setting.name] = Found(value, Origin.ENVIRONMENT, setting.variable)
            except ContentError as error:
                faults += error.faults
    if faults:
        raise ContentError(faults)
    return found


def read_project(path: Path) -> Mapping[str, Written]:
    """Return the settings in the file of a project; raises ContentError with every fault.

    What is personal it may not set: an archive that somebody unpacks would run its commands and take its records.
    """
    values = read_file(path)
    personal = [one for one in SETTINGS if one.personal and one.name in values]
    if personal:
        raise ContentError(
            [
                fault(Code.SETTING_NOT_HERE, str(path), values[one.name].line, name=one.name, example=one.example)
                for one in personal
            ]
        )
    return values


def settings_of(found: Mapping[str, Found]) -> Settings:
    """Return the values alone."""
    values: dict[str, Any] = {name: one.value for name, one in found.items()}
    return Settings(**values)


@cache
def current_values() -> Mapping[str, Found]:
    """Return the values for this process, read once."""
    return find_values()


def current_settings() -> Settings:
    """Return the settings for this process, read once; raises ContentError."""
    return settings_of(current_values())


def flags_by_command(settings: Settings) -> dict[str, dict[str, Value]]:
    """Return the defaults of flags, by command and parameter, that follow from the settings."""
    look: dict[str, Value] = {"plain": settings.plain, "region": settings.region}
    asking: dict[str, Value] = {"staff": settings.voice == "staff", "save": settings.records == "always"}
    return {"intake": {**look, **asking}, **dict.fromkeys(("last", "screen", "compare", "explain"), look)}


def trust(folder: Path) -> tuple[Path, ...]:
    """Trust what stands in the project's `folder` at present, and return its files.

    Raises UsageError for none, FileError for what others can change, ContentError for settings that it may not have.
    """
    files = present_files(folder)
    if not files:
        hint = f"There is none of {', '.join(CONTENTS)} in {folder}."
        raise UsageError([fault(Code.USAGE_NOTHING, hint=hint)])
    require_own(folder, *files)
    read_project(folder / FILE_NAME)
    _write({**_others(folder), fingerprint(folder): str(folder.resolve())})
    return files


@contextmanager
def trusting(folder: Path) -> Iterator[None]:
    """Trust `folder` with what is written there meanwhile, where it is the folder of a project and trusted before."""
    ours = (
        folder.name == PROJECT_FOLDER and present_files(folder) and fingerprint(folder) in read_trusted(trusted_list())
    )
    try:
        yield
    finally:
        if ours:
            trust(folder)


def distrust(folder: Path) -> bool:
    """Trust `folder` no longer, whatever stands in it now, and return whether it was trusted; raises FileError."""
    known = read_trusted(trusted_list())
    present = fingerprint(folder) if folder.exists() else ""
    left = {digest: where for digest, where in _others(folder).items() if digest != present}
    if left == known:
        return False
    _write(left)
    return True


def trusted_folders() -> tuple[str, ...]:
    """Return the folders that are trusted, where they were when that was said; raises FileError."""
    return tuple(sorted(read_trusted(trusted_list()).values()))


def _others(folder: Path) -> Mapping[str, str]:
    known = read_trusted(trusted_list())
    return {digest: where for digest, where in known.items() if where != str(folder.resolve())}


def _write(folders: Mapping[str, str]) -> None:
    path = trusted_list()
    with while_writing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, msgspec.json.encode(Trusted(folders)).decode() + "\n")
