"""What counts here: each setting's value, the project folders that the user trusts, and the pair of files in use.

A value comes from a flag, an environment variable, the project's file, the user's, or is the built-in one.
"""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from nmtchoose.errors import Code, ContentError, Fault, FileError, NmtchooseError, UsageError, fault, suggestion
from nmtchoose.files.atomic import write_with_folder
from nmtchoose.loading import locate
from nmtchoose.loading.cache import load_pair_quickly
from nmtchoose.model.tables import Tables
from nmtchoose.practice.settings import SETTINGS, Settings, Value, Written, read_file, read_words
from nmtchoose.words.printable import printable

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
    return locate.user_folder() / FILE_NAME


def project_file(folder: Path | None = None) -> Path:
    """Return the configuration file of the project in the working directory, whether or not it exists."""
    return (folder or Path()) / locate.PROJECT_FOLDER / FILE_NAME


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
                locate.require_own(path)
                files.append((origin, path, read_file(path)))
            else:
                locate.require_trusted(path.parent, locate.trusted_list())
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
    faults = [
        fault(Code.SETTING_NOT_HERE, str(path), values[one.name].line, name=one.name, example=one.example)
        for one in SETTINGS
        if one.personal and one.name in values
    ]
    if faults:
        raise ContentError(faults)
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
    write_with_folder(locate.trusted_list(), msgspec.json.encode(locate.Trusted(folders)).decode() + "\n")


def load_tables(questions: Path | None, rules: Path | None, offered: Sequence[str] | None = None) -> Tables:
    """Read the pair of files for the therapies `offered` (none: all; None: as configured); raises ContentError."""
    try:
        pair = locate.locate_pair(questions, rules)
        _warn_of_older_forms(pair.questions, pair.rules)
        tables = load_pair_quickly(pair.questions, pair.rules)
    except FileError as error:
        raise ContentError(error.faults) from None
    if offered is not None:
        return with_offered(tables, offered)
    configured = current_values()["therapies"]
    return with_offered(tables, configured.value if isinstance(configured.value, tuple) else (), configured.place)


def pair_told(tables: Tables, questions: Path | None, rules: Path | None) -> str:
    """Return a line that names the pair behind `tables`, found as `load_tables` does; nothing for the built-in one."""
    pair = locate.locate_pair(questions, rules)
    if pair.questions.parent == pair.rules.parent == locate.built_in_folder():
        return ""
    asked, decided = (
        f"{path} ({stamp.version}, {stamp.sha256[:12]})"
        for path, stamp in ((pair.questions, tables.questionnaire.stamp), (pair.rules, tables.rules.stamp))
    )
    return f"Questions: {printable(asked)}. Rules: {printable(decided)}."


@cache
def _warn_of_older_forms(*files: Path) -> None:
    """Say once for each of `files` that it is in the older form."""
    for warning in locate.older_forms(*files):
        sys.stderr.write(f"nmtchoose: {warning}\n")


def with_offered(tables: Tables, offered: Sequence[str], place: str = "") -> Tables:
    """Return `tables` for a practice that offers `offered`, said at `place`; raises ContentError for an unknown one."""
    if not offered:
        return tables
    from nmtchoose.engine.therapies import offering

    known = [therapy.id for therapy in tables.rules.therapies]
    faults = [
        fault(Code.UNKNOWN_THERAPY, place, name=name[:60], suggestion=suggestion(name, known), known=", ".join(known))
        for name in offered
        if name not in known
    ]
    if faults:
        raise ContentError(faults)
    return Tables(tables.questionnaire, offering(tables.rules, offered))
