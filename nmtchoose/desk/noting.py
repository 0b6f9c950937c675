"""Flags as they arise: what staff are told when an answer makes a safety rule fire."""

from __future__ import annotations

from collections.abc import Iterator

from nmtchoose.engine.evaluate import View, because, truth, view
from nmtchoose.model.answers import Answers
from nmtchoose.model.rules import Rule
from nmtchoose.model.tables import Tables
from nmtchoose.words.sentences import sentences_of

MOST_NOTES = 3
"""So many notes are said after one answer; the result lists all of them."""


class Noting:
    """Notes what fires, each rule once. Rules that a private answer made fire are left to the therapist."""

    def __init__(self, tables: Tables, answers: Answers) -> None:
        self._tables = tables
        self._noted = {rule.id for rule in self._fired(answers)}

    def after(self, answers: Answers) -> tuple[str, ...]:
        """Return one short line for each safety rule that fires with `answers` and did not before."""
        fired = list(self._fired(answers))
        lines = [noted(rule) for rule in fired if rule.id not in self._noted]
        self._noted = {rule.id for rule in fired}
        left = len(lines) - MOST_NOTES
        return (*lines[:MOST_NOTES], *([f"Noted: {left} more; see the result."] if left > 0 else []))

    def _fired(self, answers: Answers) -> Iterator[Rule]:
        seen = view(self._tables.questionnaire, answers)
        for rule in self._tables.rules.rules:
            if rule.stage.is_safety and truth(rule.when, seen) is True and not self._is_private(rule, seen):
                yield rule

    def _is_private(self, rule: Rule, seen: View) -> bool:
        return any(self._tables.questionnaire[one].private for one in because(rule.when, seen))


def noted(rule: Rule) -> str:
    """Return what staff read: the first sentence to the therapist, or of the caution."""
    return f"Noted: {sentences_of(rule.tell_therapist or rule.then.caution)[0]}"
