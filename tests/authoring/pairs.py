"""The sound pair, and pairs made from it by small changes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from nmtchoose.authoring.check_pair import check_pair
from nmtchoose.loading.load import load_pair
from nmtchoose.model.questionnaire import Questionnaire
from nmtchoose.model.rules import RuleTable

SOUND = Path(__file__).parent / "sound"
QUESTIONS = (SOUND / "questions.yaml").read_text(encoding="utf-8")
RULES = (SOUND / "rules.yaml").read_text(encoding="utf-8")


def changed(text: str, changes: Mapping[str, str]) -> str:
    """Return `text` with each key of `changes`, which stands there once, replaced by its value."""
    for old, new in changes.items():
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def named(questions: str, rules: str) -> list[str]:
    """Return `file:line:column code` of everything that `check` finds."""
    report = check_pair(questions.encode(), rules.encode())
    return [f"{one.place} {one.code.id}" for one in (*report.errors, *report.warnings)]


def loaded(questions: str = QUESTIONS, rules: str = RULES) -> tuple[Questionnaire, RuleTable]:
    """Return the pair in these texts."""
    return load_pair(questions.encode(), rules.encode())
