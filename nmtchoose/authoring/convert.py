"""A pair of files in the newer form: written beside copies of the old ones, and only if it means the same."""

import re
from collections import Counter
from pathlib import Path

from msgspec.structs import replace

from nmtchoose.authoring.newer_form import newer_form
from nmtchoose.errors import Code, ContentError, FileError, fault
from nmtchoose.files.atomic import write_atomically
from nmtchoose.loading import questions as questions_file
from nmtchoose.loading import rules as rules_file
from nmtchoose.loading.keyed import Record
from nmtchoose.loading.load import load_pair
from nmtchoose.loading.locate import is_older
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable
from nmtchoose.model.tables import Tables

KEPT = ".old"
"""What is added to the name of the copy that keeps a file as it was."""


def convert(questions: Path, rules: Path) -> tuple[Path, ...]:
    """Write those of the two files that are in the older form anew, and return the files written, copies first.

    Raises ContentError for files with faults, and for one that would not mean the same or lose a comment; FileError
    when a copy is already there or a file cannot be read or written. Until all of both files is sure, nothing is
    written.
    """
    before = load_pair(questions, rules)
    files = {questions: questions_file.FILE, rules: rules_file.FILE}
    texts = {path: _text(path) for path in files}
    newer = {path: _newer(path, texts[path], shape) for path, shape in files.items() if is_older(texts[path])}
    after = _loaded(*(newer.get(path, texts[path]) for path in files))
    unsure = [path for path, text in newer.items() if not _same_comments(texts[path], text)]
    if after is None or meaning(*before) != meaning(*after) or unsure:
        raise ContentError([fault(Code.CONVERT_UNSURE, str(path)) for path in unsure or newer])
    copies = {path.with_name(path.name + KEPT): texts[path] for path in newer}
    taken = [path for path in copies if path.exists()]
    if taken:
        raise FileError([fault(Code.FILE_EXISTS, str(path)) for path in taken])
    written = {**copies, **newer}
    for path, text in written.items():
        write_atomically(path, text, mode=0o644)
    return tuple(written)


def meaning(questionnaire: Questionnaire, table: RuleTable) -> Tables:
    """Return all that a pair says, without how it is written: fingerprints and lines."""
    asked, decided = (replace(one.stamp, sha256="") for one in (questionnaire, table))
    rules = tuple(replace(one, line=0) for one in table.rules)
    guarantees = tuple(replace(one, line=0) for one in table.guarantees)
    return Tables(
        replace(questionnaire, stamp=asked), replace(table, stamp=decided, rules=rules, guarantees=guarantees)
    )


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


def _newer(path: Path, text: str, shape: Record) -> str:
    try:
        return newer_form(text, shape)
    except (ValueError, LookupError, StopIteration):
        raise ContentError([fault(Code.CONVERT_UNSURE, str(path))]) from None


def _loaded(questions: str, rules: str) -> tuple[Questionnaire, RuleTable] | None:
    try:
        return load_pair(questions.encode(), rules.encode())
    except ContentError:
        return None


def _same_comments(old: str, new: str) -> bool:
    """Return whether all that may be a comment still stands there: what follows a `#` at the end of a line."""
    found = (Counter(re.findall(r"(?:^|\s)(#.*)$", text, re.MULTILINE)) for text in (old, new))
    return next(found) == next(found)
