"""Which pair of files a command is about: a folder, one file or both, or the pair in use; and saying which."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer

from nmtchoose.errors import Code, ContentError, FileError, UsageError, fault
from nmtchoose.loading.locate import QUESTIONS_FILE, RULES_FILE, locate_pair
from nmtchoose.loading.ordinary_file import read_ordinary
from nmtchoose.model.tables import Tables
from nmtchoose.practice.current import pair_told

_FORMAT = re.compile(rb"^format: *['\"]?nmtchoose/(questions|rules)/", re.MULTILINE)
_FIRST_BYTES = 20_000


def pair_of(paths: Sequence[Path]) -> tuple[Path, Path]:
    """Return the questions and the rules file that `paths` mean; without paths, the pair in use.

    A file is known by its `format:` line, else by its name; the other one is beside it, or in use. Raises UsageError
    for two of one kind; loading sees whether they exist.
    """
    if not paths:
        pair = locate_pair()
        return pair.questions, pair.rules
    found: dict[str, Path] = {}
    for path in paths:
        both = {QUESTIONS_FILE: path / QUESTIONS_FILE, RULES_FILE: path / RULES_FILE}
        for name, file in both.items() if path.is_dir() else [(_kind(path), path)]:
            if name in found:
                raise UsageError([fault(Code.USAGE_PAIR, name=path)])
            found[name] = file
    folder = next(iter(found.values())).parent
    for name in (QUESTIONS_FILE, RULES_FILE):
        if name not in found and (folder / name).is_file():
            found[name] = folder / name
    pair = locate_pair(found.get(QUESTIONS_FILE), found.get(RULES_FILE))
    return pair.questions, pair.rules


@contextmanager
def missing_files_are_faulty_content() -> Iterator[None]:
    """Turn FileError inside into ContentError: questions or rules that are not there count as faulty ones."""
    try:
        yield
    except FileError as error:
        raise ContentError(error.faults) from None


def name_pair(tables: Tables, questions: Path | None, rules: Path | None) -> None:
    """Say on stderr where `tables` come from, unless they are built in: nobody may swap them without a word."""
    told = pair_told(tables, questions, rules)
    if told:
        typer.echo(told, err=True)


def _kind(path: Path) -> str:
    """Return the usual name of the file that `path` is, without raising for one that cannot be read."""
    try:
        written = _FORMAT.search(read_ordinary(path, _FIRST_BYTES))
    except OSError:
        written = None
    if written:
        return QUESTIONS_FILE if written[1] == b"questions" else RULES_FILE
    return RULES_FILE if "rule" in path.name.lower() else QUESTIONS_FILE
