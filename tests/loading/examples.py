"""The minimal pair as text, and faulty examples made from it by one change each."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from nmtchoose.errors import ContentError, Fault
from nmtchoose.loading.load import load_pair, read_pair
from nmtchoose.model.questionnaire import Questionnaire

MINIMAL = Path(__file__).parent / "minimal"
QUESTIONS = (MINIMAL / "questions.yaml").read_text(encoding="utf-8")
RULES = (MINIMAL / "rules.yaml").read_text(encoding="utf-8")
HERE = "»"
"""Stands in a faulty text right before the place where the fault has to be found."""


class Faulty(NamedTuple):
    """A text, and where its fault is."""

    text: str
    line: int
    column: int


def changed(text: str, old: str, new: str) -> str:
    """Return `text` with its only `old` replaced by `new`."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def faulty(marked: str) -> Faulty:
    """Return `marked` without its mark, and the place of the mark."""
    before, after = marked.split(HERE)
    return Faulty(before + after, before.count("\n") + 1, len(before) - before.rfind("\n"))


def faults_of(questions: str = QUESTIONS, rules: str = RULES) -> tuple[Fault, ...]:
    """Return all faults of the pair."""
    try:
        load_pair(questions.encode(), rules.encode())
    except ContentError as error:
        return error.faults
    return ()


def brief(faults: tuple[Fault, ...]) -> list[str]:
    """Return each fault as `file:line:column code`."""
    return [f"{fault.place} {fault.code.id}" for fault in faults]


def load_questionnaire(questions: Path | bytes) -> Questionnaire:
    """Return the questionnaire in the file (or the bytes) `questions`; raises as `load_pair` does for it alone."""
    reading = read_pair(questions, b"")
    faults = [one for one in reading.faults if one.file == reading.files[0]]
    if faults or reading.questionnaire is None:
        raise ContentError(faults)
    return reading.questionnaire
